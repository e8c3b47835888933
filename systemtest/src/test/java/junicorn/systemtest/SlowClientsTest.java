package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What clients do slowly, or not at all, costs nobody else anything: on one sync worker.
@SystemTest
final class SlowClientsTest {
    /// Far from `--header-timeout`, which ends what says nothing.
    private static final Duration FAST = Duration.ofSeconds(5);

    @Test
    void twoThousandSilentConnectionsHinderNobody() throws Exception {
        hinderNobody(new Launch(), 2_000, "");
    }

    @Test
    void twoThousandSilentConnectionsHinderNobodyWithoutDeferredAccept() throws Exception {
        hinderNobody(new Launch().with("--no-defer-accept"), 2_000, "");
    }

    @Test
    void halfSentHeadersHinderNobody() throws Exception {
        hinderNobody(new Launch(), 200, "GET /echo?token=a HTTP/1.1\r\nHost: te");
    }

    @Test
    void halfSentBodiesHinderNobody() throws Exception {
        var half = "POST /body HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\nhalf";
        hinderNobody(new Launch(), 200, half);
    }

    private static void hinderNobody(Launch launch, int count, String start) throws Exception {
        try (var server = launch.start()) {
            var crowd = crowd(server, count, start);
            try (var load = Load.on(server.address(), 4).awaitCompleted(300)) {
                var tally = load.stop();
                assertThat(tally.failures()).isEmpty();
                assertThat(tally.slowest()).isLessThan(FAST);
            } finally {
                for (var wire : crowd) {
                    wire.close();
                }
            }
        }
    }

    private static List<Wire> crowd(RunningServer server, int count, String start)
            throws IOException {
        var crowd = new ArrayList<Wire>();
        for (int i = 0; i < count; i++) {
            crowd.add(server.connect().send(start));
        }
        return crowd;
    }

    @Test
    void aHeaderThatDoesNotComeInTimeIsAnsweredWith408() throws Exception {
        try (var server = new Launch().with("--header-timeout", "1").start();
                var slow = server.connect().send("GET / HTTP/1.1\r\nHost: te")) {
            var answer = slow.within(Await.SOON).answer();

            assertThat(answer.status()).isEqualTo(408);
            assertThat(slow.rest()).isEmpty();
        }
    }

    @Test
    void aBodyThatComesByteByByteHoldsNoWorker() throws Exception {
        try (var server = RunningServer.start(1);
                var slow = server.connect()) {
            slow.send("POST /body HTTP/1.1\r\nHost: test\r\nContent-Length: 30\r\n\r\n");
            for (int i = 0; i < 30; i++) {
                slow.send("x");
                var between = server.get("/echo?token=" + i);
                assertThat(between.body()).startsWith(i + " ");
            }

            assertThat(slow.answer().body()).startsWith("30 ");
        }
    }

    @Test
    void aClientThatTakesNothingOfItsAnswerIsGivenUp() throws Exception {
        try (var server = new Launch().with("--write-timeout", "1").start();
                var slow = server.connect().get("/body?bytes=50000000")) {
            assertThat(server.get("/echo?token=a").body()).startsWith("a ");

            assertThatThrownBy(slow::answer)
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aStreamedBodyThatStallsIsGivenUp() throws Exception {
        var launch = new Launch().with("--body-timeout", "1", "--buffer-body", "1k");
        try (var server = launch.start();
                var slow = server.connect()) {
            slow.send("POST /body HTTP/1.1\r\nHost: test\r\nContent-Length: 9999\r\n\r\nstart");
            assertThat(server.get("/echo?token=a").body()).startsWith("a ");

            assertThat(slow.rest()).doesNotStartWith("HTTP/1.1 200");
        }
    }

    @Test
    void aClientThatIsGoneInMidAnswerHoldsNoWorker() throws Exception {
        try (var server = RunningServer.start(1)) {
            var worker = server.worker(0);
            for (int i = 0; i < 5; i++) {
                var gone = server.connect().get("/body?bytes=50000000");
                gone.read();
                gone.reset();
            }

            assertThat(server.get("/echo?token=a").body()).isEqualTo("a " + worker.pid());
        }
    }
}
