package junicorn.master.decide;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import junicorn.master.loop.Action;
import junicorn.master.loop.Action.Spawn;
import junicorn.master.loop.Event;
import junicorn.master.loop.Event.BootFailed;
import junicorn.master.loop.Event.Started;
import junicorn.master.settings.Limits;
import junicorn.master.table.Cores;
import junicorn.master.table.Halt;
import junicorn.master.table.Pulse;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

/// Ring 1: no more workers start at once than there are cores.
final class SpawningTest {
    private final SupervisorScene scene = SupervisorScene.of(4, 2);

    @Test
    void theNextStartsWhenOneIsReady() {
        assertThat(scene.decide(new Started(), ZERO))
                .containsExactly(new Spawn(0, 1), new Spawn(1, 1));
        scene.start(0, ZERO);
        scene.start(1, ZERO);
        assertThat(scene.tick(ofMillis(900))).isEmpty();

        assertThat(ready(1, ofSeconds(1))).containsExactly(new Spawn(2, 1));
        assertThat(ready(0, ofSeconds(1))).containsExactly(new Spawn(3, 1));
        assertThat(scene.tick(ofSeconds(2))).isEmpty();
    }

    @Test
    void theNextStartsWhenOneDied() {
        scene.decide(new Started(), ZERO);
        scene.start(0, ZERO);

        assertThat(scene.died(0, ofSeconds(1))).containsExactly(new Spawn(2, 1));
    }

    @Test
    void aStartTakesItsCoreHoweverLongItTakes() {
        scene.decide(new Started(), ZERO);

        for (long second = 1; second < 100; second++) {
            booting(0, second * 900, second * 90);
            booting(1, second * 500, second * 490);
            assertThat(scene.tick(ofSeconds(second))).isEmpty();
        }
    }

    @Test
    void aStartOfWhichNobodyKnowsWhatItNeedsTakesItsCore() {
        scene.decide(new Started(), ZERO);

        assertThat(scene.tick(ofSeconds(60))).isEmpty();
    }

    @Test
    void aStartThatWaitsForSomethingElseThanACoreHoldsUpNobody() {
        scene.decide(new Started(), ZERO);
        for (long second = 1; second < 30; second++) {
            booting(0, second * 900, 0);
            booting(1, Math.min(second, 10) * 900, second); // then it waits for its database
            assertThat(scene.tick(ofSeconds(second)))
                    .as("after %d s", second)
                    .isEqualTo(second == 13 ? List.of(new Spawn(2, 1)) : List.of());
        }
    }

    @Test
    void aStartThatWaitsForACoreDoesNotLookAsIfItNeededNone() {
        scene.decide(new Started(), ZERO);
        for (long second = 1; second < 30; second++) {
            booting(0, second * 900, 0);
            booting(1, second * 10, second * 980);
            assertThat(scene.tick(ofSeconds(second))).isEmpty();
        }
    }

    @Test
    void whoMustWaitForACoreDoesNotKeepTheMasterBusy() {
        scene.decide(new Started(), ZERO);
        scene.start(0, ZERO);
        scene.start(1, ZERO);
        scene.ready(0, ofSeconds(1));
        scene.start(2, ofSeconds(1));
        scene.died(0, ofSeconds(2)); // its rest is over at once, but there is no core

        assertThat(scene.supervisor().patience(ofSeconds(3))).isEqualTo(Limits.PATROL);
    }

    @Test
    void hopeIsLostWhenAllThatWereTriedFailedAndNotBefore() {
        scene.decide(new Started(), ZERO);

        fail(scene, 0, ofSeconds(1)); // and so slot 2 is tried
        assertThat(scene.supervisor().exitCode()).isZero();
        fail(scene, 1, ofMillis(1500)); // before the first has had its rest
        assertThat(scene.supervisor().exitCode()).as("while one is under way").isZero();
        assertThat(scene.tick(ofSeconds(60))).as("others would tell the same").isEmpty();
        fail(scene, 2, ofSeconds(61));

        assertThat(scene.supervisor().exitCode()).isEqualTo(1);
    }

    @Test
    void theLastThatIsUnderWayMayYetBecomeReady() {
        scene.decide(new Started(), ZERO);
        fail(scene, 0, ofSeconds(1));
        fail(scene, 1, ofMillis(1500)); // before the first has had its rest
        scene.start(2, ofSeconds(1));

        assertThat(ready(2, ofSeconds(26)))
                .as("all others are tried again")
                .containsExactly(new Spawn(0, 1), new Spawn(1, 1));
    }

    @Test
    void hopeIsLostAlsoWhenTheLastUnderWayIsNotWantedAnyMore() {
        scene.decide(new Started(), ZERO);
        fail(scene, 0, ofSeconds(1));
        fail(scene, 1, ofMillis(1500)); // before the first has had its rest
        for (int i = 0; i < 3; i++) {
            scene.decide(new Event.SignalReceived(Signal.TTOU), ofSeconds(3));
        }
        assertThat(scene.supervisor().exitCode()).isZero();

        scene.start(0, ofSeconds(4));
        scene.died(2, ofSeconds(4));
        fail(scene, 0, ofSeconds(5));
        assertThat(scene.supervisor().finished() || !scene.tick(ofSeconds(10)).isEmpty())
                .as("it never waits for nothing")
                .isTrue();
    }

    private static void fail(SupervisorScene scene, int slot, Duration now) {
        scene.start(slot, now);
        scene.decide(new BootFailed(slot, 100 + slot, "no database", ""), now);
        scene.died(slot, now);
    }

    /// The next tick sees what it has had of the cores, in milliseconds.
    private void booting(int slot, long ran, long waited) {
        var cores = new Cores(ofMillis(ran), ofMillis(waited));
        scene.pulse(slot, new Pulse(0, 0, ZERO, Halt.NONE, false, cores));
    }

    private List<Action> ready(int slot, Duration now) {
        return scene.decide(new Event.WorkerReady(slot, 100 + slot, 480), now);
    }
}
