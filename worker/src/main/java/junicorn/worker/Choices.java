package junicorn.worker;

import junicorn.control.WorkerSettings;
import junicorn.worker.http.message.HttpSettings;
import junicorn.worker.http.message.UriRules;
import junicorn.worker.poll.Concurrency;

/// What the settings of a worker mean for its poll and its HTTP.
final class Choices {
    private Choices() {}

    /// How many requests at once, and on what kind of thread.
    static Concurrency concurrency(WorkerSettings settings) {
        var capacity = settings.capacity();
        if (Recycling.isStrict(settings.recycling())) {
            return new Concurrency.Sync(1); // so nobody is left over when the request is done
        }
        return switch (capacity.workerClass()) {
            case "sync" -> new Concurrency.Sync();
            case "gthread" -> new Concurrency.Pool(capacity.threads(), capacity.connections());
            case "virtual" -> new Concurrency.Virtual(capacity.connections());
            case "async" -> new Concurrency.Async(capacity.connections());
            default ->
                    throw new IllegalArgumentException(
                            "no worker class with a poll: " + capacity.workerClass());
        };
    }

    /// The limits on clients.
    static HttpSettings limits(WorkerSettings settings) {
        var deadlines = settings.deadlines();
        var limits = settings.limits();
        return new HttpSettings(
                deadlines.headerTimeout(),
                deadlines.bodyTimeout(),
                deadlines.writeTimeout(),
                deadlines.keepAlive(),
                limits.bufferBodyBytes(),
                limits.limitRequestLine(),
                limits.limitRequestFields(),
                limits.limitRequestFieldSize(),
                limits.limitRequestBody(),
                limits.bodyGrace(),
                limits.bodyRateMin(),
                UriRules.named(limits.uriCompliance()));
    }
}
