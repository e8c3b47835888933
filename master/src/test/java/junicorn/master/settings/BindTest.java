package junicorn.master.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8000, 127.0.0.1, 8000",
        "localhost:80, localhost, 80",
        "example.org, example.org, 8000",
        ":9000, 0.0.0.0, 9000",
        "[::1]:9000, ::1, 9000",
        "[::], ::, 8000",
        "host:0, host, 0",
        "tcp://host:65535, host, 65535"
    })
    void understandsHostsAndPorts(String text, String host, int port) {
        assertThat(Bind.parse(text)).isEqualTo(new Bind.Tcp(host, port));
    }

    @Test
    void understandsPathsAndDescriptors() {
        assertThat(Bind.parse("unix:/run/a b.sock"))
                .isEqualTo(new Bind.Unix(Path.of("/run/a b.sock")));
        assertThat(Bind.parse("unix:///run/a.sock"))
                .isEqualTo(new Bind.Unix(Path.of("/run/a.sock")));
        assertThat(Bind.parse("unix:a.sock")).isEqualTo(new Bind.Unix(Path.of("a.sock")));
        assertThat(Bind.parse("fd://3")).isEqualTo(new Bind.Inherited(3));
    }

    @ParameterizedTest
    @CsvSource({
        "[::1]:9000",
        "127.0.0.1:8000",
        "unix:/a",
        "fd://3",
    })
    void isWrittenAsItIsRead(String text) {
        assertThat(Bind.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "host:99999, the port must be a number from 0 to 65535",
        "host:-1, the port must be a number",
        "host:+1, the port must be a number",
        "host:, the port must be a number",
        "host:http, the port must be a number",
        "::1:8000, an IPv6 address needs brackets",
        "[::1, is missing",
        "[::1]8000, comes ':' and the port",
        "[localhost]:80, brackets are for IPv6",
        "8000, for a port on all addresses write :8000",
        "unix:, the path is missing",
        "fd://, file descriptor must be a number",
        "fd://-3, file descriptor must be a number",
        "http://host:80, it must be HOST:PORT",
        "'', it must be HOST:PORT"
    })
    void saysWhatIsWrongAndWhatWouldBeRight(String text, String why) {
        assertThatThrownBy(() -> Bind.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot bind '" + text + "': it must be HOST:PORT, ")
                .hasMessageContaining(why);
    }

    @Test
    void aPathThatTheKernelWouldCutIsRefused() {
        assertThatThrownBy(() -> Bind.parse("unix:/" + "x".repeat(107)))
                .hasMessageContaining("at most 107 bytes, this one has 108");
    }
}
