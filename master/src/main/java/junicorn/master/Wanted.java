package junicorn.master;

import static java.lang.System.Logger.Level.INFO;

/// How many workers there are to be: as many as configured at first, then as signals, operators and
/// reloads will have it. Standbys are not counted.
final class Wanted {
    private final Current current;
    private final Orders orders;
    private int number;

    Wanted(Current current, Orders orders) {
        this.current = current;
        this.orders = orders;
        number = current.limits().workers();
    }

    int number() {
        return number;
    }

    /// As far as that is possible.
    void become(int wished) {
        var possible = Math.clamp(wished, 1, current.limits().workersMax());
        orders.say(INFO, "workers wanted=%d, before=%d".formatted(possible, number));
        number = possible;
    }
}
