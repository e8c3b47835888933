package junicorn.worker.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ReadListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import junicorn.worker.http.RawClient.End;
import junicorn.worker.http.message.HttpSettings;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// How the application reads a request's body.
final class RequestBodyTest {
    static final List<Concurrency> EACH =
            List.of(
                    new Concurrency.Sync(),
                    new Concurrency.Pool(2),
                    new Concurrency.Virtual(),
                    new Concurrency.Async());

    private static final int LARGE = 300_000; // beyond the buffer, so that it is streamed

    private static final Handler BLOCKING =
            Servlets.application(
                    (request, response) -> {
                        var body = request.getInputStream().readAllBytes();
                        response.getWriter().print(body.length + " bytes");
                    });

    private static void readAsync(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var async = request.startAsync();
        var in = request.getInputStream();
        var read = new ByteArrayOutputStream();
        in.setReadListener(
                new ReadListener() {
                    @Override
                    public void onDataAvailable() throws IOException {
                        while (in.isReady() && !in.isFinished()) {
                            var some = new byte[4096];
                            int count = in.read(some);
                            read.write(some, 0, Math.max(0, count));
                        }
                    }

                    @Override
                    public void onAllDataRead() throws IOException {
                        response.getOutputStream().print(read.size() + " bytes, async");
                        async.complete();
                    }

                    @Override
                    public void onError(Throwable cause) {
                        response.setStatus(599);
                        async.complete();
                    }
                });
    }

    private static String post(int length) {
        return "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: " + length + "\r\n\r\n";
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aLargeBodyIsStreamedToABlockingServlet(Concurrency concurrency) throws Exception {
        try (var worker = RunningWorker.start(concurrency, BLOCKING)) {
            var client = worker.connect().send(post(LARGE)).send("x".repeat(LARGE / 2));
            worker.awaitRequests(1);

            client.send("y".repeat(LARGE / 2));

            assertThat(client.answer().body()).isEqualTo(LARGE + " bytes");
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aLargeBodyIsStreamedToAReadListener(Concurrency concurrency) throws Exception {
        var application = Servlets.application(RequestBodyTest::readAsync);
        try (var worker = RunningWorker.start(concurrency, application)) {
            var client = worker.connect().send(post(LARGE)).send("x".repeat(LARGE / 2));
            worker.awaitRequests(1);

            client.send("y".repeat(LARGE / 2));

            assertThat(client.answer().body()).isEqualTo(LARGE + " bytes, async");
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void manySmallPiecesOfALargeBodyArriveInOrder(Concurrency concurrency) throws Exception {
        var seen = new AtomicReference<>("");
        var application =
                Servlets.application(
                        (request, response) -> {
                            var all = request.getInputStream().readAllBytes();
                            seen.set(new String(all, ISO_8859_1));
                        });
        try (var worker = RunningWorker.start(concurrency, application)) {
            var client = worker.connect().send(post(LARGE));
            var sent = new StringBuilder();
            while (sent.length() < LARGE) {
                var piece = "%07d,".formatted(sent.length()).repeat(125);
                client.send(piece);
                sent.append(piece);
            }

            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(seen.get()).isEqualTo(sent.toString());
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aStreamedBodyThatStopsComingFailsItsReader(Concurrency concurrency) throws Exception {
        try (var worker = RunningWorker.start(concurrency, impatient(), BLOCKING)) {
            var client = worker.connect().send(post(LARGE)).send("half");

            assertThat(client.answer().status()).isGreaterThanOrEqualTo(400);
            assertThat(client.end()).isEqualTo(End.EOF);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aStreamedBodyThatStopsComingFailsItsListener(Concurrency concurrency) throws Exception {
        var application = Servlets.application(RequestBodyTest::readAsync);
        try (var worker = RunningWorker.start(concurrency, impatient(), application)) {
            var client = worker.connect().send(post(LARGE)).send("half");

            assertThat(client.answer().status()).isEqualTo(599);
            assertThat(client.end()).isEqualTo(End.EOF);
        }
    }

    private static HttpSettings impatient() {
        var patient = Duration.ofSeconds(20);
        return new HttpSettings(
                patient, Duration.ofMillis(60), patient, patient, 64 * 1024, 0, 0, 0);
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aBodyThatEndsTooEarlyIsNoBody(Concurrency concurrency) throws Exception {
        try (var worker = RunningWorker.start(concurrency, BLOCKING)) {
            var small = worker.connect().send(post(10)).send("half").half();
            var large = worker.connect().send(post(LARGE)).send("half").half();

            assertThat(small.answer().status()).isEqualTo(400);
            assertThat(large.answer().status()).isEqualTo(400);
            assertThat(small.end()).isEqualTo(End.EOF);
            assertThat(large.end()).isEqualTo(End.EOF);
        }
    }

    @Test
    void aBodyThatNobodyReadIsNotTheNextRequest() throws Exception {
        var application =
                Servlets.application(
                        (request, response) -> response.getWriter().print(request.getMethod()));
        try (var worker = RunningWorker.start(new Concurrency.Pool(1), application)) {
            var client = worker.connect();

            client.send(post(20)).send("GET / HTTP/1.1\r\n\r\n__");

            assertThat(client.answer().body()).isEqualTo("POST");
            assertThat(client.get("/next").body()).isEqualTo("GET");
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aClientThatWaitsIsToldOnceToContinue(Concurrency concurrency) throws Exception {
        try (var worker = RunningWorker.start(concurrency, BLOCKING)) {
            for (int length : List.of(4, LARGE)) {
                var client =
                        worker.connect()
                                .send("POST / HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\n")
                                .send("Content-Length: " + length + "\r\n\r\n");

                assertThat(client.answer().status()).isEqualTo(100);
                client.send("x".repeat(length));
                assertThat(client.answer().body()).isEqualTo(length + " bytes");
            }
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aClientThatDidNotWaitIsNotToldToContinue(Concurrency concurrency) throws Exception {
        try (var worker = RunningWorker.start(concurrency, BLOCKING)) {
            var client =
                    worker.connect()
                            .send(
                                    "POST / HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\n"
                                            + "Content-Length: 4\r\n\r\nbody");

            assertThat(client.answer().body()).isEqualTo("4 bytes");
        }
    }

    @Test
    void whoGetsAnAnswerInsteadOf100MayNotGoOnOnThatConnection() throws Exception {
        var application = Servlets.application((request, response) -> response.setStatus(403));
        try (var worker = RunningWorker.start(new Concurrency.Pool(1), application)) {
            var client =
                    worker.connect()
                            .send("POST / HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\n")
                            .send("Content-Length: " + LARGE + "\r\n\r\n");

            var answer = client.answer();

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.closes()).isTrue();
            assertThat(client.end()).isEqualTo(End.EOF);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aServletReadsTheTrailers(Concurrency concurrency) throws Exception {
        var application =
                Servlets.application(
                        (request, response) -> {
                            request.getInputStream().readAllBytes();
                            response.getWriter().print(request.getTrailerFields());
                        });
        try (var worker = RunningWorker.start(concurrency, application)) {
            var client =
                    worker.connect()
                            .send("POST / HTTP/1.1\r\nHost: test\r\n")
                            .send("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n")
                            .send("X-Sum: 42\r\n\r\n");

            assertThat(client.answer().body()).isEqualTo("{x-sum=42}");
        }
    }
}
