package junicorn.systemd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import junicorn.systemd.Standing.Doing;

/// What the service manager is to be told, in the words of sd_notify(3), and when. Decides; never
/// sends.
///
/// A process that does not stand for the service says nothing: under NotifyAccess=main it would not
/// be heard, and under NotifyAccess=all it would be believed.
final class Notices {
    private final Optional<Long> newMasterPid;
    private final Duration watchdog;
    private final LongSupplier monotonicMicros;
    private boolean presented;
    private boolean ready;
    private boolean handedOver;
    private Doing doing = Doing.SERVING;
    private String status = "";
    private Optional<Duration> beatAt = Optional.empty();

    /// @param newMasterPid our own pid, if we stand for the service only once an older master does
    /// not
    /// @param watchdog how often to say that the loop goes round; zero = never
    Notices(Optional<Long> newMasterPid, Duration watchdog, LongSupplier monotonicMicros) {
        this.newMasterPid = newMasterPid;
        this.watchdog = watchdog;
        this.monotonicMicros = monotonicMicros;
    }

    /// The message to send now, if any.
    Optional<String> due(Standing standing, Duration now) {
        if (!standing.main() || handedOver) {
            return Optional.empty();
        }
        var lines = new ArrayList<String>();
        if (standing.handedTo().isPresent()) {
            handedOver = true;
            lines.add("MAINPID=" + standing.handedTo().get());
        } else {
            present(lines);
            change(standing, lines);
            beat(now, lines);
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines));
    }

    /// How long nothing needs to be said, if nothing happens.
    Duration patience() {
        return watchdog;
    }

    private void present(List<String> lines) {
        if (!presented) {
            presented = true;
            newMasterPid.ifPresent(pid -> lines.add("MAINPID=" + pid));
        }
    }

    private void change(Standing standing, List<String> lines) {
        var isReady = ready || standing.ready() > 0;
        if (standing.doing() == Doing.STOPPING && doing != Doing.STOPPING) {
            lines.add("STOPPING=1");
        } else if (standing.doing() == Doing.RELOADING && doing != Doing.RELOADING) {
            lines.add("RELOADING=1");
            lines.add("MONOTONIC_USEC=" + monotonicMicros.getAsLong());
        } else if (standing.doing() == Doing.SERVING && isReady) {
            if (!ready || doing == Doing.RELOADING) {
                lines.add("READY=1");
            }
        }
        ready = isReady;
        doing = standing.doing();
        if (!standing.words().equals(status)) {
            status = standing.words();
            lines.add("STATUS=" + status);
        }
    }

    private void beat(Duration now, List<String> lines) {
        var due = beatAt.map(last -> now.compareTo(last.plus(watchdog)) >= 0).orElse(true);
        if (watchdog.isPositive() && due) {
            beatAt = Optional.of(now);
            lines.add("WATCHDOG=1");
        }
    }
}
