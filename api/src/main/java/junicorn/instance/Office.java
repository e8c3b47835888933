package junicorn.instance;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/// The office of the leader, as seen by one process: not held yet, held, or given up for good. What
/// waits for it runs on a thread of its own.
public final class Office {
    /// "true" or "false"; where it is missing there is no master, and this process is alone.
    public static final String PROPERTY = "junicorn.leader";

    /// That of this process.
    public static final Office HERE = new Office();

    private static final System.Logger LOG = System.getLogger(Office.class.getName());

    private final List<Runnable> waiting = new ArrayList<>(); // guarded by this
    private boolean given; // guarded by this

    Office() {}

    public static boolean isHeld() {
        return !"false".equals(System.getProperty(PROPERTY));
    }

    /// Worker: it is one of several, and does not lead.
    public synchronized void follow() {
        System.setProperty(PROPERTY, "false");
    }

    /// Worker: the master made it the leader.
    ///
    /// @return false if it has given up the office already
    public synchronized boolean take() {
        if (given) {
            return false;
        }
        System.setProperty(PROPERTY, "true");
        waiting.forEach(Office::begin);
        waiting.clear();
        return true;
    }

    /// Worker: it leads no more, and never will again.
    ///
    /// @return whether it did
    public synchronized boolean give() {
        var held = isHeld();
        given = true;
        waiting.clear();
        System.setProperty(PROPERTY, "false");
        return held;
    }

    /// Runs it when this process leads: now, later or never.
    public synchronized void await(Runnable work) {
        var loader = Thread.currentThread().getContextClassLoader();
        Runnable inItsWorld =
                () -> {
                    Thread.currentThread().setContextClassLoader(loader);
                    work.run();
                };
        if (given) {
            return;
        }
        if (isHeld()) {
            begin(inItsWorld);
        } else {
            waiting.add(inItsWorld);
        }
    }

    private static void begin(Runnable work) {
        Thread.ofPlatform()
                .name("leader")
                .daemon()
                .uncaughtExceptionHandler(
                        (_, failed) -> LOG.log(Level.ERROR, "work of the leader failed", failed))
                .start(work);
    }
}
