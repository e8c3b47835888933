/// What an application may use of Junicorn. No application needs it; it depends on nothing.
module junicorn.api {
    requires static org.jspecify;

    exports junicorn.api;

    uses junicorn.api.WorkerClass;
}
