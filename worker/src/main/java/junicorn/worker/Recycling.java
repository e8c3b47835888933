package junicorn.worker;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import junicorn.control.WorkerSettings;
import junicorn.worker.http.message.RequestObserver;

/// Counts requests until this worker has served as many as it is to.
final class Recycling implements RequestObserver {
    private final RequestObserver counter;
    private final long requestsMax;
    private final Ending ending;
    private final AtomicLong ended = new AtomicLong();

    /// @param counter is told too
    /// @param requestsMax at least 1
    Recycling(RequestObserver counter, long requestsMax, Ending ending) {
        this.counter = counter;
        this.requestsMax = requestsMax;
        this.ending = ending;
    }

    /// With the jitter that this worker draws, so that workers which were started together do not
    /// end together.
    static Recycling of(WorkerSettings.Recycling settings, RequestObserver counter, Ending ending) {
        long jitter = ThreadLocalRandom.current().nextLong(settings.maxRequestsJitter() + 1);
        return new Recycling(counter, settings.maxRequests() + jitter, ending);
    }

    /// Whether each request is to have a process of its own.
    static boolean isStrict(WorkerSettings.Recycling settings) {
        return settings.maxRequests() == 1 && settings.maxRequestsJitter() == 0;
    }

    @Override
    public int requestBegan(String method, String target, String version) {
        return counter.requestBegan(method, target, version);
    }

    @Override
    public void requestEnded(int ticket) {
        counter.requestEnded(ticket);
        if (ended.incrementAndGet() == requestsMax) {
            var reason = requestsMax + (requestsMax == 1 ? " request" : " requests");
            if (requestsMax == 1) {
                ending.recycleAtOnce(reason);
            } else {
                ending.recycle(reason);
            }
        }
    }
}
