package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;

/// What clients do to a server by mistake or by malice, from which it is to recover at once.
final class Mischief {
    private final SocketAddress address;

    Mischief(SocketAddress address) {
        this.address = address;
    }

    /// So many uploads, none of which can be read: a file that is too large, a form without an end
    /// and one without a beginning. Each is refused, and the connection closed.
    void failingUploads(int count) throws IOException {
        var bodies = List.of(file("x".repeat(2000) + "\r\n--b--\r\n"), file("cut"), "");
        for (int i = 0; i < count; i++) {
            try (var wire = Wire.to(address)) {
                var answer = wire.send(upload(bodies.get(i % bodies.size()))).answer();
                assertThat(answer.status()).as(answer.toString()).isBetween(400, 499);
            }
        }
    }

    /// So many clients open an event stream that never ends, read what there is, and go: one half
    /// of them resets the connection, the other closes it.
    void vanishingReaders(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            var wire = Wire.to(address);
            assertThat(wire.get("/events").until("data: hello\n\n")).startsWith("HTTP/1.1 200 ");
            if (i % 2 == 0) {
                wire.reset();
            } else {
                wire.close();
            }
        }
    }

    private static String upload(String body) {
        return "POST /upload HTTP/1.1\r\nHost: test\r\nConnection: close\r\n"
                + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    private static String file(String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n"
                + content;
    }
}
