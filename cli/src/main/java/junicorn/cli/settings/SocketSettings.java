package junicorn.cli.settings;

import java.util.List;
import java.util.stream.Stream;
import junicorn.master.settings.Bind;
import junicorn.systemd.Activation;

/// Where to listen, and how.
public final class SocketSettings {
    public static final Setting<List<Bind>> BIND =
            Setting.of(Topic.SOCKET, Kind.many("ADDRESS", SocketSettings::bind), "--bind", "-b")
                    .or("127.0.0.1:8000")
                    .otherwise("127.0.0.1:8000, or 0.0.0.0:$PORT if PORT is set")
                    .environment("PORT", port -> "0.0.0.0:" + port)
                    .says(
                            "Address to listen on: HOST:PORT, [v6]:PORT, :PORT, unix:/path,"
                                    + " fd://N, or fd://NAME for a socket passed by systemd."
                                    + " Repeatable.");

    public static final Setting<Integer> BACKLOG =
            Setting.of(Topic.SOCKET, Kind.count(1, 65_535), "--backlog")
                    .or("2048")
                    .says(
                            "Maximum number of connections waiting to be accepted, see"
                                    + " listen(2).");

    public static final Setting<Boolean> NO_DEFER_ACCEPT =
            Setting.of(Topic.SOCKET, Kind.flag(), "--no-defer-accept")
                    .or("false")
                    .says(
                            "Accept TCP connections at once. By default the kernel holds a"
                                    + " connection back until its first byte arrives.");

    public static final Setting<Boolean> REUSE_PORT =
            Setting.of(Topic.SOCKET, Kind.flag(), "--reuse-port")
                    .or("false")
                    .says(
                            "Give each worker its own TCP socket (SO_REUSEPORT). The kernel"
                                    + " then distributes connections by hash, even to busy workers.");

    static final List<Setting<?>> ALL = List.of(BIND, BACKLOG, NO_DEFER_ACCEPT, REUSE_PORT);

    private SocketSettings() {}

    /// Where systemd passes sockets, they are what is served, as with Gunicorn: all of them, or
    /// those that `--bind fd://…` names.
    public static List<Bind> served(List<Bind> wanted, Activation activation) {
        if (activation.sockets().isEmpty()) {
            return wanted;
        }
        var chosen = wanted.stream().flatMap(bind -> passed(bind, activation)).distinct().toList();
        return chosen.isEmpty()
                ? activation.sockets().stream()
                        .<Bind>map(it -> new Bind.Inherited(it.fd()))
                        .toList()
                : chosen;
    }

    private static Stream<Bind> passed(Bind bind, Activation activation) {
        return switch (bind) {
            case Bind.Named(String name) -> named(name, activation);
            case Bind.Inherited _ -> Stream.of(bind);
            case Bind.Tcp _, Bind.Unix _ -> Stream.empty();
        };
    }

    private static Stream<Bind> named(String name, Activation activation) {
        var fds = activation.named(name);
        if (fds.isEmpty()) {
            throw new Misuse(
                    "--bind fd://%s: systemd passed sockets named %s"
                            .formatted(
                                    name,
                                    activation.sockets().stream().map(it -> it.name()).toList()));
        }
        return fds.stream().map(Bind.Inherited::new);
    }

    private static Bind bind(String text) {
        try {
            return Bind.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new Misuse(String.valueOf(wrong.getMessage()));
        }
    }
}
