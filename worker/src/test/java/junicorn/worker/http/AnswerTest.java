package junicorn.worker.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import junicorn.worker.http.RawClient.End;
import junicorn.worker.http.message.HttpSettings;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// How answers reach clients, slow ones and absent ones too.
final class AnswerTest {
    static final List<Concurrency> EACH =
            List.of(
                    new Concurrency.Sync(),
                    new Concurrency.Pool(2),
                    new Concurrency.Virtual(),
                    new Concurrency.Async());

    private static final int LARGE = 8 * 1024 * 1024;
    private static final byte[] BLOCK = "0123456789abcdef".repeat(4096).getBytes(ISO_8859_1);

    private static void writeLarge(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentLength(LARGE);
        for (int sent = 0; sent < LARGE; sent += BLOCK.length) {
            response.getOutputStream().write(BLOCK);
        }
    }

    private static void writeLargeAsync(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var async = request.startAsync();
        async.setTimeout(0);
        var out = response.getOutputStream();
        response.setContentLength(LARGE);
        out.setWriteListener(
                new WriteListener() {
                    private int sent;

                    @Override
                    public void onWritePossible() throws IOException {
                        while (out.isReady()) {
                            if (sent == LARGE) {
                                async.complete();
                                return;
                            }
                            sent += BLOCK.length;
                            out.write(BLOCK);
                        }
                    }

                    @Override
                    public void onError(Throwable cause) {
                        async.complete();
                    }
                });
    }

    /// A client whose kernel takes little for it.
    private static RawClient slow(RunningWorker worker) throws IOException {
        return new RawClient(worker.address(), 8 * 1024);
    }

    private static void readsAllOf(RawClient client) throws IOException {
        client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos()); // the kernel's buffers fill
        var body = client.answer().body();
        assertThat(body).hasSize(LARGE);
        assertThat(body.substring(LARGE - 16)).isEqualTo("0123456789abcdef");
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aLargeAnswerReachesASlowReaderWhole(Concurrency concurrency) throws Exception {
        var application = Servlets.application(AnswerTest::writeLarge);
        try (var worker = RunningWorker.start(concurrency, application);
                var client = slow(worker)) {
            readsAllOf(client);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aWriteListenerServesASlowReader(Concurrency concurrency) throws Exception {
        var application = Servlets.application(AnswerTest::writeLargeAsync);
        try (var worker = RunningWorker.start(concurrency, application);
                var client = slow(worker)) {
            readsAllOf(client);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void oneLargeWriteFromAnotherThreadReachesASlowReader(Concurrency concurrency)
            throws Exception {
        var application = inTheBackground();
        try (var worker = RunningWorker.start(concurrency, application);
                var client = slow(worker)) {
            readsAllOf(client);
        }
    }

    private static Handler inTheBackground() {
        return Servlets.application(
                (request, response) -> {
                    var async = request.startAsync();
                    async.setTimeout(0);
                    async.start(
                            () -> {
                                try {
                                    writeLarge(request, response);
                                } catch (IOException clientIsGone) {
                                    response.setStatus(500);
                                }
                                async.complete();
                            });
                });
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aClientThatLeavesInMidAnswerFreesTheThread(Concurrency concurrency) throws Exception {
        var large = Servlets.application(AnswerTest::writeLarge);
        try (var worker = RunningWorker.start(concurrency, large)) {
            for (int i = 0; i < 3; i++) {
                var client = slow(worker).send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
                worker.awaitRequests(1);
                client.abort();
                worker.awaitRequests(0);
                worker.awaitConnections(0);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aClientThatTakesNothingIsGivenUp(Concurrency concurrency) throws Exception {
        for (var application :
                List.of(
                        Servlets.application(AnswerTest::writeLarge),
                        Servlets.application(AnswerTest::writeLargeAsync),
                        inTheBackground())) {
            try (var worker = RunningWorker.start(concurrency, impatient(), application);
                    var client = slow(worker)) {
                client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
                worker.awaitConnections(1);

                worker.awaitConnections(0);

                assertThatThrownBy(client::answer)
                        .isInstanceOfAny(EOFException.class, SocketException.class);
            }
        }
    }

    private static HttpSettings impatient() {
        var patient = Duration.ofSeconds(20);
        return new HttpSettings(patient, patient, Duration.ofMillis(80), patient, 1024, 0, 0, 0);
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void anAnswerHasTrailers(Concurrency concurrency) throws Exception {
        var application =
                Servlets.application(
                        (_, response) -> {
                            response.setTrailerFields(() -> Map.of("X-Sum", "42"));
                            response.getWriter().print("body");
                            response.flushBuffer();
                        });
        try (var worker = RunningWorker.start(concurrency, application)) {
            var answer = worker.connect().get("/");

            assertThat(answer.body()).isEqualTo("body");
            assertThat(answer.trailer("X-Sum")).contains("42");
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void earlyHintsComeBeforeTheAnswer(Concurrency concurrency) throws Exception {
        var application =
                new Handler.Abstract() {
                    @Override
                    public boolean handle(Request request, Response response, Callback callback) {
                        var hints = HttpFields.build().put(HttpHeader.LINK, "</style.css>");
                        response.writeInterim(103, hints).join();
                        response.writeInterim(103, hints).join();
                        callback.succeeded();
                        return true;
                    }
                };
        try (var worker = RunningWorker.start(concurrency, application)) {
            var client = worker.connect().send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");

            var first = client.answer();
            assertThat(first.status()).isEqualTo(103);
            assertThat(first.header("Link")).contains("</style.css>");
            assertThat(client.answer().status()).isEqualTo(103);
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void piecesLeaveAtOnce(Concurrency concurrency) throws Exception {
        var more = new CompletableFuture<Boolean>();
        var application =
                Servlets.application(
                        (_, response) -> {
                            response.getOutputStream().print("a");
                            response.flushBuffer();
                            more.orTimeout(10, TimeUnit.SECONDS).join();
                            response.getOutputStream().print("b");
                        });
        try (var worker = RunningWorker.start(concurrency, application)) {
            var client = worker.connect().send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");

            var first = client.read();
            more.complete(true);

            assertThat(first).isEqualTo('H');
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aLargeBodyThatNobodyReadsDestroysNoAnswer(Concurrency concurrency) throws Exception {
        var application =
                Servlets.application((_, response) -> response.getWriter().print("too large"));
        try (var worker = RunningWorker.start(concurrency, application)) {
            var client =
                    worker.connect()
                            .send("POST / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n")
                            .send("Content-Length: " + LARGE + "\r\n\r\n");

            for (int sent = 0; sent < LARGE; sent += BLOCK.length) {
                client.send(new String(BLOCK, ISO_8859_1));
            }

            assertThat(client.answer().body()).isEqualTo("too large");
            assertThat(client.end()).isEqualTo(End.EOF);
        }
    }
}
