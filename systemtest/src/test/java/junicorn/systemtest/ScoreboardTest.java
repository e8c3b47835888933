package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@SystemTest
final class ScoreboardTest {
    @Test
    void showsWhoIsBusyAndSinceWhen() throws Exception {
        try (var server = RunningServer.start(2)) {
            long before = System.currentTimeMillis();
            try (var slow = server.hold("a")) {
                int slot = server.busySlots().getFirst();

                var busy = server.worker(slot);
                assertThat(busy.busy()).isEqualTo(1);
                assertThat(busy.requestStartedAtMillis())
                        .isBetween(before, System.currentTimeMillis());
                assertThat(server.worker(1 - slot).busy()).isZero();

                server.release();
                assertThat(slow.answer().body()).isEqualTo("a " + busy.pid());
                server.awaitWorker(slot, view -> view.busy() == 0);
                assertThat(server.worker(slot).requests()).isEqualTo(busy.requests() + 1);
            }
        }
    }

    @Test
    void theBeatsOfAnIdleWorkerGoOn() {
        try (var server = RunningServer.start(1)) {
            var before = server.worker(0);

            server.awaitWorker(0, view -> view.beats() > before.beats() + 1);

            assertThat(server.worker(0).pid()).isEqualTo(before.pid());
            assertThat(server.worker(0).generation()).isPositive();
        }
    }
}
