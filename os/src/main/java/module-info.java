/// The one module with native access.
module junicorn.os {
    requires jdk.unsupported;
    requires static org.jspecify;

    exports junicorn.os;
}
