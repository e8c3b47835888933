package junicorn.systemtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// The load generator can tell a good server from a bad one: on servers that misbehave by intent.
final class LoadTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: ";

    @Test
    void fullAnswersAreCompletedByTheWorkerTheyName() throws Exception {
        try (var server = serve(token -> full(token + " 42"));
                var load = Load.on(server.getLocalSocketAddress(), 2).awaitCompleted(10)) {
            var tally = load.stop();

            assertThat(tally.completedByWorker()).containsOnlyKeys(42L);
            assertThat(tally.failures()).isEmpty();
            assertThat(tally.refused()).isZero();
            assertThat(tally.slowest()).isPositive();
        }
    }

    @Test
    void whatIsNotAFullAnswerToTheQuestionIsAFailureWithItsReason() throws Exception {
        assertThat(failure(_ -> full("stranger 42"))).contains("not the answer to this request");
        assertThat(failure(_ -> "")).contains("ended in the status line");
        assertThat(failure(_ -> HEAD)).contains("ended in the headers");
        assertThat(failure(token -> HEAD + "50\r\n\r\n" + token)).contains("ended in the body");
        assertThat(failure(_ -> "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n")).contains("500");
        assertThat(failure(_ -> "SSH-2.0-x\r\n")).contains("not a status line");
        assertThat(failure(_ -> "reset")).contains("request c0-0 at ").contains("reset");
    }

    @Test
    void aKeptConnectionThatEndsUnannouncedRightAfterAnAnswerIsAFailure() throws Exception {
        try (var server = serve(token -> full(token + " 42"));
                var load = Load.keepingAlive(server.getLocalSocketAddress(), 1)) {
            Await.until("a failure", Await.SOON, load::tally, it -> !it.failures().isEmpty());

            assertThat(load.stop().failures().getFirst())
                    .containsAnyOf("ended unannounced", "ended in the status line", "reset");
        }
    }

    @Test
    void aRefusalIsAFailureUntilTheServerMayRefuse() throws Exception {
        var server = serve(token -> full(token + " 42"));
        try (var load = Load.on(server.getLocalSocketAddress(), 1).awaitCompleted(1)) {
            server.close();
            Await.until("a failure", Await.SOON, load::tally, it -> it.failures().size() > 1);

            var tally = load.serverMayRefuse().awaitRefusal();

            assertThat(tally.failures().getLast()).contains("refused: java.net.ConnectException");
            assertThat(tally.refused()).isOne();
        }
    }

    private static String failure(UnaryOperator<String> answer) throws IOException {
        try (var server = serve(answer);
                var load = Load.on(server.getLocalSocketAddress(), 1)) {
            return Await.until("a failure", Await.SOON, load::tally, it -> !it.failures().isEmpty())
                    .failures()
                    .getFirst();
        }
    }

    private static String full(String body) {
        return HEAD + body.length() + "\r\n\r\n" + body;
    }

    private static ServerSocket serve(UnaryOperator<String> answer) throws IOException {
        var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> accept(server, answer));
        return server;
    }

    private static void accept(ServerSocket server, UnaryOperator<String> answer) {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                answer(socket, answer);
            } catch (IOException closed) {
                // the test is over, or the client is gone
            }
        }
    }

    private static void answer(Socket socket, UnaryOperator<String> answer) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        var token = lines.readLine().replaceAll("^.*token=| HTTP.*$", "");
        if (answer.apply(token).equals("reset")) {
            socket.setSoLinger(true, 0);
            return;
        }
        while (!lines.readLine().isEmpty()) {
            // to the end of the header: closing with unread input would be a reset
        }
        socket.getOutputStream().write(answer.apply(token).getBytes(ISO_8859_1));
    }
}
