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
/// @param listeners the inherited sockets; none when `check` is set
/// @param check load the application once, report, exit
public record WorkerSettings(
        Place place,
        List<Listener> listeners,
        Hosted hosted,
        Capacity capacity,
        Deadlines deadlines,
        RequestLimits limits,
        Logs logs,
        WarmUp warmUp,
        Recycling recycling,
        boolean check) {

    /// Which of the workers this is.
    ///
    /// @param slot its row of the scoreboard and its name in the log
    /// @param generation of the application: workers of one generation run the same
    /// @param workers how many the master means to run, for a worker that shares a resource
    /// @param parked a standby: once it is ready it accepts nothing until it gets [Message.Serve]
    public record Place(int slot, long generation, int workers, boolean parked) {
        private void into(Fields fields) {
            fields.put("slot", slot).put("generation", generation);
            fields.put("workers", workers).put("parked", parked);
        }

        private static Place of(Fields fields) {
            return new Place(
                    fields.count("slot"),
                    fields.number("generation"),
                    fields.count("workers"),
                    fields.flag("parked"));
        }
    }

    /// A listening socket in the worker.
    ///
    /// @param tcp false for a Unix-domain socket
    /// @param name how the log names it, like `http://127.0.0.1:8000`
    /// @param backlogToListen make it listen, with this backlog; 0 if it does
    public record Listener(int fd, boolean tcp, String name, int backlogToListen) {}

    /// What is served.
    ///
    /// @param application the absolute path of a WAR or of a directory with WEB-INF, or
    /// `pkg.Class`, or `pkg.Class::method`
    /// @param classPath where classes that the operator names are found, absolute
    /// @param contextPath "/" or like "/shop"
    public record Hosted(String application, List<Path> classPath, String contextPath) {
        public Hosted {
            classPath = List.copyOf(classPath);
        }

        private void into(Fields fields) {
            fields.put("application", application).put("contextPath", contextPath);
            fields.put("classPath", classPath.size());
            for (int i = 0; i < classPath.size(); i++) {
                fields.put("classPath." + i, classPath.get(i).toString());
            }
        }

        private static Hosted of(Fields fields) {
            var classPath = new ArrayList<Path>();
            for (int i = 0; i < fields.count("classPath"); i++) {
                classPath.add(Path.of(fields.text("classPath." + i)));
            }
            return new Hosted(fields.text("application"), classPath, fields.text("contextPath"));
        }
    }

    /// How many requests and connections at once, and on what kind of thread.
    ///
    /// @param workerClass `sync`, `gthread`, `virtual`, `async`, `vertx`, or the name of a class
    /// @param threads that run requests, where the worker class has a number of them
    /// @param connections that are open at once, where the worker class keeps any
    public record Capacity(String workerClass, int threads, int connections) {
        private void into(Fields fields) {
            fields.put("workerClass", workerClass).put("threads", threads);
            fields.put("connections", connections);
        }

        private static Capacity of(Fields fields) {
            return new Capacity(
                    fields.text("workerClass"),
                    fields.count("threads"),
                    fields.count("connections"));
        }
    }

    /// The times that clients and requests are given.
    ///
    /// @param bodyTimeout of silence in the middle of a body
    /// @param gracefulTimeout from the request to stop until the worker is killed
    /// @param requestTimeout for the application to answer one request; zero = off
    /// @param requestTimeoutGrace for such a request to end once it was told to
    public record Deadlines(
            Duration headerTimeout,
            Duration bodyTimeout,
            Duration writeTimeout,
            Duration keepAlive,
            Duration gracefulTimeout,
            Duration requestTimeout,
            Duration requestTimeoutGrace) {
        private void into(Fields fields) {
            fields.put("headerTimeout", headerTimeout).put("bodyTimeout", bodyTimeout);
            fields.put("writeTimeout", writeTimeout).put("keepAlive", keepAlive);
            fields.put("gracefulTimeout", gracefulTimeout);
            fields.put("requestTimeout", requestTimeout);
            fields.put("requestTimeoutGrace", requestTimeoutGrace);
        }

        private static Deadlines of(Fields fields) {
            return new Deadlines(
                    fields.duration("headerTimeout"),
                    fields.duration("bodyTimeout"),
                    fields.duration("writeTimeout"),
                    fields.duration("keepAlive"),
                    fields.duration("gracefulTimeout"),
                    fields.duration("requestTimeout"),
                    fields.duration("requestTimeoutGrace"));
        }
    }

    /// What a client may send.
    ///
    /// @param bufferBodyBytes a request body up to this size is awaited before the request runs
    /// @param limitRequestLine bytes of the request line, as Gunicorn's setting
    /// @param limitRequestFields number of header fields
    /// @param limitRequestFieldSize bytes of one header field
    /// @param limitRequestBody bytes of a body; 0 = no limit
    /// @param bodyGrace of a body, before its rate counts
    /// @param bodyRateMin bytes a second that a body must bring after that; 0 = no minimum
    /// @param uriCompliance which targets of requests are refused, by name
    public record RequestLimits(
            long bufferBodyBytes,
            int limitRequestLine,
            int limitRequestFields,
            int limitRequestFieldSize,
            long limitRequestBody,
            Duration bodyGrace,
            int bodyRateMin,
            String uriCompliance) {
        private void into(Fields fields) {
            fields.put("bufferBodyBytes", bufferBodyBytes);
            fields.put("limitRequestLine", limitRequestLine);
            fields.put("limitRequestFields", limitRequestFields);
            fields.put("limitRequestFieldSize", limitRequestFieldSize);
            fields.put("limitRequestBody", limitRequestBody);
            fields.put("bodyGrace", bodyGrace).put("bodyRateMin", bodyRateMin);
            fields.put("uriCompliance", uriCompliance);
        }

        private static RequestLimits of(Fields fields) {
            return new RequestLimits(
                    fields.number("bufferBodyBytes"),
                    fields.count("limitRequestLine"),
                    fields.count("limitRequestFields"),
                    fields.count("limitRequestFieldSize"),
                    fields.number("limitRequestBody"),
                    fields.duration("bodyGrace"),
                    fields.count("bodyRateMin"),
                    fields.text("uriCompliance"));
        }
    }

    /// Where lines go.
    ///
    /// @param accessLog "-" for stdout, or a path; empty = none
    /// @param errorLog a path; empty = stderr as the process got it
    public record Logs(
            Optional<String> accessLog,
            String accessLogFormat,
            Optional<String> errorLog,
            String logLevel) {
        private void into(Fields fields) {
            accessLog.ifPresent(target -> fields.put("accessLog", target));
            errorLog.ifPresent(file -> fields.put("errorLog", file));
            fields.put("accessLogFormat", accessLogFormat).put("logLevel", logLevel);
        }

        private static Logs of(Fields fields) {
            return new Logs(
                    fields.optional("accessLog"),
                    fields.text("accessLogFormat"),
                    fields.optional("errorLog"),
                    fields.text("logLevel"));
        }
    }

    /// When a worker asks to be replaced.
    ///
    /// @param maxRequests it has served by then; 0 = no limit, 1 = it serves that one and ends
    /// @param maxRequestsJitter up to so many more, a number of its own for each worker
    /// @param maxHeapBytes in use after a collection; 0 = no limit
    public record Recycling(long maxRequests, long maxRequestsJitter, long maxHeapBytes) {
        /// Never.
        public static final Recycling NONE = new Recycling(0, 0, 0);

        private void into(Fields fields) {
            fields.put("maxRequests", maxRequests).put("maxRequestsJitter", maxRequestsJitter);
            fields.put("maxHeapBytes", maxHeapBytes);
        }

        private static Recycling of(Fields fields) {
            return new Recycling(
                    fields.number("maxRequests"),
                    fields.number("maxRequestsJitter"),
                    fields.number("maxHeapBytes"));
        }
    }

    public WorkerSettings {
        listeners = List.copyOf(listeners);
    }

    /// Master: the same settings for one certain worker.
    public WorkerSettings with(
            int slot,
            long generation,
            boolean parked,
            List<Listener> inherited,
            List<Path> classPath) {
        return with(
                new Place(slot, generation, place.workers(), parked),
                inherited,
                new Hosted(hosted.application(), classPath, hosted.contextPath()),
                check);
    }

    /// Master: to load the application once, and no more.
    public WorkerSettings onlyCheck() {
        return with(place, List.of(), hosted, true);
    }

    private WorkerSettings with(Place at, List<Listener> by, Hosted what, boolean isCheck) {
        return new WorkerSettings(
                at, by, what, capacity, deadlines, limits, logs, warmUp, recycling, isCheck);
    }

    Fields fields() {
        var fields = new Fields();
        place.into(fields);
        fields.put("listeners", listeners.size());
        for (int i = 0; i < listeners.size(); i++) {
            var listener = listeners.get(i);
            fields.put("listener." + i + ".fd", listener.fd())
                    .put("listener." + i + ".tcp", listener.tcp())
                    .put("listener." + i + ".name", listener.name())
                    .put("listener." + i + ".backlog", listener.backlogToListen());
        }
        hosted.into(fields);
        capacity.into(fields);
        deadlines.into(fields);
        limits.into(fields);
        logs.into(fields);
        warmUp.into(fields);
        recycling.into(fields);
        return fields.put("check", check);
    }

    static WorkerSettings of(Fields fields) {
        return new WorkerSettings(
                Place.of(fields),
                listeners(fields),
                Hosted.of(fields),
                Capacity.of(fields),
                Deadlines.of(fields),
                RequestLimits.of(fields),
                Logs.of(fields),
                WarmUp.of(fields),
                Recycling.of(fields),
                fields.flag("check"));
    }

    private static List<Listener> listeners(Fields fields) {
        var listeners = new ArrayList<Listener>();
        for (int i = 0; i < fields.count("listeners"); i++) {
            listeners.add(
                    new Listener(
                            fields.count("listener." + i + ".fd"),
                            fields.flag("listener." + i + ".tcp"),
                            fields.text("listener." + i + ".name"),
                            fields.count("listener." + i + ".backlog")));
        }
        return listeners;
    }
}
