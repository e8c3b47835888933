package junicorn.vertx;

import java.util.BitSet;

/// One heart for several event loops: it beats when each of them has come round once more. So one
/// loop that is blocked stops it.
final class Pulse {
    private final int loops;
    private final Runnable beat;
    private final BitSet late = new BitSet(); // guarded by this

    Pulse(int loops, Runnable beat) {
        this.loops = loops;
        this.beat = beat;
        late.set(0, loops);
    }

    /// Event loop number `loop` is getting on.
    synchronized void passed(int loop) {
        late.clear(loop);
        if (late.isEmpty()) {
            late.set(0, loops);
            beat.run();
        }
    }
}
