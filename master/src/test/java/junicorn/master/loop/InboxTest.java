package junicorn.master.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import junicorn.master.loop.Event.SignalReceived;
import junicorn.master.loop.Event.WorkerReady;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Ring 1: nobody crowds out anybody else.
@Timeout(20)
class InboxTest {
    private static final Supplier<List<Event>> NOBODY_DIES = List::of;

    private final Inbox inbox = new Inbox();

    @Test
    void aSignalIsTakenBeforeAllThatAWorkerSays() throws Exception {
        fillTheWorkersQueue();

        inbox.signal(Signal.TERM);

        assertThat(next()).isEqualTo(new SignalReceived(Signal.TERM));
        assertThat(next()).isInstanceOf(WorkerReady.class);
    }

    @Test
    void signalsOfOneKindAreOneButThoseThatCountAreCounted() throws Exception {
        for (int i = 0; i < 100_000; i++) {
            inbox.signal(Signal.CHLD);
            inbox.signal(Signal.TTIN);
        }
        inbox.signal(Signal.INT);

        var taken = new ArrayList<Signal>();
        for (var event = take(); !event.isEmpty(); event = take()) {
            taken.add(((SignalReceived) event.getFirst()).signal());
        }

        assertThat(taken.subList(0, 3)).containsExactly(Signal.CHLD, Signal.TTIN, Signal.INT);
        assertThat(taken).filteredOn(it -> it == Signal.TTIN).hasSize(Inbox.REPEATS_MAX);
        assertThat(taken).hasSize(Inbox.REPEATS_MAX + 2);
    }

    @Test
    void anOperatorIsHeardWhileAWorkerTalks() throws Exception {
        fillTheWorkersQueue();

        inbox.add(new Event.Started());

        assertThat(List.of(next(), next())).contains(new Event.Started());
    }

    @Test
    void whoeverHasMoreToSayThanThereIsRoomForWaits() throws Exception {
        fillTheWorkersQueue();
        var talker = new Thread(() -> hear(new WorkerReady(1, 2, 3)));
        talker.start();

        while (talker.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        next();
        talker.join();

        assertThat(talker.isAlive()).isFalse();
    }

    @Test
    void whatAWorkerHadSaidComesBeforeItsDeath() throws Exception {
        inbox.hear(new WorkerReady(0, 7, 1));
        inbox.signal(Signal.TERM);
        var death = new ArrayList<Event>(List.of(new Event.SpawnFailed(0, "gone")));
        Supplier<List<Event>> dies =
                () -> {
                    var now = List.copyOf(death);
                    death.clear();
                    return now;
                };

        assertThat(inbox.next(dies, Duration.ZERO)).contains(new WorkerReady(0, 7, 1));
        assertThat(inbox.next(dies, Duration.ZERO)).contains(new Event.SpawnFailed(0, "gone"));
        assertThat(inbox.next(dies, Duration.ZERO)).contains(new SignalReceived(Signal.TERM));
        assertThat(inbox.next(dies, Duration.ZERO)).isEmpty();
    }

    private void fillTheWorkersQueue() {
        for (int i = 0; i < Inbox.EVENTS_MAX; i++) {
            hear(new WorkerReady(0, 1, i));
        }
    }

    private void hear(Event event) {
        try {
            inbox.hear(event);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private Event next() throws InterruptedException {
        return inbox.next(NOBODY_DIES, Duration.ZERO).orElseThrow();
    }

    private List<Event> take() throws InterruptedException {
        return inbox.next(NOBODY_DIES, Duration.ZERO).stream().toList();
    }
}
