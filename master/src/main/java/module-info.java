/// The master process. It never sees HTTP, Jetty or the application's classes.
module junicorn.master {
    requires transitive junicorn.protocol;
    requires com.fasterxml.jackson.core;
    requires static org.jspecify;

    exports junicorn.master;
    exports junicorn.master.control;
    exports junicorn.systemd;
}
