package junicorn.worker.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpTester;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The JDK's own server is asked the same: a handler must not be able to tell them apart, nor its
/// client.
final class ExchangeHandlerTest {
    @TempDir static Path work;
    @TempDir static Path scratch;

    private static @Nullable RunningApplication ours;
    private static @Nullable HttpServer theirs;

    @BeforeAll
    static void start() throws Exception {
        var classes = new TestWar(scratch).source("Exchanges").classes();
        ours = RunningApplication.start("app.Exchanges", List.of(classes), "/", work);
        var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
        var handler =
                (HttpHandler)
                        loader.loadClass("app.Exchanges").getDeclaredConstructor().newInstance();
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.start();
        theirs = server;
    }

    @AfterAll
    static void stop() throws IOException {
        requireNonNull(ours).close();
        requireNonNull(theirs).stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /fixed",
                "GET /chunked",
                "GET /chunked-empty",
                "GET /none",
                "GET /none-unclosed",
                "GET /204",
                "GET /304",
                "GET /headers",
                "HEAD /head",
                "HEAD /none",
                "GET /big-fixed",
                "GET /small-pieces",
                "GET /big-chunked",
                "GET /exchange-closed",
                "GET /later",
                "GET /too-many",
                "GET /throws-late",
                "GET /refusals",
                "GET /facts?a=%20b&c=d",
                "GET /a%20b/%C3%A4",
                "OPTIONS /facts",
                "POST /echo",
                "PURGE /echo"
            })
    void theAnswerIsThatOfTheJdksServer(String request) throws Exception {
        var text = request + " HTTP/1.1";

        assertThat(facts(ofOurs(text, ""))).isEqualTo(facts(ofTheirs(text, "")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5_000, 200_000})
    void aBodyIsEchoedAsByTheJdksServer(int bytes) throws Exception {
        var body = "x".repeat(bytes);

        assertThat(facts(ofOurs("POST /echo HTTP/1.1", body)))
                .isEqualTo(facts(ofTheirs("POST /echo HTTP/1.1", body)))
                .containsEntry("body", body);
    }

    @Test
    void aBodyOfUnknownLengthIsInChunksAndOfKnownLengthIsNot() throws Exception {
        assertThat(ofOurs("GET /chunked HTTP/1.1", ""))
                .contains("Transfer-Encoding: chunked")
                .doesNotContain("Content-Length");
        assertThat(ofOurs("GET /fixed HTTP/1.1", ""))
                .contains("Content-Length: 5")
                .doesNotContain("chunked");
        assertThat(ofOurs("GET /none HTTP/1.1", ""))
                .contains("Content-Length: 0")
                .doesNotContain("chunked");
    }

    @Test
    void aHeadRequestGetsTheLengthThatGetWouldGet() throws Exception {
        assertThat(ofOurs("HEAD /fixed HTTP/1.1", ""))
                .contains("Content-Length: 5")
                .endsWith("\r\n\r\n");
    }

    @Test
    void anAnswerThatIsTooShortIsCutOff() throws Exception {
        assertThat(facts(ofOurs("GET /too-few HTTP/1.1", "")))
                .containsEntry("content-length", "9")
                .containsEntry("body", "abc");
    }

    @Test
    void anAnswerIsCompleteWithItsLastByteEvenIfNobodyClosesIt() throws Exception {
        assertThat(ofOurs("GET /unclosed HTTP/1.1", "")).endsWith("\r\n\r\nhello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/throws", "/closed-unanswered"})
    void aHandlerThatFailsBeforeItAnswersGivesA500(String path) throws Exception {
        assertThat(requireNonNull(ours).get(path))
                .contains("500 Server Error")
                .doesNotContain("secret");
    }

    @Test
    void aDoubledSlashDoesNotMakeAHostOfThePath() throws Exception {
        assertThat(ExchangeHandler.uri("///host/path?a=%2F")).hasToString("/host/path?a=%2F");
    }

    private static String ofOurs(String requestLine, String body) throws Exception {
        return requireNonNull(ours).request(requestLine, body, "X-Many: 1, 2", "x-many: 3");
    }

    private static String ofTheirs(String requestLine, String body) throws IOException {
        try (var socket = new Socket()) {
            socket.setSoTimeout(10_000); // it waits for ever for what a handler forgets
            socket.connect(requireNonNull(theirs).getAddress());
            var length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
            var text =
                    requestLine
                            + "\r\nHost: test\r\nX-Many: 1, 2\r\nx-many: 3\r\n"
                            + length
                            + "Connection: close\r\n\r\n"
                            + body;
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    /// What a client makes of an answer: whole or cut short, in whatever pieces it came.
    private static Map<String, Object> facts(String answer) {
        var facts = new TreeMap<String, Object>();
        var response = requireNonNull(HttpTester.parseResponse(answer));
        facts.put("status", response.getStatus());
        facts.put("body", response.getContent());
        for (var field : response) {
            facts.merge(
                    field.getName().toLowerCase(Locale.ROOT),
                    field.getValue(),
                    (a, b) -> a + "," + b);
        }
        facts.keySet().removeAll(List.of("date", "connection"));
        return facts;
    }
}
