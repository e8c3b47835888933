package junicorn.master.settings;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// How to start a worker's JVM.
///
/// @param java the launcher
/// @param jvmOptions put after ours, so that they win
/// @param modulePath where `junicorn.os` and `junicorn.protocol` are; if empty, they are on the
///     class path, and the options that native access needs are the caller's
/// @param classPath all the rest; never seen by the application
public record WorkerCommand(
        Path java,
        List<String> jvmOptions,
        List<Path> modulePath,
        List<Path> classPath,
        String mainClass,
        Surroundings surroundings) {
    public static final String MAIN_CLASS = "junicorn.worker.WorkerMain";

    /// Native access is for the one module that calls C; a JVM that is stuck prints its threads to
    /// stderr, where the log is.
    private static final List<String> OURS =
            List.of(
                    "--add-modules=junicorn.os,junicorn.protocol",
                    "--enable-native-access=junicorn.os",
                    "--illegal-native-access=deny");

    /// In the master's own surroundings.
    public WorkerCommand(
            Path java,
            List<String> jvmOptions,
            List<Path> modulePath,
            List<Path> classPath,
            String mainClass) {
        this(java, jvmOptions, modulePath, classPath, mainClass, Surroundings.INHERITED);
    }

    public WorkerCommand {
        jvmOptions = List.copyOf(jvmOptions);
        modulePath = List.copyOf(modulePath);
        classPath = List.copyOf(classPath);
    }

    /// After argv[0]. The last two are for the readers of ps(1): the settings of a worker come over
    /// the control channel.
    public List<String> arguments(int slot, long generation) {
        var arguments = new ArrayList<String>();
        arguments.add("-XX:+DisplayVMOutputToStderr");
        if (!modulePath.isEmpty()) {
            arguments.add("--module-path=" + joined(modulePath));
            arguments.addAll(OURS);
        }
        jvmOptions.forEach(
                option ->
                        arguments.add(
                                option.replace("{index}", Integer.toString(slot))
                                        .replace("{generation}", Long.toString(generation))));
        arguments.addAll(List.of("-cp", joined(classPath), mainClass));
        arguments.addAll(List.of("slot=" + slot, "generation=" + generation));
        return arguments;
    }

    private static String joined(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
