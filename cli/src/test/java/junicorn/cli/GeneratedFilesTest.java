package junicorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import junicorn.cli.line.Completion;
import junicorn.cli.line.SettingsPage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files that follow from the settings. `./build fix` writes them, and this test with the property
/// junicorn.write is how.
final class GeneratedFilesTest {
    private enum Generated {
        SETTINGS_PAGE("../docs/reference/settings.md", SettingsPage.text()),
        COMPLETION("../dist/src/share/bash-completion/junicorn", Completion.text());

        private final Path path;
        private final String text;

        Generated(String path, String text) {
            this.path = Path.of(path);
            this.text = text;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFileIsWhatTheSettingsSay(Generated file) throws IOException {
        if (Boolean.getBoolean("junicorn.write")) {
            Files.createDirectories(file.path.resolveSibling("."));
            Files.writeString(file.path, file.text);
        }

        assertThat(Files.exists(file.path) ? Files.readString(file.path) : "")
                .as("%s is stale: run ./build fix", file.path)
                .isEqualTo(file.text);
    }
}
