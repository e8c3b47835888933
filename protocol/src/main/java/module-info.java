/// Where master and worker meet: the scoreboard in shared memory, the messages on the control
/// channel, and the log format. Neither side knows more of the other than what is here.
module junicorn.protocol {
    requires transitive junicorn.os;
    requires static org.jspecify;

    exports junicorn.control;
    exports junicorn.log;
    exports junicorn.scoreboard;

    provides System.LoggerFinder with
            junicorn.log.Loggers;
}
