package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

@SystemTest
final class BodiesTest {
    private static final List<Integer> LENGTHS =
            List.of(0, 1, 100_000, 1_048_576, 1_048_577, 20_000_000);

    @Test
    void aBodyArrivesWholeWhetherItIsBufferedOrStreamed() throws Exception {
        try (var server = RunningServer.start(1)) {
            for (int length : LENGTHS) {
                try (var wire = server.connect()) {
                    var body = bytes(length);
                    wire.send("POST /body HTTP/1.1\r\nHost: test\r\n");
                    wire.send("Content-Length: " + length + "\r\n\r\n").send(body);

                    assertThat(wire.answer().body()).isEqualTo(length + " " + sha256(body));
                }
            }
        }
    }

    @Test
    void aChunkedBodyArrivesWholeWhetherItIsBufferedOrStreamed() throws Exception {
        try (var server = RunningServer.start(1)) {
            for (int length : LENGTHS) {
                try (var wire = server.connect()) {
                    var body = bytes(length);
                    wire.send("POST /body HTTP/1.1\r\nHost: test\r\n");
                    wire.send("Transfer-Encoding: chunked\r\n\r\n");
                    sendChunks(wire, body);

                    assertThat(wire.answer().body()).isEqualTo(length + " " + sha256(body));
                }
            }
        }
    }

    private static void sendChunks(Wire wire, byte[] body) throws Exception {
        for (int from = 0; from < body.length; from += 50_000) {
            int to = Math.min(body.length, from + 50_000);
            wire.send(Integer.toHexString(to - from) + "\r\n");
            wire.send(Arrays.copyOfRange(body, from, to)).send("\r\n");
        }
        wire.send("0\r\n\r\n");
    }

    @Test
    void aLargeAnswerArrivesWhole() throws Exception {
        try (var server = RunningServer.start(1)) {
            var answer = server.get("/body?bytes=30000000");

            assertThat(answer.body()).hasSize(30_000_000).matches("x*");
        }
    }

    @Test
    void aClientThatExpectsItIsToldToContinue() throws Exception {
        try (var server = RunningServer.start(1);
                var wire = server.connect()) {
            wire.send("POST /body HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n");
            wire.send("Expect: 100-continue\r\n\r\n");
            assertThat(wire.answer().status()).isEqualTo(100);

            wire.send("body");

            assertThat(wire.answer().body()).startsWith("4 ");
        }
    }

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
