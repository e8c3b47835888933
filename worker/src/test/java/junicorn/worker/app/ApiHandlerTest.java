package junicorn.worker.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiHandlerTest {
    @TempDir Path work;
    @TempDir Path scratch;

    private @Nullable RunningApplication running;

    @BeforeEach
    void start() throws Exception {
        var classes = new TestWar(scratch).source("Promises").classes();
        running = RunningApplication.start("app.Promises", List.of(classes), "/", work);
    }

    @AfterEach
    void stop() throws Exception {
        running().close();
    }

    @Test
    void anAnswerThatIsThereIsSentAtOnceWithItsLength() throws Exception {
        assertThat(get("/now"))
                .contains("200 OK", "Content-Type: text/plain;charset=utf-8", "Content-Length: 3")
                .endsWith("now");
    }

    @Test
    void aPromisedAnswerIsSentWhenItIsThere() throws Exception {
        assertThat(get("/later")).contains("200 OK").endsWith("later");
    }

    @Test
    void theBodyIsGivenWhole() throws Exception {
        var body = "x".repeat(100_000);

        assertThat(running().request("POST /echo HTTP/1.1", body))
                .contains("201 Created")
                .endsWith("\n" + body);
        assertThat(running().request("POST /echo HTTP/1.1", "")).contains("Content-Length: 0");
    }

    @Test
    void theRequestIsSeenAsItCame() throws Exception {
        assertThat(running().get("/%72equest?a=%20b", "X-ONE: 1"))
                .endsWith("GET /request a=%20b 1 none false 3 true");
        assertThat(get("/request")).endsWith("GET /request  none none false 2 true");
    }

    @Test
    void fieldsAreSentInTheirOrder() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(get("/fields"))
                    .contains("404 Not Found", "A: 1\r\nA: 2\r\n")
                    .endsWith("\r\n[]");
            assertThat(get("/now")).doesNotContain("A: 1").endsWith("now");
        }
    }

    @Test
    void aHeadRequestGetsTheLengthAndNoBody() throws Exception {
        assertThat(running().request("HEAD /now HTTP/1.1", ""))
                .contains("Content-Length: 3")
                .endsWith("\r\n\r\n");
    }

    @Test
    void anAnswerWithoutABodyHasNone() throws Exception {
        assertThat(get("/nothing")).contains("204 No Content").endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/throws", "/fails", "/null", "/promises-null", "/later-null"})
    void whatGoesWrongIsA500ThatTellsNothing(String path) throws Exception {
        assertThat(get(path))
                .contains("500 Server Error")
                .doesNotContain("secret", "Exception", "null");
    }

    private String get(String path) throws Exception {
        return running().get(path);
    }

    private RunningApplication running() {
        return requireNonNull(running);
    }
}
