package junicorn.worker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ErrorPagesTest {
    @TempDir Path work;
    @TempDir Path scratch;

    @Test
    void anExceptionsWordsStayInTheLog() throws Exception {
        try (var running = RunningApplication.start(new TestWar(scratch).source("Errors"), work)) {
            for (var accept : new String[] {"text/html", "application/json", "text/plain"}) {
                assertThat(running.get("/errors?throw", "Accept: " + accept))
                        .startsWith("HTTP/1.1 500")
                        .contains("Server Error")
                        .doesNotContain("secret", "Exception", "Jetty", "jetty", "at app");
            }
        }
    }

    @Test
    void whatAnApplicationSendsIsShownAndIsNoMarkup() throws Exception {
        try (var running = RunningApplication.start(new TestWar(scratch).source("Errors"), work)) {
            assertThat(running.get("/errors?send=%3Cb%3E%22"))
                    .startsWith("HTTP/1.1 409")
                    .contains("<title>409 &lt;b&gt;");
            assertThat(running.get("/errors?send=%3Cb%3E%22", "Accept: application/json"))
                    .endsWith("{\"status\":409,\"message\":\"<b>\\\"\"}\n");
        }
    }

    @Test
    void theApplicationsOwnPageGoesFirst() throws Exception {
        var war =
                new TestWar(scratch)
                        .source("Errors")
                        .file("sorry.txt", "our own words")
                        .webXml(
                                """
                                <error-page><error-code>500</error-code><location>/sorry.txt</location></error-page>
                                """);

        try (var running = RunningApplication.start(war, work)) {
            assertThat(running.get("/errors?throw"))
                    .startsWith("HTTP/1.1 500")
                    .endsWith("our own words");
        }
    }
}
