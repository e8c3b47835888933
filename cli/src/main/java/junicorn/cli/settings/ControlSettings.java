package junicorn.cli.settings;

import java.util.List;

/// Where operators ask a running server.
public final class ControlSettings {
    public static final Setting<String> CONTROL_SOCKET =
            Setting.of(Topic.PROCESS, Kind.text("PATH"), "--control-socket")
                    .otherwise(
                            "next to the pid file, or named after the port in $XDG_RUNTIME_DIR/junicorn")
                    .says(
                            "Unix socket through which junicorn status, why, reload, stop"
                                    + " and scale reach the server. Only its user may connect.");

    public static final Setting<Boolean> NO_CONTROL_SOCKET =
            Setting.of(Topic.PROCESS, Kind.flag(), "--no-control-socket")
                    .or("false")
                    .says("Open no control socket: the server takes signals only.");

    static final List<Setting<?>> ALL = List.of(CONTROL_SOCKET, NO_CONTROL_SOCKET);

    private ControlSettings() {}
}
