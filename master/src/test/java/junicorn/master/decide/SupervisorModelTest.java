package junicorn.master.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import junicorn.master.loop.Event;
import junicorn.master.settings.Limits;
import junicorn.master.settings.Renewal;
import junicorn.os.Signal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ring 1: a [SimulatedWorld] in which everything happens at random, and what must hold whatever
/// happens: never more workers than allowed, always somebody who serves, nobody stands by while a
/// place is empty, when nobody serves somebody soon will, nobody retires for a successor that is
/// not ready, no two are recycled at a time, every retired worker ends, nothing is done to the
/// reaped; and when the world is calm again, all is as it should be.
class SupervisorModelTest {
    private static final int WORKERS = 3;
    private static final Duration LIFETIME = Duration.ofSeconds(60);

    private SimulatedWorld world = new SimulatedWorld(0, limits(0));
    private Duration emptySince = Duration.ZERO;
    private Supervisor supervisor = new Supervisor(world.limits);

    private static Limits limits(int standby) {
        return Samples.settings(WORKERS, new Renewal(1, standby, LIFETIME, 0))
                .limits(SimulatedWorld.SLOTS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whateverHappensTheRulesHold(long seed) {
        world = new SimulatedWorld(seed, limits((int) seed % 3));
        supervisor = new Supervisor(world.limits);
        assertThatCode(
                        () -> {
                            decide(new Event.Started());
                            for (int step = 0; step < 5_000 && !supervisor.finished(); step++) {
                                step();
                            }
                            calmDown();
                            stop();
                        })
                .as("seed %d", seed)
                .doesNotThrowAnyException();
    }

    /// From any state the supervisor finds back to what is wanted.
    private void calmDown() {
        world.calm = true;
        var end = world.now.plusSeconds(120);
        while (world.now.compareTo(end) < 0 && !supervisor.finished()) {
            step();
        }
        if (!supervisor.finished()) {
            var standby = world.limits.renewal().standby();
            var recycling = 1;
            assertThat(world.living.values().stream().filter(SimulatedWorker::serves).count())
                    .as("those who serve")
                    .isBetween((long) world.wanted, (long) world.wanted + recycling);
            assertThat(world.living.values().stream().filter(it -> it.parked).count())
                    .as("those who stand by")
                    .isLessThanOrEqualTo(standby);
            assertThat(world.current).as("the reload has ended").isEqualTo(world.proven);
        }
    }

    /// Whatever the state: TERM ends everything in the time promised.
    private void stop() {
        world.calm = false;
        var end = world.now.plus(SimulatedWorld.GRACE).plusSeconds(1);
        world.stopping = true;
        decide(new Event.SignalReceived(Signal.TERM));
        while (!supervisor.finished()) {
            assertThat(world.now).isLessThan(end);
            step();
        }
        assertThat(world.living).isEmpty();
        assertThat(world.closed).isTrue();
    }

    private void step() {
        world.live();
        for (var event = world.next(); event.isPresent(); event = world.next()) {
            decide(event.get());
        }
        if (!world.stopping && !world.calm) {
            operator();
        }
        decide(world.look());
    }

    private void operator() {
        switch (world.random.nextInt(200)) {
            case 0, 1 -> signal(Signal.TTIN, 1);
            case 2, 3 -> signal(Signal.TTOU, -1);
            case 4 -> signal(Signal.HUP, 0);
            default -> {}
        }
    }

    private void signal(Signal signal, int more) {
        world.wanted = Math.clamp(world.wanted + more, 1, world.limits.workersMax());
        decide(new Event.SignalReceived(signal));
    }

    private void decide(Event event) {
        world.tell(event);
        supervisor.decide(event, world.now).forEach(world::perform);
        check();
    }

    /// No place is empty for long while somebody could take it.
    private void places() {
        var workers = world.living.values();
        var serving = workers.stream().filter(SimulatedWorker::serves).count();
        var idle = workers.stream().anyMatch(it -> it.parked && it.known && it.got.isEmpty());
        assertThat(idle && serving < world.wanted)
                .as("nobody stands by while a place is empty: %s", world)
                .isFalse();
        var awaited = workers.stream().anyMatch(it -> it.isBooting() || it.isAwaited());
        if (serving > 0
                || awaited
                || !world.everReady
                || supervisor.finished()
                || world.triedAt.equals(world.now)) {
            emptySince = world.now;
        }
        assertThat(world.now.minus(emptySince))
                .as("a start is under way, or soon, when nobody serves: %s", world)
                .isLessThanOrEqualTo(Limits.GAP.plusMillis(400));
    }

    private void check() {
        var renewal = world.limits.renewal();
        var now = world.now;
        var here =
                world.living.values().stream()
                        .filter(it -> it.got.isEmpty() && !it.failed)
                        .toList();
        var parked = here.stream().filter(it -> it.parked).count();
        var unfit = here.stream().filter(it -> it.unfit).count();
        assertThat(here.size() - parked)
                .as("not more than wanted, but for those who are to be replaced")
                .isLessThanOrEqualTo(world.wanted + 3 + unfit);
        assertThat(parked).as("standbys").isLessThanOrEqualTo(renewal.standby());
        assertThat(here.stream().filter(it -> it.takesCore(now)).count())
                .as("not too many start at once")
                .isLessThanOrEqualTo(world.limits.startsAtOnce());
        for (var it : world.living.values()) {
            var late = now.minus(it.askedAt).compareTo(SimulatedWorld.GRACE) > 0;
            assertThat(it.got.contains(Signal.KILL) || !late)
                    .as("who was asked to go is gone, or killed, in time")
                    .isTrue();
            var boot = now.minus(it.spawnedAt);
            assertThat(it.ready || !it.got.isEmpty() || boot.compareTo(it.bootMax()) < 0)
                    .as("a boot does not last for ever %s", boot)
                    .isTrue();
        }
        if (!world.stopping) {
            places();
        }
        assertThat(supervisor.patience(now)).isBetween(Duration.ZERO, Limits.PATROL);
    }
}
