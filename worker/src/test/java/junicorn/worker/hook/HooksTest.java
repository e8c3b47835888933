package junicorn.worker.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import junicorn.api.WorkerHook;
import org.junit.jupiter.api.Test;

class HooksTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final long FOREVER = 100 * MINUTE;

    private final List<String> unfit = new ArrayList<>();

    @Test
    void aHookThatAlwaysFailsIsCalledTenTimesAndTheOthersOnce() {
        var calls = new AtomicInteger();
        var others = new AtomicInteger();
        var hooks =
                hooks(
                        new WorkerHook() {
                            @Override
                            public void postInit() {
                                calls.incrementAndGet();
                                throw new AssertionError("not even this ends a worker");
                            }
                        },
                        new WorkerHook() {
                            @Override
                            public void postInit() {
                                others.incrementAndGet();
                            }
                        });

        for (int i = 0; i < 20; i++) {
            hooks.postInit();
        }

        assertThat(calls).hasValue(Hook.STRIKES_MAX);
        assertThat(others).hasValue(20);
    }

    @Test
    void aHookThatDoesNotReturnIsInterruptedAndItsThreadKeepsNoInterrupt() throws Exception {
        var calls = new AtomicInteger();
        var began = new CountDownLatch(1);
        var hooks =
                hooks(
                        new WorkerHook() {
                            @Override
                            public void postInit() throws InterruptedException {
                                calls.incrementAndGet();
                                began.countDown();
                                new CountDownLatch(1).await();
                            }
                        });
        var interrupted = new AtomicInteger();
        var thread =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    hooks.postInit();
                                    interrupted.set(Thread.currentThread().isInterrupted() ? 1 : 0);
                                });
        began.await();

        hooks.sweep(System.nanoTime());
        assertThat(thread.isAlive()).isTrue();
        hooks.sweep(System.nanoTime() + MINUTE);
        thread.join();
        hooks.postInit();

        assertThat(calls).hasValue(1);
        assertThat(interrupted).hasValue(0);
        assertThat(unfit).isEmpty();
    }

    @Test
    void aHookThatHearsNoInterruptMakesItsWorkerUnfitOnce() throws Exception {
        var began = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var hooks =
                hooks(
                        new WorkerHook() {
                            @Override
                            public void postInit() {
                                began.countDown();
                                while (end.getCount() > 0) {
                                    Thread.interrupted();
                                    Thread.onSpinWait();
                                }
                            }
                        });
        var thread = Thread.ofPlatform().start(hooks::postInit);
        began.await();

        hooks.sweep(System.nanoTime() + MINUTE);
        hooks.sweep(System.nanoTime() + FOREVER);
        hooks.sweep(System.nanoTime() + FOREVER);
        end.countDown();
        thread.join();

        assertThat(unfit)
                .singleElement()
                .asString()
                .matches("hook junicorn.worker.hook.HooksTest.*postInit does not return");
    }

    @Test
    void theEndWaitsForAHookButNotForEver() {
        var told = new CountDownLatch(1);
        var hooks =
                hooks(
                        new WorkerHook() {
                            @Override
                            public void workerAbort(String reason) throws InterruptedException {
                                told.countDown();
                                new CountDownLatch(1).await();
                            }
                        });

        hooks.abort("it is stuck");

        assertThat(told.getCount()).isZero();
    }

    private Hooks hooks(WorkerHook... hooks) {
        return new Hooks(List.of(hooks), unfit::add);
    }
}
