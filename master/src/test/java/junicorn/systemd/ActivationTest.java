package junicorn.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import junicorn.systemd.Activation.Passed;
import org.junit.jupiter.api.Test;

class ActivationTest {
    @Test
    void socketsArePassedFromThreeOnWithTheirNames() {
        var activation = of(Map.of("LISTEN_FDS", "3", "LISTEN_FDNAMES", "web:web:admin"), "7");

        assertThat(activation.sockets())
                .containsExactly(
                        new Passed(3, "web"), new Passed(4, "web"), new Passed(5, "admin"));
        assertThat(activation.named("web")).containsExactly(3, 4);
        assertThat(activation.named("none")).isEmpty();
    }

    @Test
    void aNameMayBeMissing() {
        assertThat(of(Map.of("LISTEN_FDS", "2"), "7").sockets())
                .containsExactly(new Passed(3, ""), new Passed(4, ""));
        assertThat(of(Map.of("LISTEN_FDS", "2", "LISTEN_FDNAMES", "a"), "7").named("a"))
                .containsExactly(3);
    }

    @Test
    void whatIsMeantForAnotherProcessIsNotOurs() {
        assertThat(of(Map.of("LISTEN_FDS", "1"), "8").sockets()).isEmpty();
        assertThat(Activation.of(Map.of("LISTEN_FDS", "1"), 7).sockets()).isEmpty();
    }

    @Test
    void nonsenseIsNothing() {
        for (var count : List.of("", "0", "-1", "x", "99999999999999", "9999999")) {
            assertThat(of(Map.of("LISTEN_FDS", count), "7").sockets()).isEmpty();
        }
    }

    private static Activation of(Map<String, String> variables, String pid) {
        var environment = new HashMap<>(variables);
        environment.put("LISTEN_PID", pid);
        return Activation.of(environment, 7);
    }
}
