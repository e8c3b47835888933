package junicorn.master.decide;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import junicorn.master.loop.Action.Send;
import junicorn.master.loop.Action.Serve;
import junicorn.master.loop.Action.Spawn;
import junicorn.master.loop.Event;
import junicorn.master.loop.Event.SignalReceived;
import junicorn.master.loop.Event.SpawnFailed;
import junicorn.master.settings.Renewal;
import junicorn.master.table.Pulse;
import junicorn.os.Exit;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ring 1: no place is empty while somebody could take it, and nobody rests for long while nobody
/// serves.
final class SupervisorVacancyTest {
    private static final Renewal ONE_STANDS_BY = new Renewal(1, 1, Duration.ZERO, 0);
    private static final Renewal TWO_STAND_BY = new Renewal(1, 2, Duration.ZERO, 0);

    @Test
    void aStandbyThatStartsGetsThePlaceThatBecomesEmptyMeanwhile() {
        var scene = SupervisorScene.of(ONE_STANDS_BY);
        scene.serving();
        scene.start(2, ZERO);

        var death = scene.crashed(0, ofSeconds(1));
        var ready = scene.ready(2, ofMillis(1600));

        assertThat(death).as("the next standby can wait").isEmpty();
        assertThat(ready).containsExactly(new Serve(2));
        assertThat(scene.said()).last().isEqualTo("standby worker 2 serves now pid=102");
        assertThat(scene.tick(ofSeconds(3))).containsExactly(new Spawn(0, 1, true));
    }

    @Test
    void aStandbyThatBecomesReadyTakesThePlaceOfOneThatRests() {
        var scene = SupervisorScene.of(ONE_STANDS_BY);
        scene.serving();
        scene.come(2, ZERO);
        scene.crashed(0, ofSeconds(1)); // the standby of now serves
        scene.tick(ofSeconds(2));
        scene.start(0, ofSeconds(2));
        scene.crashed(1, ofSeconds(3)); // the next one is not ready yet
        scene.crashed(2, ofSeconds(3));
        scene.decide(new SpawnFailed(2, "EAGAIN"), ofSeconds(4));

        assertThat(scene.ready(0, ofSeconds(4))).contains(new Serve(0));
    }

    @Test
    void whoIsReadyFirstGetsThePlaceThatAnotherWasToHave() {
        var scene = SupervisorScene.of(TWO_STAND_BY);
        scene.serving();
        scene.start(2, ZERO);
        scene.start(3, ZERO);
        scene.died(0, ofSeconds(20));

        assertThat(scene.ready(3, ofSeconds(21))).contains(new Serve(3));
        assertThat(scene.ready(2, ofSeconds(22))).doesNotContain(new Serve(2));
        assertThat(scene.supervisor().census(ofSeconds(22)).residents())
                .extracting(Census.Resident::state)
                .contains("standby");
    }

    @Test
    void whoIsPromisedAPlaceAndIsNotWantedAnyMoreDoesNotServe() {
        var scene = SupervisorScene.of(ONE_STANDS_BY);
        scene.serving();
        scene.start(2, ZERO);
        scene.died(0, ofSeconds(20));

        scene.reload(2, SupervisorScene.limits(2, ONE_STANDS_BY), ofSeconds(21));

        assertThat(scene.ready(2, ofSeconds(22))).doesNotContain(new Serve(2));
    }

    @Test
    void aStandbyDoesNotWaitForTheEndOfOneThatIsStuck() {
        var scene = SupervisorScene.of(ONE_STANDS_BY);
        scene.serving();
        scene.come(2, ZERO);
        scene.pulse(0, new Pulse(1, 1, ofSeconds(31)));
        scene.tick(ofMillis(1));

        assertThat(scene.tick(ofSeconds(32))).contains(new Send(0, Signal.QUIT), new Serve(2));
        assertThat(scene.died(0, ofSeconds(34))).isEmpty();
    }

    @Test
    void duringAReloadAStandbyOfOldServesAsLongAsTheOldDo() {
        var scene = SupervisorScene.of(ONE_STANDS_BY);
        scene.serving();
        scene.come(2, ZERO);
        scene.reload(2, SupervisorScene.limits(2, ONE_STANDS_BY), ofSeconds(20));
        scene.start(3, ofSeconds(20));

        assertThat(scene.died(0, ofSeconds(21))).contains(new Serve(2));
        scene.ready(3, ofSeconds(30));
        scene.exit(1, 101, new Exit.Code(0), ofSeconds(30));
        scene.start(0, ofSeconds(30));
        assertThat(scene.ready(0, ofSeconds(40))).contains(new Send(2, Signal.TERM));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 15}) // HUP, KILL, TERM
    void whoServedAndIsKilledByOthersIsReplacedAtOnceHoweverOften(int signal) {
        var scene = SupervisorScene.of(2);
        scene.serving();

        for (long second = 1; second < 9; second++) {
            var now = ofSeconds(second);
            assertThat(scene.exit(1, 101, new Exit.Killed(signal, false), now))
                    .containsExactly(new Spawn(1, 1));
            scene.come(1, now);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 7, 8, 11, 31}) // ILL, ABRT, BUS, FPE, SEGV, SYS
    void aCrashOfTheJvmIsItsOwn(int signal) {
        var scene = SupervisorScene.of(2);
        scene.serving();
        scene.exit(1, 101, new Exit.Killed(signal, false), ofSeconds(1));
        scene.come(1, ofSeconds(1));

        assertThat(scene.exit(1, 101, new Exit.Killed(signal, false), ofSeconds(2))).isEmpty();
    }

    @Test
    void aKillThatServedDoesNotClearTheNameOfOneThatCrashes() {
        var scene = SupervisorScene.of(2);
        scene.serving();
        for (long second = 1; second < 4; second++) {
            scene.crashed(1, ofSeconds(10 * second));
            scene.tick(ofSeconds(10 * second + 5));
            scene.come(1, ofSeconds(10 * second + 5));
        }
        scene.died(1, ofSeconds(36));
        scene.come(1, ofSeconds(36));

        scene.crashed(1, ofSeconds(37));

        assertThat(scene.said()).last().asString().endsWith("restarting in 2s (3rd early death)");
    }

    @Test
    void withNobodyWhoServesNoSlotRestsLong() {
        var scene = SupervisorScene.of(1);
        scene.decide(new Event.Started(), ZERO);
        scene.come(0, ZERO);
        var now = ofSeconds(1);
        scene.crashed(0, now);
        for (int i = 0; i < 6; i++) {
            scene.come(0, now);
            scene.crashed(0, now);
            now = now.plusSeconds(2);
            assertThat(scene.tick(now)).doesNotContain(new Spawn(1, 1));
            scene.start(0, now);
        }
        scene.ready(0, now);
        scene.crashed(0, now);

        assertThat(scene.said()).last().asString().endsWith("restarting in 2s (8th early death)");
        assertThat(scene.tick(now.plusSeconds(2))).containsExactly(new Spawn(0, 1));
    }

    @Test
    void aLongRestEndsWhenTheLastWhoServedDies() {
        var scene = SupervisorScene.of(2);
        scene.serving();
        scene.crashed(1, ofSeconds(1));
        for (long second : new long[] {1, 2, 4, 8, 16}) {
            scene.come(1, ofSeconds(second));
            scene.crashed(1, ofSeconds(second));
            scene.tick(ofSeconds(2 * second));
        }
        scene.come(1, ofSeconds(32));
        scene.crashed(1, ofSeconds(33));
        assertThat(scene.said()).last().asString().contains("restarting in 30s");

        var alone = scene.died(0, ofSeconds(34));

        assertThat(alone).containsExactly(new Spawn(0, 1));
        assertThat(scene.said()).contains("no worker is serving, so worker 1 starts in 2s");
        assertThat(scene.tick(ofSeconds(36))).containsExactly(new Spawn(1, 1));
    }

    @Test
    void whereNothingStartsAnyMoreOneSlotTriesEveryMoment() {
        var scene = SupervisorScene.of(2);
        scene.serving();
        scene.decide(new SignalReceived(Signal.TTOU), ofSeconds(1));
        scene.exit(1, 101, new Exit.Code(0), ofSeconds(1));
        scene.died(0, ofSeconds(20));
        for (int i = 0; i < 8; i++) {
            var now = ofSeconds(20 + 2 * i);
            scene.start(0, now);
            scene.crashed(0, now); // never ready again

            assertThat(scene.tick(now.plusSeconds(2))).containsExactly(new Spawn(0, 1));
        }
    }
}
