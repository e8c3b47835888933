/// Where master and worker meet.
module junicorn.protocol {
    requires transitive junicorn.os;
    requires static org.jspecify;

    exports junicorn.scoreboard;
    exports junicorn.control;
    exports junicorn.log;
}
