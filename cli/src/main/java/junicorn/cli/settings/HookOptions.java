package junicorn.cli.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import junicorn.hooks.HookSettings;
import junicorn.hooks.Moment;
import junicorn.master.settings.JarFolder;

/// What is hooked on to the master.
public final class HookOptions {
    public static final Setting<List<HookSettings.Command>> HOOK =
            Setting.of(Topic.HOOKS, Kind.many(Kind.COMMAND, HookOptions::command), "--hook")
                    .otherwise("none")
                    .says(
                            "Shell command to run at a certain moment: on_starting,"
                                    + " when_ready, pre_spawn, worker_ready, worker_exit, on_reload,"
                                    + " nworkers_changed or on_exit. Repeatable.");

    public static final Setting<List<String>> HOOK_PATH =
            Setting.of(Topic.HOOKS, Kind.many("PATH[:PATH]", Function.identity()), "--hook-path")
                    .otherwise("none")
                    .says(
                            "Directories and jars with hooks written in Java, announced as"
                                    + " junicorn.api.ServerHooks. Repeatable.");

    public static final Setting<Duration> HOOK_TIMEOUT =
            DeadlineSettings.positiveTime(Topic.HOOKS, "--hook-timeout")
                    .or("10s")
                    .says("Maximum time for one hook.");

    static final List<Setting<?>> ALL = List.of(HOOK, HOOK_PATH, HOOK_TIMEOUT);

    private HookOptions() {}

    public static HookSettings settings(Values values) {
        var path = values.find(HOOK_PATH).orElse(List.of());
        return new HookSettings(
                values.find(HOOK).orElse(List.of()),
                jars(ClassPath.of(path, values.folder(), HOOK_PATH.flag())),
                values.get(HOOK_TIMEOUT));
    }

    private static List<Path> jars(List<Path> path) {
        try {
            return JarFolder.expanded(path);
        } catch (IOException gone) {
            throw new Misuse("%s: %s".formatted(HOOK_PATH.flag(), gone));
        }
    }

    private static HookSettings.Command command(String text) {
        var name = text.replaceAll("=.*", "").strip();
        var line = text.length() > name.length() ? text.substring(text.indexOf('=') + 1) : "";
        if (!Moment.NAMES.contains(name)) {
            throw new Misuse(
                    "must be NAME=COMMAND with one of %s, was '%s'%s"
                            .formatted(
                                    String.join(", ", Moment.NAMES),
                                    text,
                                    Nearest.to(name, new ArrayList<>(Moment.NAMES))
                                            .map("; did you mean %s?"::formatted)
                                            .orElse("")));
        }
        if (line.isBlank()) {
            throw new Misuse("must be NAME=COMMAND, was '%s' without a command".formatted(text));
        }
        return new HookSettings.Command(name, line);
    }
}
