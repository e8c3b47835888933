package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// Connections do not take the last descriptor from the application.
@SystemTest
final class DescriptorReserveTest {
    private static final int LIMIT = 256;
    private static final int RESERVE = LIMIT / 8;

    @Test
    void someAreLeftHoweverManyConnect() throws Exception {
        var launch = new Launch().with("-k", "gthread", "--no-defer-accept");
        launch.executable(limited(launch.directory()));
        try (var server = launch.start()) {
            server.awaitLog("--worker-connections 1000 does not fit the limit of open files");
            var crowd = new ArrayList<Wire>();
            for (int i = 0; i < LIMIT; i++) {
                crowd.add(server.connect().send("GET /echo?token=" + i + " HTTP/1.1\r\n"));
            }
            var pid = server.worker(0).pid();
            Await.until(
                    "a full worker",
                    Await.SOON,
                    () -> open(pid),
                    seen -> seen >= LIMIT - RESERVE - 8);

            for (int i = 0; i < 30; i++) {
                crowd.get(i).send("Host: test\r\nConnection: close\r\n\r\n");
            }
            for (int i = 0; i < 30; i++) {
                assertThat(crowd.get(i).answer().body()).startsWith(i + " ");
            }
            assertThat(open(pid)).isLessThanOrEqualTo(LIMIT - RESERVE + 8);

            for (var wire : crowd) {
                wire.close();
            }
            assertThat(server.get("/echo?token=last").body()).startsWith("last ");
        }
    }

    private static Path limited(Path directory) throws Exception {
        var script = directory.resolve("limited");
        Files.writeString(
                script,
                "#!/bin/sh\nulimit -n %d\nexec %s/bin/junicorn \"$@\"\n"
                        .formatted(LIMIT, Account.HOME));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    private static long open(long pid) {
        try (var descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return descriptors.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
