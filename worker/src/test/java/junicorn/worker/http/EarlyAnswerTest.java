package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import junicorn.worker.http.RawClient.End;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Answers that the application gives before it has read an upload: they arrive whole while the
/// client goes on sending, and no reset destroys them.
final class EarlyAnswerTest {
    private static final int PIECES = 80;
    private static final String PIECE = "x".repeat(100_000);
    private static final String CHUNK = "186a0\r\n" + PIECE + "\r\n";

    private static final Handler APPLICATION =
            Servlets.application(
                    (request, response) -> {
                        switch (request.getRequestURI()) {
                            case "/throws" -> throw new IllegalStateException("on purpose");
                            case "/refused" -> response.sendError(413);
                            default -> response.getWriter().print("early");
                        }
                    });

    static List<Object[]> cases() {
        var cases = new ArrayList<Object[]>();
        for (var concurrency :
                List.of(
                        new Concurrency.Sync(),
                        new Concurrency.Pool(2),
                        new Concurrency.Virtual(),
                        new Concurrency.Async())) {
            cases.add(new Object[] {concurrency, "/", 200});
            cases.add(new Object[] {concurrency, "/refused", 413});
            cases.add(new Object[] {concurrency, "/throws", 500});
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anEarlyAnswerArrivesWholeWhileTheUploadGoesOn(
            Concurrency concurrency, String path, int status) throws Exception {
        try (var worker = RunningWorker.start(concurrency, APPLICATION)) {
            for (int i = 0; i < 10; i++) {
                boolean chunked = i % 2 == 1;
                try (var client = worker.connect()) {
                    upload(client, path, chunked);
                    var answer = client.answer();

                    assertThat(answer.status()).isEqualTo(status);
                    assertThat(answer.header("Connection")).contains("close");
                    assertThat(client.end()).isEqualTo(End.EOF);
                }
            }
            worker.awaitConnections(0);
        }
    }

    private static void upload(RawClient client, String path, boolean chunked) throws IOException {
        client.send("POST " + path + " HTTP/1.1\r\nHost: test\r\n");
        client.send(
                chunked
                        ? "Transfer-Encoding: chunked\r\n\r\n"
                        : "Content-Length: " + PIECES * PIECE.length() + "\r\n\r\n");
        for (int i = 0; i < PIECES; i++) {
            client.send(chunked ? CHUNK : PIECE);
        }
        if (chunked) {
            client.send("0\r\n\r\n");
        }
    }
}
