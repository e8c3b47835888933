package junicorn.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How to start a process, see posix_spawn(3): what to run, and the few descriptors it gets.
///
/// The process leads a group of its own, so that a terminal's Ctrl-C reaches the master only; no
/// signal is blocked, ignored or handled in it. Immutable: each method returns a changed copy.
public final class Spawn {
    /// Opaque to us: the sizes are those of `<spawn.h>` and `<bits/types/__sigset_t.h>` of glibc,
    /// equal on x86-64 and AArch64: short, pid_t, 2 sigset_t, 2 int, 16 int; and 2 int, pointer, 16
    /// int.
    private static final int ATTRIBUTES_BYTES = 336;

    private static final int ACTIONS_BYTES = 80;
    private static final int SIGSET_BYTES = 128;

    private static final int POSIX_SPAWN_RESETIDS = 0x01; // <spawn.h>, also the next four
    private static final int POSIX_SPAWN_SETPGROUP = 0x02;
    private static final int POSIX_SPAWN_SETSIGDEF = 0x04;
    private static final int POSIX_SPAWN_SETSIGMASK = 0x08;
    private static final int POSIX_SPAWN_SETSID = 0x80;
    private static final int O_RDONLY = 0; // <bits/fcntl-linux.h>
    private static final int O_WRONLY = 1;
    private static final int FIRST_FD = 3;

    private final Path executable;
    private final String title;
    private final List<String> arguments;
    private final Optional<Map<String, String>> environment;
    private final List<Integer> fds;
    private final Circumstances circumstances;

    /// @param directory where it starts; empty = where we are
    /// @param identity whose rights it has; empty = ours
    /// @param detached in a session of its own, without output
    private record Circumstances(
            Optional<Path> directory, Optional<Identity> identity, boolean detached) {
        static final Circumstances OURS =
                new Circumstances(Optional.empty(), Optional.empty(), false);
    }

    private Spawn(
            Path executable,
            String title,
            List<String> arguments,
            Optional<Map<String, String>> environment,
            List<Integer> fds,
            Circumstances circumstances) {
        this.executable = executable;
        this.title = title;
        this.arguments = arguments;
        this.environment = environment;
        this.fds = fds;
        this.circumstances = circumstances;
    }

    /// `executable` is not looked for in PATH; `arguments` are those after argv[0], which is the
    /// path unless [#title] says otherwise. Without [#environment], the process inherits ours.
    public static Spawn of(Path executable, List<String> arguments) {
        return new Spawn(
                executable,
                executable.toString(),
                List.copyOf(arguments),
                Optional.empty(),
                List.of(),
                Circumstances.OURS);
    }

    /// argv[0]: what ps(1) shows in front of the arguments.
    public Spawn title(String argv0) {
        return new Spawn(executable, argv0, arguments, environment, fds, circumstances);
    }

    /// All of the environment, nothing is added.
    public Spawn environment(Map<String, String> all) {
        var copy = Optional.of(Map.copyOf(all));
        return new Spawn(executable, title, arguments, copy, fds, circumstances);
    }

    /// The descriptors that the process gets: the first as its 3, the next as its 4, and so on,
    /// whatever their numbers are here. Its 0 is /dev/null, its 1 and 2 are ours, all others are
    /// closed.
    public Spawn open(int... fds) {
        var list = new ArrayList<Integer>();
        for (int fd : fds) {
            list.add(fd);
        }
        return new Spawn(
                executable, title, arguments, environment, List.copyOf(list), circumstances);
    }

    /// Where it runs. A directory that is not there is ENOENT of [#start], as a missing executable.
    public Spawn directory(Path start) {
        return in(
                new Circumstances(
                        Optional.of(start), circumstances.identity(), circumstances.detached()));
    }

    /// Whose rights it has, in all its life. Only root can give them; what it may not enter or
    /// execute is EACCES of [#start].
    public Spawn as(Identity identity) {
        return in(
                new Circumstances(
                        circumstances.directory(),
                        Optional.of(identity),
                        circumstances.detached()));
    }

    /// In a session of its own, without a terminal, and with /dev/null as its output.
    public Spawn detached() {
        return in(new Circumstances(circumstances.directory(), circumstances.identity(), true));
    }

    private Spawn in(Circumstances others) {
        return new Spawn(executable, title, arguments, environment, fds, others);
    }

    /// Starts it: its pid, to be reaped with [Processes#reap]. What stops it before its first
    /// instruction (ENOENT, EACCES, ENOEXEC, ENOMEM) is thrown and leaves nothing behind.
    public long start() {
        try (var arena = Arena.ofConfined()) {
            var environ = environment(arena);
            var copies = new ArrayList<Integer>();
            try {
                for (int fd : fds) {
                    copies.add(copyBeyondTargets(arena, fd));
                }
                return Orphans.started(
                        () ->
                                Identity.during(
                                        circumstances.identity(),
                                        () -> start(arena, environ, copies)));
            } finally {
                copies.forEach(Sockets::close);
            }
        }
    }

    /// A copy whose number is none of 3, 4, 5 …: moved in any order, none can then be overwritten
    /// before its turn, and no dup2 is onto itself, which would leave it closed on exec.
    private int copyBeyondTargets(Arena arena, int fd) {
        int copy =
                DescriptorCalls.fcntl(
                        Errno.in(arena),
                        fd,
                        DescriptorFlags.F_DUPFD_CLOEXEC,
                        FIRST_FD + fds.size());
        return (int) PosixException.check(copy, "fcntl", fd, "F_DUPFD_CLOEXEC");
    }

    private long start(Arena arena, MemorySegment environ, List<Integer> copies) {
        var argv = new ArrayList<String>();
        argv.add(title);
        argv.addAll(arguments);
        var actions = arena.allocate(ACTIONS_BYTES, 8);
        check(SpawnCalls.actionsInit(actions), "posix_spawn_file_actions_init");
        try {
            addActions(arena, actions, copies);
            var pid = arena.allocate(JAVA_INT);
            int error =
                    SpawnCalls.spawn(
                            pid,
                            CString.in(arena, executable.toString()),
                            actions,
                            attributes(arena, circumstances),
                            CString.array(arena, argv),
                            environ);
            PosixException.check(-error, "posix_spawn", executable);
            return pid.get(JAVA_INT, 0);
        } finally {
            SpawnCalls.actionsDestroy(actions);
        }
    }

    private void addActions(Arena arena, MemorySegment actions, List<Integer> copies) {
        circumstances
                .directory()
                .ifPresent(
                        path ->
                                check(
                                        SpawnCalls.addChdir(
                                                actions, CString.in(arena, path.toString())),
                                        "posix_spawn_file_actions_addchdir_np"));
        check(
                SpawnCalls.addOpen(actions, 0, CString.in(arena, "/dev/null"), O_RDONLY, 0),
                "posix_spawn_file_actions_addopen");
        if (circumstances.detached()) {
            check(
                    SpawnCalls.addOpen(actions, 1, CString.in(arena, "/dev/null"), O_WRONLY, 0),
                    "posix_spawn_file_actions_addopen");
            check(SpawnCalls.addDup2(actions, 1, 2), "posix_spawn_file_actions_adddup2");
        }
        int next = FIRST_FD;
        for (int copy : copies) {
            check(SpawnCalls.addDup2(actions, copy, next++), "posix_spawn_file_actions_adddup2");
        }
        check(SpawnCalls.addCloseFrom(actions, next), "posix_spawn_file_actions_addclosefrom_np");
    }

    /// After its init the process group is 0, its own, and the mask is empty; both are what we
    /// want. (Its destroy frees nothing in glibc: no need to call it.)
    private static MemorySegment attributes(Arena arena, Circumstances circumstances) {
        var attributes = arena.allocate(ATTRIBUTES_BYTES, 8);
        check(SpawnCalls.attributesInit(attributes), "posix_spawnattr_init");
        int flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
        flags |= circumstances.detached() ? POSIX_SPAWN_SETSID : POSIX_SPAWN_SETPGROUP;
        flags |= circumstances.identity().isPresent() ? POSIX_SPAWN_RESETIDS : 0;
        check(SpawnCalls.attributesFlags(attributes, (short) flags), "posix_spawnattr_setflags");
        var all = arena.allocate(SIGSET_BYTES, 8);
        // not by sigfillset(3): it leaves out two signals of glibc, which then stay ignored
        all.fill((byte) 0xff);
        check(
                SpawnCalls.attributesDefaultSignals(attributes, all),
                "posix_spawnattr_setsigdefault");
        return attributes;
    }

    /// Ours byte by byte, by C's `environ`, unless there is another: Java's copy of it may have
    /// lost bytes that the locale cannot express.
    private MemorySegment environment(Arena arena) {
        if (environment.isEmpty()) {
            return Native.pointer("environ");
        }
        var entries = new ArrayList<String>();
        environment.get().forEach((name, value) -> entries.add(entry(name, value)));
        return CString.array(arena, entries);
    }

    private static String entry(String name, String value) {
        if (name.isEmpty() || name.indexOf('=') >= 0) {
            throw new IllegalArgumentException(
                    "not a name of an environment variable: \"%s\"".formatted(name));
        }
        return name + "=" + value;
    }

    private static void check(int error, String call) {
        PosixException.check(-error, call);
    }
}
