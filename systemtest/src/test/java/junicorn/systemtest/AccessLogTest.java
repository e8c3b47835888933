package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

@SystemTest
final class AccessLogTest {
    private static final String JSON =
            "{\"request\":\"%(r)s\",\"status\":%(s)s,\"agent\":\"%(a)s\",\"bytes\":%(B)s,\"pid\":\"%(p)s\"}";

    @Test
    void isOffUnlessAskedFor() throws Exception {
        try (var server = RunningServer.start(1)) {
            server.get("/echo?token=quiet");

            server.signal(Signal.TERM);

            assertThat(server.awaitExit().text()).doesNotContain("quiet");
        }
    }

    @Test
    void writesALineForEachRequestToStdoutFromEveryWorker() throws Exception {
        try (var server = new Launch().workers(2).with("--access-logfile", "-").start()) {
            server.get("/echo?token=seen");

            var line = server.out().await("GET /echo\\?token=seen HTTP/1.1", Await.SOON);

            assertThat(server.out().lines()).anyMatch(it -> it.contains(line.group()));
            server.out()
                    .await("^127\\.0\\.0\\.1 - - \\[.*\\] \"GET /echo.*\" 200 \\d+ ", Await.SOON);
        }
    }

    @Test
    void aJsonFormatCannotBeForged() throws Exception {
        var launch = new Launch().workers(2).leaves("access.log");
        var file = launch.work().resolve("access.log");
        launch.with("--access-logfile", file.toString(), "--access-logformat", JSON);
        try (var server = launch.start();
                var wire = server.connect()) {
            wire.send("GET /echo?token=\"a\\ HTTP/1.1\r\nHost: test\r\n");
            wire.send("User-Agent: evil\\\",\"status\":999,\"x\":\"\t\u00e9\r\n\r\n");
            wire.rest();

            var line = awaitLine(file);

            assertThat(line).startsWith("{\"request\":\"").endsWith("\"}");
            assertThat(line).doesNotContain("\"status\":999,").doesNotContain("\t");
            assertThat(unescapedQuotes(line)).as(line).isEqualTo(16);
        }
    }

    private static String awaitLine(Path file) {
        return Await.until("a line in " + file, Await.SOON, () -> lines(file), l -> !l.isEmpty())
                .getFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// As a JSON parser counts them: a backslash escapes what comes next.
    private static long unescapedQuotes(String line) {
        long count = 0;
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\\') {
                i++;
            } else if (line.charAt(i) == '"') {
                count++;
            }
        }
        return count;
    }
}
