package junicorn.worker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StaticContentTest {
    @TempDir Path work;
    @TempDir Path scratch;

    @Test
    void twoWorkersGiveOneFileOneTag() throws Exception {
        var war = new TestWar(scratch).file("a.txt", "0123456789").packed();

        try (var one = RunningApplication.start(war, "/", work);
                var two = RunningApplication.start(war, "/", work)) {
            var tag = tag(one.get("/a.txt"));

            assertThat(tag(two.get("/a.txt"))).isEqualTo(tag);
            assertThat(two.get("/a.txt", "If-None-Match: " + tag)).startsWith("HTTP/1.1 304");
        }
    }

    @Test
    void rangesWelcomeFilesAndLargeFilesAreServed() throws Exception {
        var large = "x".repeat(3_000_000);
        var war =
                new TestWar(scratch)
                        .file("a.txt", "0123456789")
                        .file("docs/index.html", "welcome")
                        .file("large.txt", large);

        try (var running = RunningApplication.start(war, work)) {
            assertThat(running.get("/a.txt", "Range: bytes=2-4"))
                    .startsWith("HTTP/1.1 206")
                    .contains("Content-Range: bytes 2-4/10")
                    .endsWith("234");
            assertThat(running.get("/docs/")).endsWith("welcome");
            assertThat(RunningApplication.body(running.get("/large.txt"))).isEqualTo(large);
        }
    }

    @Test
    void directoriesInternalsAndWhatLiesOutsideAreNotServed() throws Exception {
        var war = new TestWar(scratch).file("docs/a.txt", "a").webXml("");

        try (var running = RunningApplication.start(war, work)) {
            assertThat(running.get("/docs/")).startsWith("HTTP/1.1 403").doesNotContain("a.txt");
            assertThat(running.get("/WEB-INF/web.xml")).startsWith("HTTP/1.1 404");
            assertThat(running.get("/docs/../WEB-INF/web.xml")).startsWith("HTTP/1.1 404");
            assertThat(running.get("/docs/%2e%2e/WEB-INF/web.xml")).startsWith("HTTP/1.1 400");
            assertThat(running.get("/web-inf/web.xml")).startsWith("HTTP/1.1 404");
            assertThat(running.get("/../../etc/passwd")).startsWith("HTTP/1.1 400");
            assertThat(running.request("TRACE / HTTP/1.1", "", "Cookie: secret=1"))
                    .startsWith("HTTP/1.1 405")
                    .doesNotContain("secret");
        }
    }

    private static String tag(String response) {
        var matcher = Pattern.compile("ETag: (\\S+)").matcher(response);
        assertThat(matcher.find()).as(response).isTrue();
        return matcher.group(1);
    }
}
