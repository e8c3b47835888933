package junicorn.master;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import junicorn.master.Action.Spawn;
import junicorn.master.Event.BootFailed;
import junicorn.master.Event.Started;
import org.junit.jupiter.api.Test;

/// Ring 1: no more workers start at once than there are cores.
final class StartsTest {
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
    void aStartThatTakesLongHoldsUpNobody() {
        scene.decide(new Started(), ZERO);

        assertThat(scene.tick(ofMillis(4900))).isEmpty();
        assertThat(scene.tick(ofSeconds(5))).containsExactly(new Spawn(2, 1), new Spawn(3, 1));
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
    void hopeIsLostWhenEveryOneOfTheFirstRoundFailedAndNotBefore() {
        scene.decide(new Started(), ZERO);

        fail(scene, 0, ofSeconds(1));
        assertThat(scene.supervisor().exitCode()).isZero();
        fail(scene, 1, ofSeconds(2));

        assertThat(scene.supervisor().exitCode()).isEqualTo(1);
    }

    private static void fail(SupervisorScene scene, int slot, Duration now) {
        scene.start(slot, now);
        scene.decide(new BootFailed(slot, 100 + slot, "no database", ""), now);
        scene.died(slot, now);
    }

    private List<Action> ready(int slot, Duration now) {
        return scene.decide(new Event.WorkerReady(slot, 100 + slot, 480), now);
    }
}
