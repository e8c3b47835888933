package junicorn.worker.poll;

import java.util.concurrent.locks.LockSupport;
import java.util.function.ObjIntConsumer;
import junicorn.os.Epoll;

/// Polls on a virtual thread. It fetches what is ready, which never blocks, starts a virtual thread
/// for each request, and yields: so the requests run next on the same processor, behind one
/// another, and no thread of the kernel is woken for any of them. Only when there is nothing to do
/// a platform thread, the *waiter*, takes the place of it in epoll_wait(2): a virtual thread that
/// did so would keep its carrier from the requests.
///
/// [#run()] is the waiter's; the virtual thread is its own.
final class VirtualLoop implements Runnable {
    private final Poll poll;
    private final EventServer server;
    private final int waitMillis;
    private final Epoll.Events events;
    private final Epoll.Events waited; // the waiter's
    private final ReadyQueue ready = new ReadyQueue(); // guarded by itself
    private final Thread poller;
    private volatile Thread waiter = Thread.currentThread();
    private volatile boolean idle;
    private volatile boolean ended;

    /// @param waitMillis the longest sleep, so that the heart beats in an idle worker too
    VirtualLoop(Poll poll, ObjIntConsumer<PolledSocket> accepted, int waitMillis) {
        this.poll = poll;
        this.waitMillis = waitMillis;
        server = new EventServer(poll, accepted);
        events = new Epoll.Events(poll.concurrency().eventsAtOnce());
        waited = new Epoll.Events(poll.concurrency().eventsAtOnce());
        poller = Thread.ofVirtual().name("poll").unstarted(this::poll);
        poll.wakesWith(this::add);
    }

    /// Runs until the poll has drained.
    @Override
    public void run() {
        waiter = Thread.currentThread();
        poller.setUncaughtExceptionHandler(waiter.getUncaughtExceptionHandler());
        poller.start();
        while (!ended) {
            if (idle) {
                waitForPoller();
                wake();
            } else {
                LockSupport.park(this);
            }
        }
    }

    /// As a waiter in epoll_wait(2) it keeps EPOLLEXCLUSIVE's promise: one connection wakes one
    /// worker.
    private void waitForPoller() {
        int count = poll.epoll().await(waited, waited.capacity(), waitMillis);
        synchronized (ready) {
            for (int i = 0; i < count; i++) {
                ready.add(waited.data(i), waited.events(i));
            }
        }
    }

    private void wake() {
        idle = false;
        LockSupport.unpark(poller);
    }

    /// An event that the poll itself makes.
    private void add(long data) {
        synchronized (ready) {
            ready.add(data, 0);
        }
        if (idle) {
            wake();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // the yield is what lets the requests run
    private void poll() {
        try {
            while (!poll.finished()) {
                poll.beat();
                int served = serveReady();
                int count = poll.epoll().ask(events, poll.concurrency().eventsAtOnce());
                for (int i = 0; i < count; i++) {
                    server.serve(events.data(i), events.events(i));
                }
                if (served + count > 0) {
                    Thread.yield();
                } else {
                    rest();
                }
            }
        } finally {
            ended = true;
            LockSupport.unpark(waiter);
        }
    }

    /// How many events there were.
    private int serveReady() {
        int served = 0;
        while (true) {
            long data;
            int happened;
            synchronized (ready) {
                if (ready.isEmpty()) {
                    return served;
                }
                data = ready.firstData();
                happened = ready.firstHappened();
                ready.removeFirst();
            }
            server.serve(data, happened);
            served++;
        }
    }

    private void rest() {
        idle = true;
        boolean nothing;
        synchronized (ready) {
            nothing = ready.isEmpty();
        }
        if (nothing) {
            LockSupport.unpark(waiter);
            while (idle) {
                LockSupport.park(this);
            }
        }
        idle = false;
    }
}
