package junicorn.control;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything a worker is told at its start. It reads nothing else: no arguments, no environment.
///
/// Durations travel in milliseconds.
///
/// @param slot its row of the scoreboard and its name in the log
/// @param workers how many the master means to run, for a worker that shares a resource
/// @param listeners the inherited sockets; none when `check` is set
/// @param contextPath "/" or like "/shop"
/// @param bufferBodyBytes a request body up to this size is awaited before the request runs
/// @param limitRequestLine bytes of the request line, as Gunicorn's setting
/// @param limitRequestFields number of header fields
/// @param limitRequestFieldSize bytes of one header field
/// @param accessLog "-" for stdout, or a path; empty = none
/// @param check load the application once, report, exit
public record WorkerSettings(
        int slot,
        long generation,
        int workers,
        List<Listener> listeners,
        Path application,
        String contextPath,
        String workerClass,
        int threads,
        Duration headerTimeout,
        Duration bodyTimeout,
        Duration writeTimeout,
        Duration keepAlive,
        Duration gracefulTimeout,
        long bufferBodyBytes,
        int limitRequestLine,
        int limitRequestFields,
        int limitRequestFieldSize,
        Optional<String> accessLog,
        String accessLogFormat,
        String logLevel,
        boolean check) {

    /// A listening socket in the worker.
    ///
    /// @param tcp false for a Unix-domain socket
    /// @param name how the log names it, like `http://127.0.0.1:8000`
    public record Listener(int fd, boolean tcp, String name) {}

    public WorkerSettings {
        listeners = List.copyOf(listeners);
    }

    /// Master: the same settings for one certain worker.
    public WorkerSettings with(
            int otherSlot, long otherGeneration, List<Listener> inherited, boolean onlyCheck) {
        return new WorkerSettings(
                otherSlot,
                otherGeneration,
                workers,
                inherited,
                application,
                contextPath,
                workerClass,
                threads,
                headerTimeout,
                bodyTimeout,
                writeTimeout,
                keepAlive,
                gracefulTimeout,
                bufferBodyBytes,
                limitRequestLine,
                limitRequestFields,
                limitRequestFieldSize,
                accessLog,
                accessLogFormat,
                logLevel,
                onlyCheck);
    }

    Fields fields() {
        var fields = new Fields();
        fields.put("slot", slot).put("generation", generation).put("workers", workers);
        fields.put("listeners", listeners.size());
        for (int i = 0; i < listeners.size(); i++) {
            var listener = listeners.get(i);
            fields.put("listener." + i + ".fd", listener.fd())
                    .put("listener." + i + ".tcp", listener.tcp())
                    .put("listener." + i + ".name", listener.name());
        }
        fields.put("application", application.toString()).put("contextPath", contextPath);
        fields.put("workerClass", workerClass).put("threads", threads);
        fields.put("headerTimeout", headerTimeout).put("bodyTimeout", bodyTimeout);
        fields.put("writeTimeout", writeTimeout).put("keepAlive", keepAlive);
        fields.put("gracefulTimeout", gracefulTimeout).put("bufferBodyBytes", bufferBodyBytes);
        fields.put("limitRequestLine", limitRequestLine);
        fields.put("limitRequestFields", limitRequestFields);
        fields.put("limitRequestFieldSize", limitRequestFieldSize);
        accessLog.ifPresent(target -> fields.put("accessLog", target));
        fields.put("accessLogFormat", accessLogFormat).put("logLevel", logLevel);
        return fields.put("check", check);
    }

    static WorkerSettings of(Fields fields) {
        return new WorkerSettings(
                fields.count("slot"),
                fields.number("generation"),
                fields.count("workers"),
                listeners(fields),
                Path.of(fields.text("application")),
                fields.text("contextPath"),
                fields.text("workerClass"),
                fields.count("threads"),
                fields.duration("headerTimeout"),
                fields.duration("bodyTimeout"),
                fields.duration("writeTimeout"),
                fields.duration("keepAlive"),
                fields.duration("gracefulTimeout"),
                fields.number("bufferBodyBytes"),
                fields.count("limitRequestLine"),
                fields.count("limitRequestFields"),
                fields.count("limitRequestFieldSize"),
                fields.has("accessLog") ? Optional.of(fields.text("accessLog")) : Optional.empty(),
                fields.text("accessLogFormat"),
                fields.text("logLevel"),
                fields.flag("check"));
    }

    private static List<Listener> listeners(Fields fields) {
        var listeners = new ArrayList<Listener>();
        for (int i = 0; i < fields.count("listeners"); i++) {
            listeners.add(
                    new Listener(
                            fields.count("listener." + i + ".fd"),
                            fields.flag("listener." + i + ".tcp"),
                            fields.text("listener." + i + ".name")));
        }
        return listeners;
    }
}
