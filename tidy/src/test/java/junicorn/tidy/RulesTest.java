package junicorn.tidy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each rule on input that breaks it, so that it is known to be able to fail, and on input that
/// does not.
final class RulesTest {
    @ParameterizedTest
    @CsvSource({
        "junicorn.os, junicorn.log.Log",
        "junicorn.os, org.eclipse.jetty.server.Server",
        "junicorn.scoreboard, junicorn.control.Message",
        "junicorn.control, junicorn.master.Master",
        "junicorn.master, junicorn.worker.WorkerMain",
        "junicorn.master, org.eclipse.jetty.http.HttpParser",
        "junicorn.master, java.lang.foreign.Linker",
        "junicorn.master, sun.misc.Signal",
        "junicorn.worker, junicorn.master.Master",
        "junicorn.worker, junicorn.cli.Main",
        "junicorn.worker.poll, junicorn.worker.http.Http1Connection",
        "junicorn.worker.poll, junicorn.worker.app.Applications",
        "junicorn.worker.http, junicorn.worker.app.Applications",
        "junicorn.worker.app, junicorn.worker.http.Http1Connection",
        "junicorn.worker.poll, java.lang.foreign.SymbolLookup",
        "junicorn.cli, jakarta.servlet.Servlet",
        "junicorn.newcomer, junicorn.os.Errno",
    })
    void anImportAgainstTheLayersIsFound(String from, String to) {
        var byImport = java(from, "import %s; class A {}".formatted(to));
        var byFullName = java(from, "class A { Object o = %s.of(); }".formatted(to));
        var ofStatic = java(from, "import static %s.of; class A {}".formatted(to));

        assertThat(new Layers().violations(byImport)).isNotEmpty();
        assertThat(new Layers().violations(byFullName)).isNotEmpty();
        assertThat(new Layers().violations(ofStatic)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "junicorn.os, java.lang.foreign.Linker",
        "junicorn.scoreboard, java.lang.foreign.MemorySegment",
        "junicorn.master, junicorn.scoreboard.Slot",
        "junicorn.worker, junicorn.worker.app.Applications",
        "junicorn.worker.http, org.eclipse.jetty.http.HttpParser",
        "junicorn.cli, picocli.CommandLine",
    })
    void anImportAlongTheLayersIsNot(String from, String to) {
        var snapshot = java(from, "import %s; class A {}".formatted(to));

        assertThat(new Layers().violations(snapshot)).isEmpty();
    }

    @Test
    void anImportOfAllAndAProcessBuilderAreFound() {
        var all = java("junicorn.os", "import java.lang.foreign.*; class A {}");
        var builder = java("junicorn.master", "class A { Object o = new ProcessBuilder(); }");

        assertThat(new Layers().violations(all)).hasSize(1);
        assertThat(new Layers().violations(builder)).hasSize(1);
    }

    @Test
    void aMethodAndAFileThatAreTooLongAreFoundToTheLine() {
        var fits = Lengths.METHOD_LINES_MAX - 2;
        var good = java("junicorn.os", "class A {\nvoid a() {" + "\n;".repeat(fits) + "\n}}");
        var bad = java("junicorn.os", "class A {\nvoid a() {" + "\n;".repeat(fits + 1) + "\n}}");
        var full = Snapshot.of("os/A.java", "\n".repeat(Lengths.FILE_LINES_MAX));
        var over = Snapshot.of("os/A.java", "\n".repeat(Lengths.FILE_LINES_MAX + 1));

        assertThat(new Lengths().violations(good)).isEmpty();
        assertThat(new Lengths().violations(bad))
                .extracting(Violation::line, Violation::what)
                .containsExactly(tuple(2L, "method a has 41 lines, at most 40"));
        assertThat(new Lengths().violations(full)).isEmpty();
        assertThat(new Lengths().violations(over)).hasSize(1);
    }

    @Test
    void anOverviewLongerThanAPageIsFound() {
        var over = Snapshot.of("ARCHITECTURE.md", "a\n".repeat(151));

        assertThat(new Lengths().violations(over)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "os/src/main/java/A.java, // TO_DO later",
        "README.md, FIX_ME",
        "build, # XX_X",
        "os/src/main/java/A.java, package junicorn.os; class A { { System.out.println(); } }",
        "os/src/main/java/A.java, package junicorn.os; class A { { e.printStackTrace(); } }",
        "os/src/test/java/A.java, package junicorn.os; class A { { Thread.sleep(1); } }",
        "os/src/test/java/A.java, package junicorn.os; @Disabled class A {}",
        "os/src/test/java/A.java, package junicorn.os; class A { { assumeTrue(false); } }",
    })
    void aLeftoverIsFound(String path, String text) {
        var snapshot = Snapshot.of(path, text.replace("_", ""));

        assertThat(new Leftovers().violations(snapshot)).hasSize(1);
    }

    @Test
    void aPrintByTheCommandLineIsNoLeftover() {
        var snapshot = java("junicorn.cli", "class A { { System.out.println(); } }");

        assertThat(new Leftovers().violations(snapshot)).isEmpty();
    }

    @Test
    void aPackageThatSaysNothingOrIsNotNullMarkedIsFound() {
        var util = java("junicorn.util", "class A {}");
        var marked =
                Snapshot.of(
                        List.of(
                                file("junicorn/os/A.java", "package junicorn.os; class A {}"),
                                file(
                                        "junicorn/os/package-info.java",
                                        "@NullMarked package junicorn.os;")));

        assertThat(new Packages().violations(util))
                .extracting(Violation::what)
                .containsExactlyInAnyOrder(
                        "package without a @NullMarked package-info.java",
                        "a package named 'util' says nothing");
        assertThat(new Packages().violations(marked)).isEmpty();
    }

    @Test
    void aDeadLinkIsFound() {
        var snapshot =
                Snapshot.of(
                        List.of(
                                new TextFile("docs/here.md", "# Here"),
                                new TextFile(
                                        "docs/index.md",
                                        """
                                        [a](here.md) [b](here.md#part) [c](../docs/) [d](#own)
                                        [e](https://example.org/x) [f](<here.md> "title")
                                        [g](gone.md) [h](../gone/) ![i](gone.png) [j](../../out.md)
                                        """)));

        assertThat(new Documents().violations(snapshot))
                .extracting(Violation::toString)
                .containsExactly(
                        "docs/index.md:3: dead link: gone.md",
                        "docs/index.md:3: dead link: ../gone/",
                        "docs/index.md:3: dead link: gone.png",
                        "docs/index.md:3: dead link: ../../out.md");
    }

    @Test
    void aPathOfOneMachineIsFound() {
        var bad = Snapshot.of("docs/a.md", "see /" + "root/x\nin `/" + "home/jo/x`\n");
        var good = Snapshot.of("docs/a.md", "/usr/lib/jvm, $HOME/work/x, /workers, ~/x\n");

        assertThat(new Documents().violations(bad)).hasSize(2);
        assertThat(new Documents().violations(good)).isEmpty();
    }

    @Test
    void aCommandWithAnEndingOrAnotherShellIsFound() {
        var good = Snapshot.of("dist/src/bin/junicorn", "#!/bin/sh\n");
        var ending = Snapshot.of("dist/src/bin/junicorn.sh", "#!/bin/sh\n");
        var shell = Snapshot.of("dist/src/bin/junicorn", "#!/bin/bash\n");

        assertThat(new Commands().violations(good)).isEmpty();
        assertThat(new Commands().violations(ending)).hasSize(1);
        assertThat(new Commands().violations(shell)).hasSize(1);
    }

    private static Snapshot java(String packageName, String text) {
        var path = "x/src/main/java/%s/A.java".formatted(packageName.replace('.', '/'));
        return Snapshot.of(path, "package %s;%s".formatted(packageName, text));
    }

    private static TextFile file(String path, String text) {
        return new TextFile("os/src/main/java/" + path, text);
    }
}
