package junicorn.worker.poll;

import java.util.function.ObjIntConsumer;
import junicorn.os.Epoll;

/// A request thread: takes an event, serves it to its end, takes the next. Whether it fetches
/// events itself or leaves that to another is for the [Crew] to say.
final class PollLoop implements Runnable {
    private final Poll poll;
    private final EventServer server;
    private final int waitMillis;
    private final Epoll.Events events;

    /// @param waitMillis the longest sleep, so that the heart beats in an idle worker too
    PollLoop(Poll poll, ObjIntConsumer<PolledSocket> accepted, int waitMillis) {
        this.poll = poll;
        this.waitMillis = waitMillis;
        server = new EventServer(poll, accepted);
        events = new Epoll.Events(poll.concurrency().eventsAtOnce());
    }

    /// Runs until the poll has drained.
    @Override
    public void run() {
        var crew = poll.crew();
        var me = new Crew.Member();
        while (true) {
            switch (crew.next(me)) {
                case SERVE -> serve(me);
                case POLL -> {
                    poll.beat();
                    if (crew.polled(me, events, fetch(crew, me.room))) {
                        serve(me);
                    }
                }
                case FOLLOW -> crew.follow(me);
                case END -> {
                    return;
                }
            }
        }
    }

    private void serve(Crew.Member me) {
        poll.beat();
        server.serve(me.data, me.happened);
    }

    private int fetch(Crew crew, int room) {
        int count = poll.epoll().ask(events, room);
        if (count == 0 && crew.mayBlock()) {
            count = poll.epoll().await(events, room, waitMillis);
            crew.unblocked();
        }
        return count;
    }
}
