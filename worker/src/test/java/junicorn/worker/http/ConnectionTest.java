package junicorn.worker.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import junicorn.worker.http.RawClient.End;
import junicorn.worker.http.message.HttpSettings;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// A connection beyond one request: upgrade, drain, the busy worker.
final class ConnectionTest {
    static final List<Concurrency> EACH =
            List.of(
                    new Concurrency.Sync(),
                    new Concurrency.Pool(2),
                    new Concurrency.Virtual(),
                    new Concurrency.Async());

    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    /// Holds requests to /slow until the test lets them go on.
    private final Handler application =
            Servlets.application(
                    (request, response) -> {
                        if (request.getRequestURI().equals("/slow")) {
                            try {
                                assertThat(mayGoOn.await(10, TimeUnit.SECONDS)).isTrue();
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                        }
                        response.getWriter().print(request.getRequestURI());
                    });

    /// Sends back what comes, in capitals.
    private static final class Echo extends AbstractConnection implements Connection.UpgradeTo {
        private ByteBuffer first = BufferUtil.EMPTY_BUFFER;

        Echo(EndPoint endPoint, Executor executor) {
            super(endPoint, executor);
        }

        @Override
        public void onUpgradeTo(ByteBuffer buffer) {
            first = buffer;
        }

        @Override
        public void onOpen() {
            super.onOpen();
            if (first.hasRemaining()) {
                echo(first);
            } else {
                fillInterested();
            }
        }

        @Override
        public void onFillable() {
            var buffer = BufferUtil.allocate(1024);
            try {
                int count = getEndPoint().fill(buffer);
                if (count > 0) {
                    echo(buffer);
                } else if (count < 0) {
                    close();
                } else {
                    fillInterested();
                }
            } catch (IOException e) {
                close();
            }
        }

        private void echo(ByteBuffer buffer) {
            var text = BufferUtil.toString(buffer).toUpperCase(Locale.ROOT);
            getEndPoint()
                    .write(
                            Callback.from(this::fillInterested, _ -> close()),
                            ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
        }
    }

    private static final class Upgrading extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (request.getHeaders().contains(HttpHeader.UPGRADE)) {
                var meta = request.getConnectionMetaData();
                var echo =
                        new Echo(
                                meta.getConnection().getEndPoint(),
                                meta.getConnector().getExecutor());
                request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, echo);
                response.getHeaders().put(HttpHeader.UPGRADE, "echo");
                response.getHeaders().put(HttpHeader.CONNECTION, "Upgrade");
                response.setStatus(101);
            }
            callback.succeeded();
            return true;
        }
    }

    private static final String UPGRADE =
            "GET / HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";

    @Test
    void anUpgradedConnectionSpeaksItsOwnProtocol() throws Exception {
        try (var worker = RunningWorker.start(new Concurrency.Pool(2), new Upgrading())) {
            var client = worker.connect().send(UPGRADE);

            assertThat(client.answer().status()).isEqualTo(101);
            for (var word : List.of("ab", "cd", "ef")) {
                client.send(word);
                assertThat((char) client.read()).isEqualTo(Character.toUpperCase(word.charAt(0)));
                assertThat((char) client.read()).isEqualTo(Character.toUpperCase(word.charAt(1)));
            }
            client.half();
            assertThat(client.end()).isEqualTo(End.EOF);
        }
    }

    @Test
    void bytesBehindTheUpgradeRequestBelongToTheNewProtocol() throws Exception {
        try (var worker = RunningWorker.start(new Concurrency.Pool(2), new Upgrading())) {
            var client = worker.connect().send(UPGRADE + "x");

            assertThat(client.answer().status()).isEqualTo(101);
            assertThat((char) client.read()).isEqualTo('X');
        }
    }

    @Test
    void aDrainClosesUpgradedConnections() throws Exception {
        try (var worker = RunningWorker.start(new Concurrency.Pool(2), new Upgrading())) {
            var client = worker.connect().send(UPGRADE);
            assertThat(client.answer().status()).isEqualTo(101);

            worker.poll().drain();

            assertThat(client.end()).isEqualTo(End.EOF);
        }
    }

    @Test
    void aSyncWorkerServesTheRequestAsIfNoUpgradeWereAskedFor() throws Exception {
        try (var worker = RunningWorker.start(new Concurrency.Sync(), new Upgrading())) {
            var client = worker.connect().send(UPGRADE);

            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.end()).isEqualTo(End.EOF);
        }
    }

    @Test
    void aRequestThatCameWhileTheWorkerWasBusyIsNotLate() throws Exception {
        var shortly = Duration.ofMillis(40);
        var patient = Duration.ofSeconds(20);
        var settings = new HttpSettings(shortly, shortly, patient, patient, 1024, 0, 0, 0);
        try (var worker = RunningWorker.start(new Concurrency.Sync(), settings, application)) {
            var early = worker.connect().send("GET /early HTTP/1.1\r\n");
            worker.awaitConnections(1);
            var slow = worker.connect().send("GET /slow HTTP/1.1\r\nHost: test\r\n\r\n");
            worker.awaitRequests(1);

            early.send("Host: test\r\n\r\n");
            LockSupport.parkNanos(shortly.multipliedBy(3).toNanos());
            mayGoOn.countDown();

            assertThat(slow.answer().body()).isEqualTo("/slow");
            assertThat(early.answer().body()).isEqualTo("/early");
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aDrainLetsRequestsFinishAndEndsTheThreads(Concurrency concurrency) throws Exception {
        try (var worker = RunningWorker.start(concurrency, application)) {
            var half = worker.connect().send("GET /half HTTP/1.1\r\n");
            worker.awaitConnections(1);
            var slow = worker.connect().send("GET /slow HTTP/1.1\r\nHost: test\r\n\r\n");
            worker.awaitRequests(1);

            worker.poll().drain();
            half.send("Host: test\r\n\r\n");
            mayGoOn.countDown();

            assertThat(slow.answer().body()).isEqualTo("/slow");
            assertThat(half.answer().body()).isEqualTo("/half");
            assertThat(slow.end()).isEqualTo(End.EOF);
            assertThat(half.end()).isEqualTo(End.EOF);
            worker.awaitThreadsEnd();
        }
    }

    @Test
    void aDrainClosesIdleConnectionsAtOnceAndRefusesNewOnes() throws Exception {
        try (var worker = RunningWorker.start(new Concurrency.Pool(2), application)) {
            var idle = worker.connect();
            assertThat(idle.get("/idle").body()).isEqualTo("/idle");

            worker.poll().drain();

            assertThat(idle.end()).isEqualTo(End.EOF);
            worker.awaitThreadsEnd();
            assertThatThrownBy(worker::connect).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void anHttp10ClientIsToldThatItsConnectionIsKept() throws Exception {
        try (var worker = RunningWorker.start(new Concurrency.Pool(1), application)) {
            var client = worker.connect();

            client.send("GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

            assertThat(client.answer().header("Connection")).contains("keep-alive");
            assertThat(client.get("/next").body()).isEqualTo("/next");
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aHalfClosedClientGetsItsAnswer(Concurrency concurrency) throws Exception {
        try (var worker = RunningWorker.start(concurrency, application)) {
            var client = worker.connect().send("GET /slow HTTP/1.1\r\nHost: test\r\n\r\n").half();
            worker.awaitRequests(1);
            mayGoOn.countDown();

            assertThat(client.answer().body()).isEqualTo("/slow");
            assertThat(client.end()).isEqualTo(End.EOF);
        }
    }
}
