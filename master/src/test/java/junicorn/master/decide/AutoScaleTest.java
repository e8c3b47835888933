package junicorn.master.decide;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import junicorn.master.loop.Action;
import junicorn.master.loop.Event;
import junicorn.master.settings.Limits;
import junicorn.master.settings.Renewal;
import junicorn.master.table.Pulse;
import junicorn.os.Exit;
import junicorn.os.Signal;
import junicorn.scaling.Scaling;
import junicorn.scoreboard.WorkerState;
import org.junit.jupiter.api.Test;

/// Ring 1: what becomes of a scaler's wishes. Workers here start in no time.
class AutoScaleTest {
    private static final long WORKER_BYTES = 100L << 20;

    private final List<String> said = new ArrayList<>();
    private final Map<Integer, Integer> busy = new HashMap<>();
    private int living;
    private long freeBytes = 100 * WORKER_BYTES;
    private Duration now = ZERO;
    private Supervisor supervisor = supervisor(1, 6);

    @Test
    void loadBringsWorkersUpToTheMostAndIdlenessTakesThemBackToTheLeast() {
        start();
        assertThat(living).isEqualTo(1);

        load(1);
        seconds(12);
        assertThat(living).isEqualTo(6);

        load(0);
        seconds(12);
        assertThat(living).isEqualTo(3); // max-spare
    }

    @Test
    void theOperatorSaysTheLeast() {
        supervisor = supervisor(3, 6);
        start();
        signal(Signal.TTIN);
        seconds(3);
        assertThat(living).isEqualTo(4);

        signal(Signal.TTOU);
        signal(Signal.TTOU);
        seconds(3);

        assertThat(living).isEqualTo(2);
        assertThat(supervisor.scaling().least()).isEqualTo(2);
    }

    @Test
    void scalingByHandIsTheLeastAndLoadMayWantMore() {
        start();

        decide(new Event.WorkersWanted(5));
        seconds(3);
        assertThat(living).isEqualTo(5);

        load(1);
        seconds(3);
        assertThat(living).isEqualTo(6);
    }

    @Test
    void atTheMostItIsCountedAndToldOnce() {
        start();
        load(1);
        seconds(30);
        load(0);
        seconds(2);
        load(1);
        seconds(5);

        assertThat(said).filteredOn(it -> it.startsWith("reached --max-workers 6")).hasSize(1);
        assertThat(supervisor.scaling().timesAtMost()).isEqualTo(2);
        assertThat(supervisor.scaling().timeAtMost()).isBetween(ofSeconds(20), ofSeconds(35));
    }

    @Test
    void withoutMemoryNobodyIsAdded() {
        freeBytes = WORKER_BYTES - 1;
        start();
        load(1);
        seconds(30);
        assertThat(living).isEqualTo(1);
        assertThat(said).filteredOn(it -> it.contains("memory is short")).hasSize(1);

        freeBytes = 2 * WORKER_BYTES;
        seconds(2);

        assertThat(living).isGreaterThan(1);
    }

    @Test
    void noMoreAreAddedAtATimeThanCoresCanStart() {
        supervisor = supervisor(1, 40);
        start();
        load(1);

        for (int second = 0; second < 10; second++) {
            var before = living;
            seconds(1);
            assertThat(living - before).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void shortRequestsAreSeenInParts() {
        start();
        load(1);
        for (int times = 0; times < 30; times++) {
            load(times % 5 == 0 ? 1 : 0); // busy a fifth of the time
            tick();
        }

        assertThat(living).isEqualTo(2); // four fifths are less than one spare
    }

    private Supervisor supervisor(int workers, int most) {
        var scaling = new Scaling(new Scaling.Rule.Idle(1, 3), most, 1);
        var limits =
                new Limits(
                        workers,
                        128,
                        ofSeconds(30),
                        ofSeconds(60),
                        ofSeconds(30),
                        2,
                        scaling,
                        Renewal.USUAL);
        return new Supervisor(limits);
    }

    private void start() {
        decide(new Event.Started());
    }

    private void signal(Signal signal) {
        decide(new Event.SignalReceived(signal));
    }

    private void load(int perWorker) {
        for (int slot = 0; slot < 128; slot++) {
            busy.put(slot, perWorker);
        }
    }

    private void seconds(int count) {
        for (int times = 0; times < 10 * count; times++) {
            tick();
        }
    }

    private void tick() {
        now = now.plus(ofMillis(100));
        var pulses = new HashMap<Integer, Pulse>();
        busy.forEach((slot, it) -> pulses.put(slot, new Pulse(now.toMillis(), it, ZERO)));
        decide(new Event.TimerFired(pulses, false, 0));
    }

    private void decide(Event event) {
        for (var action : supervisor.decide(event, now)) {
            switch (action) {
                case Action.Spawn(int slot, _, _) -> {
                    living++;
                    decide(new Event.WorkerStarted(slot, 100 + slot));
                    decide(new Event.WorkerReady(slot, 100 + slot, 1));
                }
                case Action.Send(int slot, Signal signal) -> {
                    assertThat(signal).isEqualTo(Signal.TERM);
                    living--;
                    decide(
                            new Event.WorkerExited(
                                    slot, 100 + slot, new Exit.Code(0), WorkerState.DRAINING));
                }
                case Action.Weigh() ->
                        decide(new Event.Weighed(Map.of(100L, WORKER_BYTES), freeBytes));
                case Action.Say(_, String text) -> said.add(text);
                default -> {}
            }
        }
    }
}
