package junicorn.master.table;

import java.time.Duration;
import junicorn.master.settings.Limits;
import junicorn.master.settings.Times;

/// How far a worker is from its spawn, by what it was given to run: the time in which it wanted to
/// run and had no core does not count against it. And whether it wants to run at all: one that
/// waits for a database needs no core, and another may start meanwhile.
public final class Boot {
    /// Between two looks: a shorter time tells little.
    private static final Duration LOOK = Duration.ofMillis(500);

    /// However starved it is, a fifth of its time counts: five times `--boot-timeout` is the end.
    private static final int LEAST_SHARE = 5;

    /// Who wants less than a tenth of a core wants none: a JVM that waits takes about a hundredth.
    private static final int IDLE_SHARE = 10;

    private final Duration spawnedAt;
    private Cores cores = Cores.NONE;
    private Duration lookedAt;
    private Duration busyAt;
    private Duration withheld = Duration.ZERO;

    Boot(Duration spawnedAt) {
        this.spawnedAt = spawnedAt;
        lookedAt = spawnedAt;
        busyAt = spawnedAt;
    }

    /// What it has had of the cores by now. Where nobody knows, it is as if it had had one.
    void look(Cores newCores, Duration now) {
        var time = now.minus(lookedAt);
        if (time.compareTo(LOOK) < 0) {
            return;
        }
        lookedAt = now;
        if (!newCores.areKnown()) {
            busyAt = now;
            return;
        }
        var ran = newCores.ran().minus(cores.ran());
        var waited = newCores.waited().minus(cores.waited());
        cores = newCores;
        if (ran.plus(waited).compareTo(time.dividedBy(IDLE_SHARE)) > 0) {
            busyAt = now;
        }
        var most = time.minus(time.dividedBy(LEAST_SHARE));
        withheld = withheld.plus(Times.shorter(waited, most));
    }

    /// It has wanted no core for a while, by the last look.
    boolean isIdle() {
        return lookedAt.minus(busyAt).compareTo(Limits.IDLE) >= 0;
    }

    /// The time that counts.
    public Duration counted(Duration now) {
        return now.minus(spawnedAt).minus(withheld);
    }

    /// The time that does not.
    public Duration withheld() {
        return withheld;
    }

    /// When it will have taken so long.
    Duration end(Duration limit) {
        return spawnedAt.plus(withheld).plus(limit);
    }
}
