package junicorn.master.decide;

import static java.lang.System.Logger.Level.INFO;

import junicorn.master.loop.Orders;
import junicorn.master.table.Current;

/// How many workers there are to be: as many as configured at first, then as signals, operators and
/// reloads will have it. Standbys are not counted.
final class Wanted {
    private final Current current;
    private final Orders orders;
    private int least;
    private int number;

    Wanted(Current current, Orders orders) {
        this.current = current;
        this.orders = orders;
        least = current.limits().workers();
        number = least;
    }

    int number() {
        return number;
    }

    /// What load may not go below.
    int least() {
        return least;
    }

    /// As the operator wishes, as far as that is possible. Where load has a say, that is the least.
    void become(int wished) {
        var most = current.limits().workersMax();
        least = Math.clamp(wished, 1, most);
        change(
                current.limits().scaling().isFixed() ? least : Math.clamp(number, least, most),
                bound(wished));
    }

    /// So many more, or fewer, than now.
    void shift(int difference) {
        var most = current.limits().workersMax();
        least = Math.clamp(least + difference, 1, most);
        change(Math.clamp(number + difference, least, most), bound(number + difference));
    }

    /// Why it is not as wished.
    private String bound(int wished) {
        var most = current.limits().workersMax();
        if (wished > most) {
            return ": the maximum is %d".formatted(most);
        }
        return wished < 1 ? ": the last worker stays" : "";
    }

    /// As the load calls for.
    ///
    /// @param why for the log
    void follow(int wished, String why) {
        var possible = Math.clamp(wished, least, Math.max(least, current.limits().workersMax()));
        if (possible != number) {
            change(possible, why);
        }
    }

    private void change(int possible, String why) {
        orders.say(INFO, "workers wanted=%d, before=%d%s".formatted(possible, number, why));
        number = possible;
    }
}
