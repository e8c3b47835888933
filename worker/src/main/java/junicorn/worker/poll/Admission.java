package junicorn.worker.poll;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;

/// Lets at most so many requests run in this worker at once. When all places are taken the worker
/// takes no connection; a request that was accepted before and is complete only now waits here for
/// a place.
public final class Admission {
    private final Poll poll;
    private final int placesMax;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(); // guarded by this
    private final List<IntSupplier> holders = new CopyOnWriteArrayList<>();
    private int taken; // guarded by this
    private boolean shut; // guarded by this

    Admission(Poll poll, int placesMax) {
        this.poll = poll;
        this.placesMax = placesMax;
    }

    /// True if the caller runs a request now and has a place for it. Else `later` does so, when
    /// there is one, or on a thread of its own where requests run on such.
    public boolean admit(Runnable later) {
        if (!enter(later)) {
            return false;
        }
        try {
            return !poll.handOver(later);
        } catch (Throwable e) {
            leave();
            throw e;
        }
    }

    /// Takes a place now (true), or has `later` run on a request thread when there is one: then the
    /// place is its.
    boolean enter(Runnable later) {
        if (placesMax == Integer.MAX_VALUE) {
            return true;
        }
        synchronized (this) {
            if (taken < placesMax) {
                taken++;
                return true;
            }
            waiting.addLast(later);
            return false;
        }
    }

    /// The request that has a place goes on without its thread (an async servlet): if that was the
    /// last place, the thread must not be given new connections.
    public void stays() {
        synchronized (this) {
            if (placesMax == Integer.MAX_VALUE || taken < placesMax) {
                return;
            }
            shut = true;
            poll.listeners().pause(ListenerSet.BUSY);
        }
    }

    /// Says how many requests have a place; called when the poll is swept.
    public void heldBy(IntSupplier count) {
        holders.add(count);
    }

    /// Places that are taken and that no request has; for a moment also those that are just being
    /// passed on.
    public int unheld() {
        if (placesMax == Integer.MAX_VALUE) {
            return 0;
        }
        int held = 0;
        for (var holder : holders) {
            held += holder.getAsInt();
        }
        synchronized (this) {
            return taken - held;
        }
    }

    /// Gives the place back, or on to the one that waits longest.
    public void leave() {
        if (placesMax == Integer.MAX_VALUE) {
            return;
        }
        synchronized (this) {
            var next = waiting.pollFirst();
            if (next != null) {
                poll.execute(next);
                return;
            }
            taken--;
            if (shut) {
                shut = false;
                poll.listeners().resume(ListenerSet.BUSY);
            }
        }
    }
}
