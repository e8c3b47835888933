package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import junicorn.worker.http.message.HttpSettings;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// WebSockets of an application that uses Jetty's own interface.
final class WebSocketTest {
    static final List<Concurrency> CLASSES =
            List.of(new Concurrency.Pool(2), new Concurrency.Virtual(), new Concurrency.Async());

    /// More than a worker serves in real life, with a descriptor for each end in this process.
    private static final int MANY = 5000;

    /// Heap for a WebSocket, both ends of it, most of which is Jetty's record of the upgrade
    /// request. Measured 8 KiB; one buffer more for each would exceed it.
    private static final long HEAP_BYTES_MAX = 12 * 1024;

    /// Messages that no socket buffers swallow.
    private static final int FLOOD = 200;

    private final Queue<Integer> endings = new ConcurrentLinkedQueue<>();

    /// Echoes; "flood" brings 13 MB, as fast as the client takes them, from a blocked thread.
    public final class Echo extends Session.Listener.AbstractAutoDemanding {
        @Override
        public void onWebSocketText(String message) {
            if (message.equals("flood")) {
                for (int i = 0; i < FLOOD; i++) {
                    var sent = new Callback.Completable();
                    getSession().sendText("x".repeat(64_000), sent);
                    try {
                        sent.join();
                    } catch (RuntimeException e) {
                        return;
                    }
                }
            } else {
                getSession().sendText(message, Callback.NOOP);
            }
        }

        @Override
        public void onWebSocketClose(int status, String reason, Callback callback) {
            endings.add(status);
            callback.succeed();
        }
    }

    private RunningWorker start(int threads, HttpSettings settings) {
        return start(new Concurrency.Pool(threads), settings, _ -> {});
    }

    private RunningWorker start(
            Concurrency concurrency,
            HttpSettings settings,
            Consumer<ServerWebSocketContainer> configurator) {
        return RunningWorker.start(
                concurrency,
                settings,
                server ->
                        WebSocketUpgradeHandler.from(
                                server,
                                container -> {
                                    container.addMapping("/*", (_, _, _) -> new Echo());
                                    configurator.accept(container);
                                }));
    }

    @Test
    void thousandsRestWithoutAThreadOrABufferAndAreToldWhenTheWorkerGoes() throws Exception {
        try (var worker = start(2, RunningWorker.PATIENT)) {
            var clients = new ArrayList<>(openAndEcho(worker, 50)); // until all is warm
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            long heap = heapBytes();

            clients.addAll(openAndEcho(worker, MANY - 50));

            assertThat(heapBytes() - heap).isLessThan(MANY * HEAP_BYTES_MAX);
            assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
                    .isLessThan(threads + 16);
            worker.poll().drain();
            for (var client : clients) {
                assertThat(client.answerClose()).isEqualTo(1001);
                assertThat(client.ended()).isTrue();
                client.close();
            }
            worker.awaitConnections(0);
            Await.until("all endings", endings::size, count -> count == MANY);
        }
    }

    private static List<WebSocketClient> openAndEcho(RunningWorker worker, int count)
            throws Exception {
        var clients = new ArrayList<WebSocketClient>();
        for (int i = 0; i < count; i++) {
            var client =
                    WebSocketClient.open(
                            worker.address(), "/", "Sec-WebSocket-Extensions: permessage-deflate");
            clients.add(client);
            assertThat(client.header())
                    .contains("server_no_context_takeover", "client_no_context_takeover");
            assertThat(client.text("number " + i).read().payload()).isEqualTo("number " + i);
        }
        return clients;
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @ParameterizedTest
    @FieldSource("CLASSES")
    void theApplicationLearnsThatTheWorkerGoes(Concurrency concurrency) throws Exception {
        try (var worker = start(concurrency, RunningWorker.PATIENT, _ -> {});
                var client = WebSocketClient.open(worker.address(), "/")) {
            assertThat(client.text("hello").read().payload()).isEqualTo("hello");

            worker.poll().drain();

            assertThat(client.answerClose()).isEqualTo(1001);
            assertThat(client.ended()).isTrue();
            Await.until("the ending", endings::peek, status -> status != null);
            assertThat(endings).containsExactly(1001);
        }
    }

    @Test
    void whoDoesNotAnswerACloseIsCutOffSoon() throws Exception {
        try (var worker = start(1, RunningWorker.PATIENT);
                var client = WebSocketClient.open(worker.address(), "/")) {
            worker.poll().drain();

            assertThat(client.read().status()).isEqualTo(1001);
            worker.awaitConnections(0);
            Await.until("the ending", endings::peek, status -> status != null);
        }
    }

    @Test
    void aSlowReaderHoldsUpNobodyElseThoughTheOnlyThreadWaitsForIt() throws Exception {
        try (var worker = start(2, RunningWorker.PATIENT);
                var slow = WebSocketClient.open(worker.address(), 8 * 1024, "/");
                var other = WebSocketClient.open(worker.address(), "/")) {
            slow.text("flood");

            assertThat(other.text("quick").read().payload()).isEqualTo("quick");

            for (int i = 0; i < FLOOD; i++) {
                assertThat(slow.read().payload()).hasSize(64_000);
            }
        }
    }

    @Test
    void handlersThatAreBlockedByTheirClientsAreWokenThoughNoThreadPolls() throws Exception {
        try (var worker = start(1, RunningWorker.PATIENT);
                var slow = WebSocketClient.open(worker.address(), 8 * 1024, "/")) {
            slow.text("flood");

            for (int i = 0; i < FLOOD; i++) {
                assertThat(slow.read().payload()).hasSize(64_000);
            }
        }
    }

    @Test
    void whoTakesNothingIsGivenUpAfterTheWriteTimeout() throws Exception {
        var impatient =
                new HttpSettings(
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(20),
                        64 * 1024,
                        0,
                        0,
                        0);
        try (var worker = start(1, impatient);
                var slow = WebSocketClient.open(worker.address(), 8 * 1024, "/")) {
            slow.text("flood");

            Await.until("the ending", endings::peek, status -> status != null);
            worker.awaitConnections(0);
        }
    }

    @Test
    void aPingIsAnsweredWhileTheApplicationRests() throws Exception {
        try (var worker = start(1, RunningWorker.PATIENT);
                var client = WebSocketClient.open(worker.address(), "/")) {
            var answer = client.frame(WebSocketClient.PING, "are you there").read();

            assertThat(answer.opcode()).isEqualTo(WebSocketClient.PONG);
            assertThat(answer.payload()).isEqualTo("are you there");
        }
    }

    @Test
    void aSilentPeerIsClosedWhenTheApplicationsIdleTimeoutIsOver() throws Exception {
        try (var worker =
                        start(
                                new Concurrency.Pool(1),
                                RunningWorker.PATIENT,
                                container -> container.setIdleTimeout(Duration.ofMillis(100)));
                var client = WebSocketClient.open(worker.address(), "/")) {
            assertThat(client.answerClose()).isEqualTo(1001);
            assertThat(client.ended()).isTrue();
            worker.awaitConnections(0);
        }
    }

    @Test
    void aSilentPeerIsAskedWhetherItLivesAndGivenUpIfItDoesNotAnswer() throws Exception {
        try (var worker = start(1, RunningWorker.PATIENT);
                var client = WebSocketClient.open(worker.address(), "/")) {
            assertThat(client.text("hello").read().payload()).isEqualTo("hello");
            pass(worker, Upgraded.SILENCE);

            var ping = client.read();
            assertThat(ping.opcode()).isEqualTo(WebSocketClient.PING);
            client.frame(WebSocketClient.PONG, ping.payload());
            pass(worker, Upgraded.SILENCE);

            assertThat(client.read().opcode()).isEqualTo(WebSocketClient.PING);
            pass(worker, Upgraded.ANSWER);

            assertThat(client.ended()).isTrue();
            Await.until("the ending", endings::peek, status -> status != null);
            assertThat(endings).containsExactly(1006);
        }
    }

    /// Lets the worker believe that so much time has passed, after its one thread has done what
    /// it was given before.
    private static void pass(RunningWorker worker, Duration time) throws Exception {
        try (var other = new RawClient(worker.address())) {
            assertThat(other.get("/").status()).isEqualTo(404);
        }
        worker.poll().sweep(System.nanoTime() + time.plusSeconds(1).toNanos());
    }
}
