package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import junicorn.os.Processes;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

/// Workers of another user. Only root can have them; everybody else must be told so.
@SystemTest
final class RightsTest {
    private static final int NOBODY = 65534;
    private static final int FIRST_FREE_FOR_ALL = 1024;

    @Test
    void workersOfNobodyServeAPortThatOnlyRootMayBind() throws Exception {
        if (!Account.isRoot()) {
            assertOnlyRootMay();
            return;
        }
        var launch =
                launch("--umask", "007", "--access-logfile", "access.log").leaves("access.log");
        var socket = launch.work().resolve("s");
        launch.bind("127.0.0.1:" + portOfRoot(), "unix:" + socket);

        try (var server = launch.start()) {
            var victim = server.worker(0);
            assertIsNobody(victim.pid());
            assertThat(server.get("/echo?token=a").status()).isEqualTo(200);
            assertThat(owner(socket)).isEqualTo(NOBODY);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rwxrwx---");
            assertThat(owner(launch.work().resolve("access.log"))).isEqualTo(NOBODY);

            Processes.kill(victim.pid(), Signal.TERM);

            assertIsNobody(server.awaitSuccessor(0, victim).pid());
            assertThat(server.get("/echo?token=b").status()).isEqualTo(200);
            assertThat(owner(Path.of("/proc", Long.toString(server.pid())))).isZero();
        }
    }

    @Test
    void whatWorkersCannotReadIsSaidBeforeTheStart() throws Exception {
        if (!Account.isRoot()) {
            assertOnlyRootMay();
            return;
        }
        var launch = launch();
        var secret = Files.createDirectory(launch.work().resolve("secret"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwx------"));
        var war = Wars.file(secret.resolve("a.war"), launch.moodFile());

        var ended = launch.leaves("secret").application(war).run();

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("the workers' user 65534 may not read " + war);
    }

    private static void assertOnlyRootMay() {
        var ended = new Launch().with("--user", "root").run();

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("only root can start workers as somebody else");
    }

    /// In a directory that others may enter.
    private static Launch launch(String... options) throws Exception {
        var launch = new Launch().with("--user", "65534", "--group", "65534").with(options);
        Files.setPosixFilePermissions(
                launch.directory(), PosixFilePermissions.fromString("rwx--x--x"));
        Files.setPosixFilePermissions(
                launch.directory().resolve("temp"), PosixFilePermissions.fromString("rwxrwxrwx"));
        return launch;
    }

    private static void assertIsNobody(long pid) throws Exception {
        assertThat(Files.readString(Path.of("/proc", Long.toString(pid), "status")).lines())
                .contains("Uid:\t65534\t65534\t65534\t65534", "Gid:\t65534\t65534\t65534\t65534")
                .contains("CapEff:\t0000000000000000", "CapPrm:\t0000000000000000")
                .contains("Umask:\t0007");
    }

    private static int portOfRoot() throws Exception {
        for (int port = FIRST_FREE_FOR_ALL - 1; port > 512; port--) {
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException _) { // the next one may be free
            }
        }
        throw new AssertionError("no port below 1024 is free");
    }

    private static int owner(Path file) throws Exception {
        return (int) Files.getAttribute(file, "unix:uid");
    }
}
