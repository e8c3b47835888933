package junicorn.systemd;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import junicorn.systemd.Standing.Doing;
import org.junit.jupiter.api.Test;

class NoticesTest {
    private Notices notices = new Notices(Optional.empty(), ZERO, () -> 4711);

    @Test
    void readyIsSaidOnceWhenTheFirstWorkerIs() {
        assertThat(told(serving(0, 2))).isEqualTo("STATUS=starting, 0 of 2 workers ready");
        assertThat(told(serving(0, 2))).isEmpty();
        assertThat(told(serving(1, 2))).isEqualTo("READY=1 STATUS=serving, 1 of 2 workers ready");
        assertThat(told(serving(2, 2))).isEqualTo("STATUS=serving, 2 of 2 workers ready");
        assertThat(told(serving(0, 2))).isEqualTo("STATUS=starting, 0 of 2 workers ready");
        assertThat(told(serving(1, 2))).isEqualTo("STATUS=serving, 1 of 2 workers ready");
    }

    @Test
    void aReloadIsSaidWithItsTimeAndEndsWithReady() {
        told(serving(2, 2));

        assertThat(told(doing(Doing.RELOADING)))
                .isEqualTo(
                        "RELOADING=1 MONOTONIC_USEC=4711 STATUS=reloading, 2 of 2 new workers ready");
        assertThat(told(doing(Doing.RELOADING))).isEmpty();
        assertThat(told(serving(2, 2))).isEqualTo("READY=1 STATUS=serving, 2 of 2 workers ready");
    }

    @Test
    void theEndIsSaidOnce() {
        told(serving(2, 2));

        assertThat(told(doing(Doing.STOPPING)))
                .isEqualTo("STOPPING=1 STATUS=stopping, 2 of 2 workers ready");
        assertThat(told(doing(Doing.STOPPING))).isEmpty();
    }

    @Test
    void whoHandsOverSaysWhomAndThenNothing() {
        told(serving(2, 2));
        var handed = new Standing(true, Optional.of(99L), Doing.STOPPING, 2, 2);

        assertThat(told(handed)).isEqualTo("MAINPID=99");
        assertThat(told(handed)).isEmpty();
        assertThat(told(doing(Doing.STOPPING))).isEmpty();
    }

    @Test
    void aNewMasterIsSilentUntilItStandsForTheService() {
        notices = new Notices(Optional.of(99L), ofSeconds(5), () -> 4711);

        assertThat(told(new Standing(false, Optional.empty(), Doing.SERVING, 2, 2))).isEmpty();
        assertThat(told(serving(2, 2)))
                .isEqualTo("MAINPID=99 READY=1 STATUS=serving, 2 of 2 workers ready WATCHDOG=1");
        assertThat(told(serving(2, 2))).isEmpty();
    }

    @Test
    void theWatchdogIsFedAtItsInterval() {
        notices = new Notices(Optional.empty(), ofSeconds(5), () -> 4711);

        assertThat(told(serving(1, 1), ofSeconds(1))).endsWith("WATCHDOG=1");
        assertThat(told(serving(1, 1), ofSeconds(5))).isEmpty();
        assertThat(told(serving(1, 1), ofSeconds(6))).isEqualTo("WATCHDOG=1");
        assertThat(notices.patience()).isEqualTo(ofSeconds(5));
    }

    private String told(Standing standing) {
        return told(standing, ZERO);
    }

    private String told(Standing standing, Duration now) {
        return notices.due(standing, now).orElse("").replace('\n', ' ');
    }

    private static Standing serving(int ready, int wanted) {
        return new Standing(true, Optional.empty(), Doing.SERVING, ready, wanted);
    }

    private static Standing doing(Doing doing) {
        return new Standing(true, Optional.empty(), doing, 2, 2);
    }
}
