package junicorn.master.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import junicorn.master.listen.Inheritance;
import junicorn.master.listen.Inheritance.Share;
import junicorn.master.loop.Event;
import junicorn.master.loop.Inbox;
import junicorn.master.settings.Invocation;
import junicorn.os.PosixException;
import junicorn.os.Processes;
import junicorn.os.Sockets;
import junicorn.os.Spawn;
import junicorn.systemd.Activation;
import junicorn.systemd.ServiceManager;

/// The new master that this one has started to take its place: its process and the line to it. It
/// runs the same command with the same words where this one was started; what is found there may be
/// another version, another JDK, another configuration. All methods are the loop's.
final class NewMaster {
    /// A process learns its pid when it is there, and two variables of the service manager name the
    /// pid that they are meant for.
    private static final String SCRIPT =
            """
            cd -- "$1" || exit 1
            shift
            if [ -n "${%s:-}" ]; then export %s=$$; fi
            if [ -n "${%s:-}" ]; then export %s=$$; fi
            exec "$@"
            """
                    .formatted(
                            Activation.COUNT,
                            Activation.PID,
                            ServiceManager.WATCHDOG,
                            ServiceManager.WATCHDOG_PID);

    private static final Path SHELL = Path.of("/bin/sh");

    private final long pid;
    private final UpgradeChannel line;

    private NewMaster(long pid, UpgradeChannel line) {
        this.pid = pid;
        this.line = line;
    }

    /// Starts it, or fails with words for the operator.
    ///
    /// @param sockets what this master listens on
    static NewMaster start(Invocation invocation, Map<String, Share> sockets, Inbox inbox)
            throws NewMasterFailed {
        if (ProcessHandle.current().pid() == 1) {
            throw new NewMasterFailed("this is process 1, whose end is the end of its container");
        }
        var command = executable(invocation);
        var activation = Activation.of(invocation.environment(), ProcessHandle.current().pid());
        var pair = Sockets.pair();
        try {
            var fds = new ArrayList<Integer>();
            activation.sockets().forEach(it -> fds.add(it.fd()));
            fds.add(pair[1]);
            var inheritance = renumbered(sockets, fds);
            var words = new ArrayList<>(List.of("-c", SCRIPT, "junicorn"));
            words.addAll(List.of(invocation.directory().toString(), command.toString()));
            words.addAll(invocation.words());
            var pid =
                    Spawn.of(SHELL, words)
                            .environment(environment(invocation, activation, inheritance))
                            .open(fds.stream().mapToInt(Integer::intValue).toArray())
                            .start();
            return new NewMaster(
                    pid, UpgradeChannel.open(pair[0], NewMaster::heed, Optional.empty(), inbox));
        } catch (PosixException failed) {
            Sockets.close(pair[0]);
            throw new NewMasterFailed(String.valueOf(failed.getMessage()));
        } finally {
            Sockets.close(pair[1]); // else its end would never be seen
        }
    }

    private static Path executable(Invocation invocation) throws NewMasterFailed {
        var command =
                invocation
                        .command()
                        .orElseThrow(
                                () -> new NewMasterFailed("it was not started by bin/junicorn"));
        if (!Files.isExecutable(command)) {
            throw new NewMasterFailed("there is nothing to execute at " + command);
        }
        return command;
    }

    /// By the numbers that they will have. The service manager's keep theirs, from 3 on, and need
    /// no mention.
    ///
    /// @param fds those before them, the line last; the sockets are added
    private static Inheritance renumbered(Map<String, Share> sockets, List<Integer> fds) {
        var shares = new LinkedHashMap<String, Share>();
        var passed = Set.copyOf(fds.subList(0, fds.size() - 1));
        var line = Activation.FIRST_FD + fds.size() - 1;
        sockets.forEach(
                (key, share) -> {
                    if (!passed.contains(share.fd())) {
                        var fd = Activation.FIRST_FD + fds.size();
                        shares.put(key, new Share(fd, share.inode()));
                        fds.add(share.fd());
                    }
                });
        return new Inheritance(ProcessHandle.current().pid(), line, shares);
    }

    /// What was meant for another process than this one is not for the new one either.
    private static Map<String, String> environment(
            Invocation invocation, Activation activation, Inheritance inheritance) {
        var environment = new HashMap<>(invocation.environment());
        if (activation.sockets().isEmpty()) {
            environment.keySet().removeAll(Activation.VARIABLES);
        }
        ServiceManager.dropOthers(environment, ProcessHandle.current().pid());
        environment.put(Inheritance.VARIABLE, inheritance.words());
        environment.put("PWD", invocation.directory().toString());
        return environment;
    }

    /// On the line's thread.
    private static Optional<Event> heed(String words) {
        var first = words.split(" ");
        if (!first[0].equals(UpgradeChannel.READY)) {
            return Optional.empty(); // a word of a later version
        }
        return Optional.of(
                new Event.NewMasterReady(
                        Stream.of(first)
                                .skip(1)
                                .map(key -> URLDecoder.decode(key, UTF_8))
                                .collect(Collectors.toSet())));
    }

    long pid() {
        return pid;
    }

    /// It stands for the service from now on.
    void takesOver() {
        line.send(UpgradeChannel.YOURS);
    }

    /// How it ended; asked again after that, the kernel knows nothing of it.
    Optional<Event> reap() {
        return Processes.reap(pid).map(exit -> new Event.NewMasterExited(pid, exit));
    }

    /// There is no new master; the message is for the operator.
    static final class NewMasterFailed extends Exception {
        private static final long serialVersionUID = 1L;

        NewMasterFailed(String why) {
            super(why);
        }
    }
}
