package junicorn.master.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import junicorn.master.listen.Inheritance.Share;
import org.junit.jupiter.api.Test;

class InheritanceTest {
    @Test
    void whatIsWrittenIsRead() {
        var sockets =
                Map.of(
                        "127.0.0.1:8000", new Share(4, 0),
                        "[::1]:80", new Share(5, 0),
                        "unix:/run/a b=c\n%d", new Share(6, 4711));
        var inheritance = new Inheritance(42, 3, sockets);

        assertThat(Inheritance.parse(inheritance.words())).isEqualTo(inheritance);
        assertThat(Inheritance.of(Map.of())).isEmpty();
    }

    @Test
    void whatIsMeantForAnotherProcessIsRefused() {
        assertThatThrownBy(() -> of("42 999 998=0=127.0.0.1%3A8000"))
                .hasMessage(
                        "JUNICORN_UPGRADE names sockets that this process does not have: unset it");
    }

    private static Optional<Inheritance> of(String text) {
        return Inheritance.of(Map.of(Inheritance.VARIABLE, text));
    }

    @Test
    void whatNobodyWroteIsRefused() {
        for (var text : new String[] {"1", "x y", "1 2 3", "1 2 a=b=c"}) {
            assertThatThrownBy(() -> of(text))
                    .hasMessage(
                            "JUNICORN_UPGRADE is for internal use and has an unexpected value: "
                                    + text);
        }
    }
}
