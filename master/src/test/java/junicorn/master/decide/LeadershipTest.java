package junicorn.master.decide;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import junicorn.master.loop.Event;
import junicorn.master.settings.Renewal;
import junicorn.master.table.Pulse;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

/// Ring 1: one worker at a time is the leader.
final class LeadershipTest {
    private final SupervisorScene scene = SupervisorScene.of(2);

    @Test
    void theFirstWorkerThatIsReadyLeads() {
        scene.decide(new Event.Started(), ZERO);
        scene.start(0, ZERO);
        assertThat(scene.leaders()).isEmpty();

        scene.come(1, ofSeconds(1));
        scene.ready(0, ofSeconds(2));

        assertThat(scene.leaders()).containsExactly(1);
    }

    @Test
    void whenTheLeaderIsReapedTheNextLeads() {
        scene.serving();

        scene.died(0, ofSeconds(20));
        scene.start(0, ofSeconds(20));
        scene.ready(0, ofSeconds(21));

        assertThat(scene.leaders()).containsExactly(0, 1);
    }

    @Test
    void aLeaderThatRetiresIsFollowedWhenItHasYieldedAndNotBefore() {
        scene.decide(new Event.Started(), ZERO);
        scene.come(1, ZERO);
        scene.come(0, ZERO);
        scene.decide(new Event.SignalReceived(Signal.TTOU), ofSeconds(1));
        scene.tick(ofSeconds(5));
        assertThat(scene.leaders()).containsExactly(1);

        scene.decide(new Event.WorkerYielded(1, 101), ofSeconds(6));

        assertThat(scene.leaders()).containsExactly(1, 0);
    }

    @Test
    void atAReloadTheLeadGoesToOneThatStays() {
        scene.serving();
        scene.reload(2, SupervisorScene.limits(2, Renewal.USUAL), ofSeconds(1));
        scene.come(2, ofSeconds(2));
        scene.decide(new Event.WorkerYielded(0, 100), ofSeconds(2));

        assertThat(scene.leaders()).containsExactly(0, 2);
    }

    @Test
    void whoYieldedIsNotElectedAgainWhileItDrains() {
        scene.serving();

        scene.decide(new Event.WorkerYielded(0, 100), ofSeconds(1));
        scene.died(1, ofSeconds(20));
        assertThat(scene.leaders()).containsExactly(0, 1);
        scene.died(0, ofSeconds(21));
        scene.come(0, ofSeconds(21));

        assertThat(scene.leaders()).containsExactly(0, 1, 0);
    }

    @Test
    void aHungLeaderLeadsUntilItIsReaped() {
        scene.serving();
        scene.pulse(0, new Pulse(1, 1, ofSeconds(40)));
        scene.tick(ofSeconds(1));

        scene.tick(ofSeconds(40));
        assertThat(scene.leaders()).containsExactly(0);
        scene.died(0, ofSeconds(43));

        assertThat(scene.leaders()).containsExactly(0, 1);
    }

    @Test
    void whatAStrangerYieldsChangesNothing() {
        scene.serving();

        scene.decide(new Event.WorkerYielded(1, 101), ofSeconds(1));
        scene.decide(new Event.WorkerYielded(0, 99), ofSeconds(1));

        assertThat(scene.leaders()).containsExactly(0);
    }

    @Test
    void aServerThatStopsElectsNobody() {
        scene.serving();

        scene.decide(new Event.SignalReceived(Signal.TERM), ofSeconds(1));
        scene.tick(ofSeconds(1));
        scene.decide(new Event.WorkerYielded(0, 100), ofSeconds(1));
        scene.died(0, ofSeconds(2));

        assertThat(scene.leaders()).containsExactly(0);
    }
}
