package junicorn.master.decide;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.util.Optional;
import junicorn.master.loop.Event;
import junicorn.master.loop.Orders;
import junicorn.master.settings.Words;
import junicorn.master.table.Slots;

/// Before a worker is started beside one that it replaces: is there memory for one more? If not, an
/// outgoing one has to stop first.
final class MemoryGate {
    private final Slots slots;
    private final Orders orders;
    private State state = State.UNKNOWN;
    private String shortage = "";
    private int bootingThen;
    private Optional<Leaver> leaver = Optional.empty();
    private boolean patienceSaid;

    private enum State {
        UNKNOWN,
        ASKED,
        OPEN,
        SHUT
    }

    private record Leaver(int slot, long pid) {}

    MemoryGate(Slots slots, Orders orders) {
        this.slots = slots;
        this.orders = orders;
    }

    /// Once for each answer; asks if there is none.
    boolean admits() {
        if (state == State.OPEN) {
            state = State.UNKNOWN;
            return true;
        }
        if (state == State.UNKNOWN) {
            state = State.ASKED;
            orders.weigh();
        }
        return false;
    }

    /// One stops so that another can start, and is still there.
    boolean isMakingRoom() {
        leaver = leaver.filter(it -> slots.worker(it.slot(), it.pid()).isPresent());
        return leaver.isPresent();
    }

    /// Those that start have taken next to nothing yet, so each of them is counted too.
    void weighed(Event.Weighed weighed) {
        if (state != State.ASKED) {
            return;
        }
        var largest = weighed.largestBytes();
        bootingThen = slots.booting();
        var needed = largest * (1 + bootingThen);
        state = weighed.availableBytes() >= needed ? State.OPEN : State.SHUT;
        shortage =
                "needed=%s available=%s"
                        .formatted(
                                Words.mebibytes(needed), Words.mebibytes(weighed.availableBytes()));
        patienceSaid &= state == State.SHUT;
    }

    /// Asks again, if there was no memory: somebody may have gone meanwhile.
    void visit() {
        if (state == State.SHUT || state == State.OPEN) {
            state = State.UNKNOWN;
        }
    }

    /// Who is to stop first. Nobody while somebody is on the way out anyhow, and never the last who
    /// serves, unless there is to be only one.
    Optional<Integer> makeRoom(int wanted) {
        if (state != State.SHUT || isMakingRoom() || slots.outgoing().isEmpty()) {
            return Optional.empty();
        }
        if (slots.booting() < bootingThen) {
            state = State.UNKNOWN; // less is needed by now
            return Optional.empty();
        }
        if (slots.anyRetires() || (slots.serving() < 2 && wanted > 1)) {
            if (!patienceSaid) {
                patienceSaid = true;
                orders.say(
                        INFO,
                        "no memory for one more worker yet, waiting until another is ready or gone "
                                + shortage);
            }
            return Optional.empty();
        }
        var first = slots.outgoing().firstEntry();
        var slot = first.getKey();
        var worker = first.getValue();
        orders.say(
                WARNING,
                "no memory for one more worker, so worker %d stops before its successor starts %s pid=%d"
                        .formatted(slot, shortage, worker.pid()));
        leaver = Optional.of(new Leaver(slot, worker.pid()));
        state = State.UNKNOWN;
        return Optional.of(slot);
    }
}
