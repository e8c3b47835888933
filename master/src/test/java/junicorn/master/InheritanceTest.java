package junicorn.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import junicorn.master.Inheritance.Share;
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

        assertThat(Inheritance.of(Map.of(Inheritance.VARIABLE, inheritance.words())))
                .contains(inheritance);
        assertThat(Inheritance.of(Map.of())).isEmpty();
    }

    @Test
    void whatNobodyWroteIsRefused() {
        for (var text : new String[] {"1", "x y", "1 2 3", "1 2 a=b=c"}) {
            assertThatThrownBy(() -> Inheritance.of(Map.of(Inheritance.VARIABLE, text)))
                    .hasMessage(
                            "JUNICORN_UPGRADE is for our own use and says what we never wrote: "
                                    + text);
        }
    }
}
