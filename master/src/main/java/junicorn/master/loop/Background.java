package junicorn.master.loop;

import java.util.function.Supplier;

/// Work that would hold up the master's loop: done in a thread of its own, its result an event.
public final class Background {
    private static final long STACK_BYTES = 512 * 1024;

    private Background() {}

    public static void run(String name, Inbox inbox, Supplier<Event> work) {
        var thread =
                new Thread(
                        null,
                        () -> {
                            try {
                                inbox.add(work.get());
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        name,
                        STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
    }
}
