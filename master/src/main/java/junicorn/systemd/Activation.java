package junicorn.systemd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The listening sockets that the service manager opened for this process: descriptors from 3 on,
/// see sd_listen_fds(3).
public record Activation(List<Passed> sockets) {
    /// SD_LISTEN_FDS_START
    public static final int FIRST_FD = 3;

    public static final String COUNT = "LISTEN_FDS";
    public static final String PID = "LISTEN_PID";
    public static final String NAMES = "LISTEN_FDNAMES";

    public static final Set<String> VARIABLES = Set.of(COUNT, PID, NAMES);

    /// As many as a process may have; a larger number is a mistake.
    private static final int SOCKETS_MAX = 1 << 20;

    /// @param name FileDescriptorName= of the socket unit; several may have the same
    public record Passed(int fd, String name) {}

    public Activation {
        sockets = List.copyOf(sockets);
    }

    /// None where the variables are not there or were meant for another process: they are inherited
    /// by processes that know nothing of them.
    public static Activation of(Map<String, String> environment, long pid) {
        var count = number(environment.get(COUNT), SOCKETS_MAX);
        if (count <= 0 || number(environment.get(PID), Integer.MAX_VALUE) != pid) {
            return new Activation(List.of());
        }
        var names = environment.getOrDefault(NAMES, "").split(":", -1);
        var sockets = new ArrayList<Passed>();
        for (int i = 0; i < count; i++) {
            sockets.add(new Passed(FIRST_FD + i, i < names.length ? names[i] : ""));
        }
        return new Activation(sockets);
    }

    /// The descriptors with that name.
    public List<Integer> named(String name) {
        return sockets.stream().filter(it -> it.name().equals(name)).map(Passed::fd).toList();
    }

    /// -1 for what is none.
    private static int number(@Nullable String text, int max) {
        return text != null && text.matches("\\d{1,9}") && Integer.parseInt(text) <= max
                ? Integer.parseInt(text)
                : -1;
    }
}
