package junicorn.master.settings;

import java.time.Duration;

/// Of two durations one.
public final class Times {
    private Times() {}

    public static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    public static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
