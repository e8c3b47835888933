package junicorn.master.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import junicorn.master.settings.WorkerCommand;

/// What HotSpot wrote when it crashed: `hs_err_pid4711.log`, where the worker's options say, in its
/// current directory, or in /tmp if it may not write there.
///
/// @param what the error and the frame it came from, in one line
public record CrashReport(Path file, String what) {
    private static final String OPTION = "-XX:ErrorFile=";
    private static final int LINES_MAX = 60;

    /// @param command of the worker
    public static Optional<CrashReport> of(long pid, WorkerCommand command) {
        var directory = command.surroundings().directory().orElse(Path.of(""));
        return of(pid, command.jvmOptions(), directory.toAbsolutePath());
    }

    public static Optional<CrashReport> of(long pid, List<String> jvmOptions, Path directory) {
        var name = "hs_err_pid" + pid + ".log";
        var chosen =
                jvmOptions.stream()
                        .filter(option -> option.startsWith(OPTION))
                        .map(option -> option.substring(OPTION.length()))
                        .map(file -> file.replace("%p", String.valueOf(pid)));
        return Stream.concat(chosen, Stream.of(name, "/tmp/" + name))
                .map(file -> directory.resolve(file).normalize())
                .filter(Files::isRegularFile)
                .findFirst()
                .map(file -> new CrashReport(file, what(head(file))));
    }

    private static List<String> head(Path file) {
        try (var lines = Files.lines(file, ISO_8859_1)) {
            return lines.limit(LINES_MAX).map(line -> line.replaceFirst("^#\\s*", "")).toList();
        } catch (IOException | UncheckedIOException _) {
            return List.of();
        }
    }

    /// `SIGSEGV (0xb) at pc=0x…, pid=…, tid=…` becomes `SIGSEGV in C  [libfoo.so+0x123]`.
    static String what(List<String> head) {
        var error =
                head.stream()
                        .filter(line -> line.startsWith("SIG") || line.contains("Error ("))
                        .findFirst()
                        .orElse("")
                        .replaceFirst(" \\(0x.*", "");
        var frame = head.indexOf("Problematic frame:");
        if (frame < 0 || frame + 1 >= head.size()) {
            return error;
        }
        return "%s in %s".formatted(error, head.get(frame + 1).replaceAll("\\s+", " ")).strip();
    }
}
