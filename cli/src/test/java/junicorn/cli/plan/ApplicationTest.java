package junicorn.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import junicorn.cli.line.Arguments;
import junicorn.cli.settings.Misuse;
import junicorn.cli.settings.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApplicationTest {
    @TempDir Path folder = Path.of("");

    @Test
    void aWarFileAndAFolderWithWebInfAreApplications() throws IOException {
        var war = folder.resolve("a b.war");
        try (var zip = new ZipOutputStream(Files.newOutputStream(war))) {
            zip.putNextEntry(new ZipEntry("index.html"));
        }
        Files.createDirectories(folder.resolve("shop/WEB-INF"));

        assertThat(find("a b.war")).isEqualTo(new Application(war.toString(), false));
        assertThat(find("shop"))
                .isEqualTo(new Application(folder.resolve("shop").toString(), false));
    }

    @Test
    void aFileThatIsNoZipIsNot() throws IOException {
        Files.writeString(folder.resolve("a.war"), "no zip at all");

        assertThatThrownBy(() -> find("a.war"))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("a.war is not a web application: zip ");
    }

    @Test
    void anotherKindOfFileOrFolderIsNot() throws IOException {
        Files.writeString(folder.resolve("a.jar"), "");
        Files.createDirectory(folder.resolve("empty"));

        assertThatThrownBy(() -> find("a.jar"))
                .isInstanceOf(Misuse.class)
                .hasMessageEndingWith("to serve a class from it: -C %s/a.jar pkg.Class", folder);
        assertThatThrownBy(() -> find("empty"))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("it has no WEB-INF");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.example.Shop",
                "com.example.Shop::handler",
                "com.example.Outer$Inner",
                "Shop::handler"
            })
    void aClassOrAMethodIs(String name) {
        assertThat(found(name)).isEqualTo(new Application(name, true));
    }

    @Test
    void aWordIsAClassOnlyWithAClassPath() {
        assertThat(found("-C", ".", "Shop").isClass()).isTrue();
        assertThatThrownBy(() -> found("Shop"))
                .hasMessageStartingWith("no such application: Shop; it must be a .war file");
    }

    @Test
    void aClassAMethodAndSeveralOfThemAreApplications() {
        for (var name :
                List.of("pkg.Main", "pkg.Main::app", "pkg.Audit,pkg.Shop", "Main::app,Main")) {
            assertThat(found(name)).isEqualTo(new Application(name, true));
        }
        for (var name : List.of("pkg.Main,", "pkg.Main::", ",pkg.Main", "pkg..Main", "shop.war")) {
            assertThatThrownBy(() -> found(name)).isInstanceOf(Misuse.class);
        }
    }

    private Application find(String name) {
        return found(folder.resolve(name).toString());
    }

    private static Application found(String... words) {
        var arguments = Arguments.parse(words);
        return Application.find(
                Values.of(List.of(arguments), Map.of(), Path.of("").toAbsolutePath()),
                arguments.swallowed());
    }
}
