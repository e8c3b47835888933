package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import junicorn.scoreboard.Slot;
import org.junit.jupiter.api.Test;

@SystemTest
final class ServeTest {
    @Test
    void threeWorkersShareTheWorkOfOneSocket() {
        try (var server = RunningServer.start(3);
                var load = Load.on(server.address(), 6)) {
            var workers = server.workers().stream().map(Slot.View::pid).collect(Collectors.toSet());

            Await.until(
                    "an answer of each of " + workers,
                    Await.SOON,
                    load::tally,
                    tally -> tally.completedByWorker().keySet().equals(workers));

            assertThat(load.stop().failures()).isEmpty();
        }
    }

    @Test
    void servesTheHelloExample() throws Exception {
        var hello = Account.HELLO;
        try (var server = new Launch().asShipped().workers(3).application(hello).start()) {
            var answer = server.get("/");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).containsIgnoringCase("hello");
        }
    }

    @Test
    void servesAnUnpackedWarUnderAContextPath() throws Exception {
        var launch = new Launch().with("--context-path", "/shop");
        var war = Wars.directory(launch.directory().resolve("unpacked"), launch.moodFile());
        try (var server = launch.application(war).start()) {
            assertThat(server.get("/shop/echo?token=a").body()).startsWith("a ");
            assertThat(server.get("/shop/index.html").body()).isEqualTo("<p>It works.</p>\n");
            assertThat(server.get("/echo?token=a").status()).isEqualTo(404);
        }
    }

    @Test
    void servesAsynchronousServletsAndSurvivesOnesThatThrow() throws Exception {
        try (var server = RunningServer.start(1)) {
            var worker = server.worker(0);

            var failure = server.get("/fail?why=0");
            var later = server.get("/later?token=b");

            assertThat(failure.status()).isEqualTo(500);
            assertThat(later.body()).isEqualTo("b " + worker.pid());
        }
    }

    @Test
    void closesTheConnectionAfterEachAnswer() throws Exception {
        try (var server = RunningServer.start(1);
                var wire = server.connect()) {
            var answer = wire.get("/echo?token=c").answer();

            assertThat(answer.header("connection")).hasValue("close");
            assertThat(wire.rest()).isEmpty();
        }
    }

    @Test
    void servesClientsThatWouldKeepTheirConnection() {
        try (var server = RunningServer.start(1);
                var load = Load.keepingAlive(server.address(), 4)) {
            load.awaitCompleted(200);

            assertThat(load.stop().failures()).isEmpty();
        }
    }

    @Test
    void givesJavaOptionsToTheWorkersAndLetsTheApplicationsWordsThrough() throws Exception {
        var launch = new Launch().with("--java-opts", "-Dname=value", "--java-opts=-Dother=2");
        try (var server = launch.start()) {
            assertThat(server.get("/say?words=uno&name=name").body()).isEqualTo("value");
            assertThat(server.get("/say?words=due&name=other").body()).isEqualTo("2");

            server.out().await("^out: uno$", Await.SOON);
            server.err().await("^err: due$", Await.SOON);
        }
    }
}
