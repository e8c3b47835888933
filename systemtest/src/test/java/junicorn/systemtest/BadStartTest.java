package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starts that cannot succeed end at once, with one clear line and the right exit code.
@SystemTest
final class BadStartTest {
    @TempDir private Path temp = Path.of("");

    @Test
    void aPortInUseIsSaidInOneLine() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var bind = "127.0.0.1:" + other.getLocalPort();

            var ended = new Launch().bind(bind).run();

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err()).contains(bind).containsIgnoringCase("in use");
            assertOneComplaint(ended);
        }
    }

    @Test
    void anAddressThatIsNotOursIsSaidInOneLine() {
        var ended = new Launch().bind("192.0.2.1:0").run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("192.0.2.1").containsIgnoringCase("address");
        assertOneComplaint(ended);
    }

    @Test
    void aSocketInADirectoryThatIsNotThereIsSaidInOneLine() {
        var ended = new Launch().bind("unix:" + temp.resolve("none/s")).run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("none/s");
        assertOneComplaint(ended);
    }

    @Test
    void anApplicationThatIsNotThereIsMisuse() {
        var ended = new Launch().application(temp.resolve("none.war")).run();

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("none.war");
        assertThat(ended.err().lines()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aWarThatIsNoZipEndsTheServer() throws Exception {
        var war = Files.writeString(temp.resolve("corrupt.war"), "this is not a zip file");

        var ended = new Launch().application(war).run();

        assertThat(ended.code()).isIn(1, 2);
        assertThat(ended.err()).contains("corrupt.war").containsIgnoringCase("zip");
        assertThat(ended.err().lines()).as(ended.err()).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void aTruncatedWarEndsTheServer() throws Exception {
        var whole = Files.readAllBytes(Wars.file(temp.resolve("whole.war"), temp.resolve("mood")));
        var half = Arrays.copyOf(whole, whole.length / 2);
        var war = Files.write(temp.resolve("half.war"), half);

        var ended = new Launch().application(war).run();

        assertThat(ended.code()).isIn(1, 2);
        assertThat(ended.err()).contains("half.war").containsIgnoringCase("zip");
    }

    @Test
    void anEmptyDirectoryIsNoApplication() throws Exception {
        var empty = Files.createDirectory(temp.resolve("empty"));

        var ended = new Launch().application(empty).run();

        assertThat(ended.code()).isIn(1, 2);
        assertThat(ended.err()).contains(empty.toString());
    }

    /// Nothing but what one line says: no stack trace, no worker started.
    private static void assertOneComplaint(Ended ended) {
        assertThat(ended.err()).doesNotContain("\tat ").doesNotContain("READY");
        assertThat(ended.err().lines().filter(line -> line.contains("[ERROR]")))
                .as(ended.err())
                .hasSizeLessThanOrEqualTo(1);
    }
}
