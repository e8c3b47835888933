package junicorn.systemd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import junicorn.os.Errno;
import junicorn.os.MonotonicClock;
import junicorn.os.PosixException;
import junicorn.os.UnixDatagrams;

/// Our end of the service manager's socket, if it gave us one: sd_notify(3) and
/// sd_watchdog_enabled(3).
///
/// Nobody waits for an answer, and a message that cannot be sent is said once and forgotten.
public final class ServiceManager {
    public static final String SOCKET = "NOTIFY_SOCKET";
    public static final String WATCHDOG = "WATCHDOG_USEC";
    public static final String WATCHDOG_PID = "WATCHDOG_PID";

    public static final Set<String> VARIABLES = Set.of(SOCKET, WATCHDOG, WATCHDOG_PID);

    private static final System.Logger LOG = System.getLogger(ServiceManager.class.getName());

    /// Where there is no watchdog.
    private static final Duration SELDOM = Duration.ofDays(1);

    private final Optional<String> socket;
    private final Notices notices;
    private boolean complained;

    private ServiceManager(Optional<String> socket, Notices notices) {
        this.socket = socket;
        this.notices = notices;
    }

    /// @param pid ours
    /// @param newMaster an older master stands for the service now
    public static ServiceManager of(Map<String, String> environment, long pid, boolean newMaster) {
        var socket = Optional.ofNullable(environment.get(SOCKET)).filter(name -> !name.isBlank());
        var notices =
                new Notices(
                        newMaster ? Optional.of(pid) : Optional.empty(),
                        socket.isPresent() ? watchdog(environment, pid) : Duration.ZERO,
                        MonotonicClock::micros);
        return new ServiceManager(socket, notices);
    }

    /// Removes what another process is to tell the service manager.
    public static void dropOthers(Map<String, String> environment, long pid) {
        if (isOthers(environment, pid)) {
            environment.keySet().removeAll(Set.of(WATCHDOG, WATCHDOG_PID));
        }
    }

    /// Says what has changed since the last time, and at least as often as the watchdog wants.
    public void tell(Standing standing, Duration now) {
        socket.ifPresent(name -> notices.due(standing, now).ifPresent(text -> send(name, text)));
    }

    /// The longest time between two calls of [#tell].
    public Duration patience() {
        return notices.patience().isPositive() ? notices.patience() : SELDOM;
    }

    private void send(String name, String message) {
        LOG.log(Level.DEBUG, () -> "to the service manager: " + message.replace('\n', ' '));
        try {
            var result = UnixDatagrams.send(name, message.getBytes(UTF_8));
            if (result < 0) {
                complain(name, Errno.describe(-result));
            }
        } catch (PosixException | IllegalArgumentException failed) {
            complain(name, String.valueOf(failed.getMessage()));
        }
    }

    private void complain(String name, String why) {
        if (!complained) {
            complained = true;
            LOG.log(
                    Level.WARNING,
                    "cannot tell the service manager at %s: %s".formatted(name, why));
        }
    }

    /// Half of what the manager allows, as sd_watchdog_enabled(3) advises.
    private static Duration watchdog(Map<String, String> environment, long pid) {
        var micros = environment.getOrDefault(WATCHDOG, "");
        if (!micros.matches("[1-9]\\d{0,14}") || isOthers(environment, pid)) {
            return Duration.ZERO;
        }
        return Duration.of(Math.max(1, Long.parseLong(micros) / 2), ChronoUnit.MICROS);
    }

    private static boolean isOthers(Map<String, String> environment, long pid) {
        var meant = environment.getOrDefault(WATCHDOG_PID, "");
        return !meant.isEmpty() && !meant.equals(Long.toString(pid));
    }
}
