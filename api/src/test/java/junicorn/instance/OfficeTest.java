package junicorn.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import junicorn.api.Instance;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OfficeTest {
    private final Office office = new Office();
    private final BlockingQueue<String> ran = new ArrayBlockingQueue<>(10);

    @AfterEach
    void noWorker() {
        System.clearProperty(Office.PROPERTY);
    }

    @Test
    void outsideOfAWorkerAProcessIsAloneAndLeads() throws Exception {
        Instance.onLeader(() -> ran.add("work"));

        assertThat(Instance.isLeader()).isTrue();
        assertThat(Instance.index()).isZero();
        assertThat(Instance.workers()).isEqualTo(1);
        assertThat(Instance.generation()).isEqualTo(1);
        assertThat(next()).isEqualTo("work");
    }

    @Test
    void whatWaitsRunsWhenTheOfficeIsTaken() throws Exception {
        office.follow();
        office.await(() -> ran.add("first"));
        assertThat(Office.isHeld()).isFalse();
        assertThat(ran).isEmpty();

        assertThat(office.take()).isTrue();

        assertThat(Office.isHeld()).isTrue();
        assertThat(next()).isEqualTo("first");
        office.await(() -> ran.add("second"));
        assertThat(next()).isEqualTo("second");
    }

    @Test
    void whoGaveItUpNeverGetsItAgain() {
        office.follow();
        office.take();

        assertThat(office.give()).isTrue();

        assertThat(Office.isHeld()).isFalse();
        assertThat(office.take()).isFalse();
        assertThat(office.give()).isFalse();
        assertThat(Office.isHeld()).isFalse();
    }

    @Test
    void workRunsInTheWorldOfWhoAskedForIt() throws Exception {
        office.follow();
        var world = new ClassLoader() {};
        var before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(world);
        office.await(
                () ->
                        ran.add(
                                String.valueOf(
                                        Thread.currentThread().getContextClassLoader() == world)));
        Thread.currentThread().setContextClassLoader(before);

        office.take();

        assertThat(next()).isEqualTo("true");
    }

    private @Nullable String next() throws InterruptedException {
        return ran.poll(30, TimeUnit.SECONDS);
    }
}
