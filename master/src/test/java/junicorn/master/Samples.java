package junicorn.master;

import static java.time.Duration.ofSeconds;

import java.nio.file.Path;
import java.util.List;

/// Settings for tests that start no process.
final class Samples {
    private Samples() {}

    static MasterSettings settings(int workers, Renewal renewal, String... binds) {
        return new MasterSettings(
                "test",
                List.of(binds).stream().map(Bind::parse).toList(),
                new ListenSettings(64, false, false),
                workers,
                ofSeconds(4),
                ofSeconds(6),
                ofSeconds(5),
                renewal,
                new WorkerCommand(Path.of("java"), List.of(), List.of(), List.of(), "Main"),
                MasterTest.template("none", workers));
    }
}
