package junicorn.master.decide;

import static java.time.Duration.ofSeconds;

import java.nio.file.Path;
import java.util.List;
import junicorn.master.MasterTest;
import junicorn.master.settings.Bind;
import junicorn.master.settings.ListenSettings;
import junicorn.master.settings.MasterSettings;
import junicorn.master.settings.Renewal;
import junicorn.master.settings.WorkerCommand;

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
