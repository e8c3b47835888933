package junicorn.worker;

import junicorn.scoreboard.RunningRequests;
import junicorn.scoreboard.Slot;
import junicorn.worker.http.message.RequestObserver;

/// Writes what is going on to the scoreboard.
record Counter(Slot slot, RunningRequests running) implements RequestObserver {
    @Override
    public int requestBegan(String method, String target, String version) {
        var now = System.currentTimeMillis();
        slot.requestBegan(now);
        return running.begin(now, method, target, version);
    }

    @Override
    public void requestEnded(int ticket) {
        running.end(ticket);
        slot.requestEnded();
    }
}
