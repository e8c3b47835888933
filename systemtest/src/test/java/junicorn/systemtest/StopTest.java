package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

@SystemTest
final class StopTest {
    @Test
    void termUnderLoadFailsNoRequest() {
        failsNoRequest(new Launch().workers(2));
    }

    @Test
    void termUnderLoadFailsNoRequestWithoutDeferredAccept() {
        failsNoRequest(new Launch().workers(2).with("-k", "gthread", "--no-defer-accept"));
    }

    @Test
    void termUnderLoadFailsNoRequestOnAUnixSocket() {
        var launch = new Launch().workers(2);
        failsNoRequest(launch.bind("unix:" + launch.work().resolve("s")));
    }

    private static void failsNoRequest(Launch launch) {
        try (var server = launch.start();
                var kept = Load.keepingAlive(server.address(), 4).awaitCompleted(50);
                var load = Load.on(server.address(), 16).awaitCompleted(200)) {
            kept.serverMayRefuse();
            load.serverMayRefuse();

            server.signal(Signal.TERM);

            var tally = load.awaitRefusal();
            assertThat(tally.failures()).isEmpty();
            assertThat(kept.awaitRefusal().failures()).isEmpty();
            assertThat(tally.refused()).isEqualTo(16);
            assertThat(server.awaitExit().code()).isZero();
        }
    }

    @Test
    void termLetsASlowRequestFinish() throws Exception {
        try (var server = RunningServer.start(1);
                var slow = server.hold("a")) {
            server.signal(Signal.TERM);
            server.awaitLog("stopping signal=TERM");
            server.release();

            assertThat(slow.answer().body()).startsWith("a ");
            assertThat(server.awaitExit().code()).isZero();
        }
    }

    @Test
    void termAnswersThoseWhoWaitInTheQueueOfABusyWorker() throws Exception {
        try (var server = RunningServer.start(1);
                var slow = server.hold("a");
                var one = server.connect().get("/echo?token=b");
                var two = server.connect().get("/echo?token=b")) {
            server.signal(Signal.TERM);
            server.awaitLog("stopping signal=TERM");
            server.release();

            assertThat(slow.answer().body()).startsWith("a ");
            assertThat(one.answer().body()).startsWith("b ");
            assertThat(two.answer().body()).startsWith("b ");
            assertThat(server.awaitExit().code()).isZero();
        }
    }

    @Test
    void termAnswersARequestWhoseHeaderIsHalfThere() throws Exception {
        try (var server = RunningServer.start(1);
                var half = server.connect().send("GET /echo?token=h HTTP/1.1\r\nHo")) {
            assertThat(server.get("/echo?token=a").body()).startsWith("a "); // after the half

            server.signal(Signal.TERM);
            server.awaitLog("stopping signal=TERM");
            half.send("st: test\r\n\r\n");

            assertThat(half.answer().body()).startsWith("h ");
            assertThat(server.awaitExit().code()).isZero();
        }
    }

    @Test
    void silentConnectionsDoNotHoldUpTerm() throws Exception {
        try (var server = new Launch().with("--no-defer-accept").start();
                var one = server.connect();
                var two = server.connect()) {
            assertThat(server.get("/echo?token=a").body()).startsWith("a "); // after the silent

            server.signal(Signal.TERM);

            assertThat(server.awaitExit(Await.SOON).code()).isZero();
            assertThat(one.endsWithoutAnswer()).isTrue();
            assertThat(two.endsWithoutAnswer()).isTrue();
        }
    }

    @Test
    void aRequestThatDoesNotFinishIsKilledWhenTheGraceIsOver() throws Exception {
        try (var server = new Launch().workersAreKilled().with("--graceful-timeout", "1").start();
                var hanging = server.connect().get("/hang")) {
            server.awaitBusy(0);

            server.signal(Signal.TERM);

            var ended = server.awaitExit();
            assertThat(ended.code()).isZero();
            assertThat(ended.err()).containsPattern("worker 0 has not stopped, killing it");
            assertThat(hanging.endsWithoutAnswer()).isTrue();
        }
    }

    @Test
    void intStopsAtOnce() throws Exception {
        try (var server = RunningServer.start(2);
                var slow = server.hold("a")) {
            server.signal(Signal.INT);

            assertThat(server.awaitExit(Await.SOON).code()).isZero();
            assertThat(slow.endsWithoutAnswer()).isTrue();
        }
    }

    @Test
    void intAfterTermStopsAtOnce() throws Exception {
        try (var server = RunningServer.start(1);
                var hanging = server.connect().get("/hang")) {
            server.awaitBusy(0);

            server.signal(Signal.TERM);
            server.awaitLog("stopping signal=TERM");
            server.signal(Signal.INT);

            assertThat(server.awaitExit(Await.SOON).code()).isZero();
            assertThat(hanging.endsWithoutAnswer()).isTrue();
        }
    }
}
