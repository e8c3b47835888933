/// The only module that calls C: sockets, epoll, processes, shared memory and signals of Linux, by
/// the Foreign Function and Memory API. Native access is enabled for this module and denied to all
/// others.
module junicorn.os {
    requires static org.jspecify;
    requires jdk.unsupported; // sun.misc.Signal: there is no other way to hear a signal in Java

    exports junicorn.os;
}
