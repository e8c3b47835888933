package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/// Ring 1: what is told of a thread that waits.
final class ThreadReportTest {
    private final CountDownLatch done = new CountDownLatch(1);

    @Test
    void namesTheLockAndWhatItsOwnerDoes() throws Exception {
        var lock = new ReentrantLock();
        var locked = new CountDownLatch(1);
        var owner =
                Thread.ofPlatform().name("the-owner").start(() -> holding(lock, locked::countDown));
        locked.await();
        var waiter = Thread.ofPlatform().name("the-waiter").start(() -> holding(lock, () -> {}));

        Await.until("a queue", lock::hasQueuedThreads, queued -> queued);
        var report =
                Await.until(
                        "a wait", () -> ThreadReport.of(waiter), text -> text.contains("owned by"));

        assertThat(report)
                .startsWith("thread the-waiter WAITING\n")
                .contains("waits for java.util.concurrent.locks.ReentrantLock$NonfairSync@")
                .contains(" owned by thread the-owner WAITING\n")
                .contains("ThreadReportTest.await");
        done.countDown();
        owner.join();
        waiter.join();
    }

    @Test
    void tellsTheStackOfAVirtualThread() throws Exception {
        var thread = Thread.ofVirtual().name("virtual").start(this::await);

        var report =
                Await.until("a wait", () -> ThreadReport.of(thread), text -> text.contains(" on "));

        assertThat(report)
                .startsWith("thread virtual WAITING on java.util.concurrent.CountDownLatch$Sync@")
                .contains("ThreadReportTest.await");
        done.countDown();
        thread.join();
    }

    @Test
    void knowsRequestsWithoutAThread() {
        assertThat(ThreadReport.of(null)).startsWith("no thread");
    }

    private void holding(ReentrantLock lock, Runnable then) {
        lock.lock();
        try {
            then.run();
            await();
        } finally {
            lock.unlock();
        }
    }

    private void await() {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
