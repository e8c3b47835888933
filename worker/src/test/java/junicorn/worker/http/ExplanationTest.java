package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExplanationTest {
    @Test
    void aDeadlockIsSaidFirst() throws Exception {
        var one = new ReentrantLock();
        var other = new ReentrantLock();
        var both = new CyclicBarrier(2);
        var first = thread("first", both, one, other);
        var second = thread("second", both, other, one);

        var text = Explanation.threads();
        while (!text.startsWith("deadlock")) { // until they have met
            text = Explanation.threads();
        }
        first.interrupt();
        first.join();
        second.join();

        assertThat(text)
                .startsWith("deadlock, these threads wait for each other: first, second\n\nall ");
        assertThat(Explanation.threads()).startsWith("all threads:");
    }

    /// Takes one lock, and the other when its neighbour has that one.
    private static Thread thread(String name, CyclicBarrier both, Lock mine, Lock others) {
        return Thread.ofPlatform()
                .name(name)
                .start(
                        () -> {
                            mine.lock();
                            try {
                                both.await();
                                others.lockInterruptibly();
                                others.unlock();
                            } catch (Exception ended) {
                                Thread.currentThread().interrupt();
                            } finally {
                                mine.unlock();
                            }
                        });
    }
}
