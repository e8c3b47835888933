/// The master process. It never sees HTTP, Jetty or the application's classes.
module junicorn.master {
    requires transitive junicorn.api;
    requires transitive junicorn.protocol;
    requires com.fasterxml.jackson.core;
    requires static org.jspecify;

    exports junicorn.hooks;
    exports junicorn.master;
    exports junicorn.master.control;
    exports junicorn.master.settings;
    exports junicorn.scaling;
    exports junicorn.systemd;

    uses junicorn.api.ServerHooks;
}
