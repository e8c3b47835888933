package junicorn.worker.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The queue of events against one of the JDK's.
final class ReadyQueueTest {
    private final ReadyQueue queue = new ReadyQueue();

    @Test
    void eventsLeaveInTheOrderInWhichTheyCame() {
        var random = new Random(4);
        var model = new ArrayDeque<Long>();
        for (long i = 0; i < 20_000; i++) {
            if (random.nextInt(100) < 55) { // grows
                queue.add(i, (int) i + 1);
                model.addLast(i);
            } else if (!model.isEmpty()) {
                long expected = model.removeFirst();
                assertThat(queue.firstData()).isEqualTo(expected);
                assertThat(queue.firstHappened()).isEqualTo((int) expected + 1);
                queue.removeFirst();
            }
            assertThat(queue.size()).isEqualTo(model.size());
            assertThat(queue.isEmpty()).isEqualTo(model.isEmpty());
        }
    }
}
