package junicorn.worker.poll;

import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import junicorn.os.Epoll;
import org.jspecify.annotations.Nullable;

/// Shares the events of one poll among its request threads, so that a thread which is served well
/// by itself wakes nobody.
///
/// **Why.** Were all threads to wait in epoll_wait(2), each event would wake one of them, although
/// the thread that is awake would have taken it a few microseconds later: two context switches a
/// request. So at most two threads wait there, and only while there is nothing to do. The others
/// are parked, all but one for good; that one, the *heir*, looks every millisecond whether work has
/// stopped moving (a handler blocks) and goes on with it if so. Once it had to, the next thread is
/// woken at once for a while. Of threads that are awake though one per processor would do, all but
/// the *leader*, who polled last, park as soon as they have nothing in hand.
///
/// A thread never takes more events than there are threads to serve them. See
/// docs/adr/0010-one-thread-polls.md.
final class Crew {
    /// How soon the heir notices that nobody polls.
    private static final long TICK_NANOS = 1_000_000;

    /// Events for which the next thread is woken at once after a handler was seen to block.
    private static final int EAGER_EVENTS = 128;

    /// Threads that may wait for events at once.
    private static final int POLLERS_MAX = 2;

    /// A request thread as the crew sees it.
    static final class Member {
        final Thread thread = Thread.currentThread();

        /// The event to serve.
        long data;

        int happened;

        /// Events that it may take out of the poll.
        int room = 1;

        private boolean called;
    }

    enum Turn {
        /// Serve the event in [Member#data].
        SERVE,
        /// Take events out of the poll.
        POLL,
        /// Others do all there is to do.
        FOLLOW,
        /// The poll has drained.
        END
    }

    private final Poll poll;
    private final boolean alone;
    private final int eventsMax;
    private final int threads;
    private final int processors = Runtime.getRuntime().availableProcessors();
    private final ReadyQueue ready = new ReadyQueue(); // guarded by this, as all that follows
    private final ArrayDeque<Member> parked = new ArrayDeque<>();
    private @Nullable Member heir;
    private @Nullable Member leader; // who polled last
    private int pollers;
    private int blocked;
    private int eager;
    private long turns;
    private boolean ended;

    Crew(Poll poll, Concurrency concurrency) {
        this.poll = poll;
        threads = concurrency.pollThreads();
        alone = threads == 1;
        eventsMax = concurrency.eventsAtOnce();
    }

    /// What a thread that has nothing in hand does next.
    Turn next(Member me) {
        synchronized (this) {
            turns++;
            if (takeReady(me)) {
                return Turn.SERVE;
            }
            if (poll.finished()) {
                ended = true;
                parked.forEach(Crew::call);
                return Turn.END;
            }
            if (mayPoll(me)) {
                pollers++;
                leader = me;
                me.room = alone ? eventsMax : Math.min(1 + parked.size(), eventsMax);
                return Turn.POLL;
            }
            parked.addLast(me);
            me.called = false;
            if (heir == null && pollers == 0) {
                heir = me;
            }
            return Turn.FOLLOW;
        }
    }

    /// True if nobody polls and it is not left to the leader, or if there is nothing to do: two
    /// wait then, so that the second event finds somebody awake.
    private boolean mayPoll(Member me) {
        return pollers == 0
                ? leader == me || eager > 0 || threads - parked.size() <= processors
                : pollers < POLLERS_MAX && blocked == pollers;
    }

    private boolean takeReady(Member me) {
        if (ready.isEmpty()) {
            return false;
        }
        me.data = ready.firstData();
        me.happened = ready.firstHappened();
        ready.removeFirst();
        succeed();
        return true;
    }

    /// A thread goes to serve: somebody must be there to go on if that takes long.
    private void succeed() {
        boolean hurry = eager > 0;
        if (hurry) {
            eager--;
        }
        if (hurry && !parked.isEmpty()) {
            int wanted = ready.size() + (pollers == 0 ? 1 : 0);
            for (int i = 0; i < wanted && !parked.isEmpty(); i++) {
                call(leaveParked(parked.getLast()));
            }
        } else if (pollers == 0 && heir == null && !parked.isEmpty()) {
            heir = parked.getLast();
            LockSupport.unpark(heir.thread);
        }
    }

    private Member leaveParked(Member member) {
        parked.remove(member);
        if (heir == member) {
            heir = null;
        }
        return member;
    }

    private static void call(Member member) {
        member.called = true;
        LockSupport.unpark(member.thread);
    }

    /// True if the poll should wait for events, false if there is something to do first.
    synchronized boolean mayBlock() {
        if (!ready.isEmpty() || poll.finished()) {
            return false;
        }
        blocked++;
        return true;
    }

    synchronized void unblocked() {
        blocked--;
    }

    /// The poll gave so many events: the first is the thread's own, the others are whoever's comes.
    /// False if there was none.
    synchronized boolean polled(Member me, Epoll.Events events, int count) {
        pollers--;
        if (count == 0) {
            return false;
        }
        me.data = events.data(0);
        me.happened = events.events(0);
        for (int i = 1; i < count; i++) {
            ready.add(events.data(i), events.events(i));
        }
        succeed();
        return true;
    }

    /// Parks until there is something to do for one thread more.
    void follow(Member me) {
        long seen = -1;
        while (true) {
            boolean ticks;
            synchronized (this) {
                if (me.called || ended) {
                    leaveParked(me);
                    return;
                }
                if (heir == me && blocked == POLLERS_MAX) {
                    heir = null; // an event wakes those who wait for it sooner
                }
                ticks = heir == me;
                if (ticks) {
                    if (seen >= 0 && isNeeded(seen)) {
                        leaveParked(me);
                        return;
                    }
                    seen = turns;
                }
            }
            Thread.interrupted(); // a leftover of some handler would make this a busy loop
            if (ticks) {
                LockSupport.parkNanos(this, TICK_NANOS);
            } else {
                LockSupport.park(this);
            }
        }
    }

    /// True if nobody has moved since the heir looked last, if there is nothing to do (then it
    /// waits in the poll too, where an event wakes it sooner), or if there is more than the others
    /// get done and a processor to do it on.
    private boolean isNeeded(long seen) {
        boolean stuck = pollers == 0 && turns == seen;
        if (stuck) {
            eager = EAGER_EVENTS;
        }
        boolean idle = pollers == 1 && blocked == 1;
        return stuck || idle || (processors > 1 && ready.size() > 1);
    }

    /// An event that the poll itself makes. True if a thread must be woken for it.
    synchronized boolean add(long data) {
        ready.add(data, 0);
        return pollers > 0 && blocked == pollers;
    }
}
