package junicorn.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SpawnTest {
    private static final Path SHELL = Path.of("/bin/sh");

    @RegisterExtension final Fds fds = new Fds();

    @TempDir Path folder;

    @Test
    void aProcessHasExactlyTheChosenDescriptors() throws IOException {
        var pair = fds.pair();
        int listener = fds.listener(Fds.loopback());

        var lines = said(shell("ls -1 /proc/$$/fd").open(listener, pair[1]));

        assertThat(lines).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void aProcessWithoutChosenDescriptorsHasTheStandardOnes() throws IOException {
        fds.listener(Fds.loopback());

        assertThat(said(shell("ls -1 /proc/$$/fd"))).containsExactly("0", "1", "2");
    }

    @Test
    void descriptorsArriveInOrderEvenWhereOldAndNewNumbersOverlap() throws IOException {
        var low = fds.own(EventFd.create());
        var all = IntStream.range(0, 6).map(_ -> fds.listener(Fds.loopback())).toArray();
        var open = Fds.open();
        int[] backwards = {all[5], all[0], all[4], all[1], low, all[3], all[2], all[0]};

        var lines =
                said(
                        shell("for i in 3 4 5 6 7 8 9 10; do readlink /proc/$$/fd/$i; done")
                                .open(backwards));

        assertThat(lines)
                .containsExactlyElementsOf(
                        IntStream.of(backwards).mapToObj(fd -> open.get(fd)).toList());
    }

    @Test
    void aDescriptorThatAlreadyHasItsNumberStaysOpen() throws IOException {
        // the shell passes on what it has as 3 and 4: swapped and then in place
        var pair = fds.pair();
        var kinds = List.of(Fds.open().get(pair[0]), Fds.open().get(pair[1]));

        var lines = said(shell("readlink /proc/$$/fd/3; readlink /proc/$$/fd/4").open(pair));

        assertThat(lines).isEqualTo(kinds);
    }

    @Test
    void itsStandardInputIsEmptyAndItsOutputIsOurs() throws IOException {
        var lines = said(shell("readlink /proc/$$/fd/0; readlink /proc/$$/fd/2"));

        assertThat(lines)
                .containsExactly(
                        "/dev/null", Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString());
    }

    @Test
    void itLeadsAGroupOfItsOwn() throws IOException {
        var lines = said(shell("echo $$; cut -d' ' -f5 /proc/$$/stat"));

        assertThat(lines.get(1)).isEqualTo(lines.get(0));
    }

    @Test
    void itRunsInTheChosenDirectory() throws IOException {
        var lines = said(shell("pwd -P").directory(folder));

        assertThat(lines).containsExactly(folder.toRealPath().toString());
        assertThatThrownBy(() -> shell("pwd").directory(folder.resolve("none")).start())
                .hasMessageContaining("ENOENT");
    }

    @Test
    void detachedItHasNoTerminalNoOutputAndASessionOfItsOwn() throws IOException {
        var lines = said(shell("readlink /proc/$$/fd/2; cut -d' ' -f6,7 /proc/$$/stat").detached());

        assertThat(lines.getFirst()).isEqualTo("/dev/null");
        assertThat(lines.getLast()).matches("[1-9]\\d* 0");
    }

    @Test
    void withAnotherIdentityItNeverWasRootAndWeStillAre() throws IOException {
        var root = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
        var before = Files.readString(Path.of("/proc/thread-self/status"));
        var nobody = new Identity(65534, 65533, List.of(65533, 65532));
        folder.toFile().setWritable(true, false);
        folder.toFile().setExecutable(true, false);

        if (!root) { // then nobody can give such rights
            assertThatThrownBy(() -> shell("true").as(nobody).start())
                    .hasMessageContaining("EPERM");
            return;
        }
        var lines = said(shell("exec cat /proc/self/status").as(nobody));

        assertThat(lines)
                .contains("Uid:\t65534\t65534\t65534\t65534", "Gid:\t65533\t65533\t65533\t65533")
                .anyMatch(line -> line.strip().equals("Groups:\t65532 65533"))
                .contains("CapEff:\t0000000000000000", "CapPrm:\t0000000000000000");
        assertThat(Files.readString(Path.of("/proc/thread-self/status")).lines())
                .contains(
                        before.lines()
                                .filter(line -> line.matches("(Uid|Gid|Gro|Cap).*"))
                                .toArray(String[]::new));
    }

    @Test
    void noSignalIsBlockedIgnoredOrHandledInIt() throws IOException {
        Signals.ignore(Signal.TTIN);

        var lines = said(shell("exec cat /proc/self/status"));

        assertThat(lines)
                .contains(
                        "SigBlk:\t0000000000000000",
                        "SigIgn:\t0000000000000000",
                        "SigCgt:\t0000000000000000");
    }

    @Test
    void itsTitleIsItsFirstArgument() throws IOException {
        var lines = said(shell("tr '\\0' '\\n' < /proc/$$/cmdline | head -2").title("junicorn: a"));

        assertThat(lines).containsExactly("junicorn: a", "-c");
    }

    @Test
    void withoutAnEnvironmentItInheritsOurs() throws IOException {
        assertThat(said(shell("echo \"$PATH\""))).containsExactly(System.getenv("PATH"));
    }

    @Test
    void withAnEnvironmentItHasNothingElse() throws IOException {
        var lines =
                said(
                        shell("tr '\\0' '\\n' < /proc/$$/environ")
                                .environment(Map.of("UMLAUT", "Käse = gut", "EMPTY", "")));

        assertThat(lines).containsExactlyInAnyOrder("UMLAUT=Käse = gut", "EMPTY=");
    }

    @Test
    void whatCannotBeRunIsNamedAndLeavesNothingBehind() throws IOException {
        var folderItself = Spawn.of(folder, List.of()).open(fds.pair());
        var missing = Spawn.of(folder.resolve("none"), List.of());
        var text = Spawn.of(Files.writeString(folder.resolve("text"), "hello"), List.of());

        assertThatThrownBy(folderItself::start)
                .hasMessage("posix_spawn(%s) failed: EACCES (permission denied)", folder);
        assertThatThrownBy(missing::start)
                .hasMessage(
                        "posix_spawn(%s/none) failed: ENOENT (no such file or directory)", folder);
        assertThatThrownBy(text::start).hasMessageContaining("EACCES");
    }

    @Test
    void aDescriptorThatIsNotOpenIsRefusedAndNothingLeaks() {
        var spawn = shell("exit 0").open(fds.pair()[0], 987_654);

        assertThatThrownBy(spawn::start)
                .hasMessage("fcntl(987654, F_DUPFD_CLOEXEC) failed: EBADF (bad file descriptor)");
    }

    @Test
    void textsThatCWouldCutAreRefused() {
        var inArgument = Spawn.of(SHELL, List.of("-c", "exit 0\0; exit 1"));
        var inValue = shell("exit 0").environment(Map.of("A", "b\0c"));
        var inName = shell("exit 0").environment(Map.of("A=B", "c"));
        var noName = shell("exit 0").environment(Map.of("", "c"));

        assertThatThrownBy(inArgument::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("contains a NUL character: \"exit 0\\0; exit 1\"");
        assertThatThrownBy(inValue::start).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(inName::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("A=B");
        assertThatThrownBy(noName::start).isInstanceOf(IllegalArgumentException.class);
    }

    /// What it prints goes to a file, which is then its standard output and no descriptor more.
    private Spawn shell(String script) {
        var redirect = "exec >'%s'; ".formatted(folder.resolve("out"));
        return Spawn.of(SHELL, List.of("-c", redirect + script));
    }

    private List<String> said(Spawn spawn) throws IOException {
        assertThat(Await.exit(spawn.start())).isEqualTo(new Exit.Code(0));
        return Files.readAllLines(folder.resolve("out"));
    }
}
