package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import fixture.Chat;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An endpoint of jakarta.websocket, a class by itself, in each worker class.
@SystemTest
final class WebSocketTest {
    private static final String UPGRADE =
            """
            GET /chat HTTP/1.1\r
            Host: test\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """;

    /// From RFC 6455, section 1.3.
    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;

    /// Far less than what a worker may take for its last requests.
    private static final Duration A_FEW_SECONDS = Duration.ofSeconds(10);

    @ParameterizedTest
    @ValueSource(strings = {"gthread", "virtual", "async"})
    void aWebSocketEchoesAndIsClosedWith1001WhenTheServerStops(String workerClass)
            throws Exception {
        try (var server = launch(workerClass).start();
                var wire = server.connect()) {
            var granted = wire.send(UPGRADE).answer();
            assertThat(granted.status()).isEqualTo(101);
            assertThat(granted.headers()).containsEntry("sec-websocket-accept", ACCEPT);
            assertThat(frame(send(wire, TEXT, "hello"), TEXT)).isEqualTo("hello");

            server.signal(Signal.TERM);

            var farewell = frame(wire, CLOSE);
            assertThat(farewell).startsWith("\u0003\u00e9"); // 1001
            send(wire, CLOSE, farewell);
            assertThat(wire.read()).isEqualTo(-1);
            assertThat(server.awaitExit(A_FEW_SECONDS).code()).isZero();
            assertThat(server.err().text())
                    .containsOnlyOnce("somebody has left")
                    .doesNotContain("WARNING", "ERROR", "Exception");
        }
    }

    @Test
    void syncAnswersAsIfNobodyHadAskedAndSaysSoOnce() throws Exception {
        try (var server = launch("sync").start()) {
            for (int i = 0; i < 2; i++) {
                try (var wire = server.connect()) {
                    var answer = wire.send(UPGRADE).answer();

                    assertThat(answer.status()).isEqualTo(404);
                    assertThat(answer.headers()).doesNotContainKey("upgrade");
                }
            }
            server.awaitLog("worker class sync does not upgrade");
            server.signal(Signal.TERM);
            assertThat(server.awaitExit().err())
                    .containsOnlyOnce("a client asked to upgrade its connection")
                    .doesNotContain("Exception");
        }
    }

    private static Launch launch(String workerClass) throws Exception {
        var classes = Chat.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        return new Launch()
                .with("-k", workerClass, "-C", Account.readable(Path.of(classes)).toString())
                .application(Path.of("fixture.Chat"));
    }

    /// A frame of at most 125 bytes, masked with zeros.
    private static Wire send(Wire wire, int type, String payload) throws IOException {
        var length = (char) (0x80 | payload.length());
        return wire.send((char) type + "" + length + "\0\0\0\0" + payload);
    }

    /// The payload of the next frame, which must be of this type.
    private static String frame(Wire wire, int type) throws IOException {
        assertThat(octet(wire)).isEqualTo(type);
        int length = octet(wire);
        var payload = new StringBuilder();
        for (int i = 0; i < length; i++) {
            payload.append((char) octet(wire));
        }
        return payload.toString();
    }

    private static int octet(Wire wire) throws IOException {
        int octet = wire.read();
        if (octet < 0) {
            throw new EOFException("the WebSocket ended");
        }
        return octet;
    }
}
