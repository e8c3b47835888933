package junicorn.os;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class UnixDatagramsTest {
    @RegisterExtension final Fds fds = new Fds();

    @TempDir Path folder;

    private final MemorySegment buffer = Arena.ofAuto().allocate(1000);

    @Test
    void aMessageReachesAPath() {
        var name = folder.resolve("notify").toString();
        int receiver = fds.own(UnixDatagrams.receiver(name));

        assertThat(send(name, "READY=1")).isZero();
        assertThat(send(name, "STATUS=grün")).isZero();

        assertThat(received(receiver)).isEqualTo("READY=1");
        assertThat(received(receiver)).isEqualTo("STATUS=grün");
    }

    @Test
    void aMessageReachesAnAbstractName() {
        var name = "@junicorn-test-" + ProcessHandle.current().pid();
        int receiver = fds.own(UnixDatagrams.receiver(name));

        assertThat(send(name, "READY=1")).isZero();

        assertThat(received(receiver)).isEqualTo("READY=1");
        assertThat(Path.of(name)).doesNotExist();
    }

    @Test
    void nobodyThereIsAnAnswer() {
        assertThat(send(folder.resolve("none").toString(), "x")).isEqualTo(-Errno.ENOENT);
        assertThat(send("@junicorn-test-none", "x")).isEqualTo(-Errno.ECONNREFUSED);
    }

    @Test
    void aSenderDoesNotWaitForWhoDoesNotRead() {
        var name = folder.resolve("full").toString();
        fds.own(UnixDatagrams.receiver(name));

        int result = 0;
        for (int i = 0; i < 100_000 && result == 0; i++) {
            result = send(name, "x");
        }

        assertThat(result).isEqualTo(-Errno.EAGAIN);
    }

    @Test
    void aNameThatIsTooLongIsNamed() {
        assertThatThrownBy(() -> send("@" + "x".repeat(108), "x"))
                .isInstanceOf(PosixException.class)
                .hasMessageContaining("ENAMETOOLONG");
        assertThatThrownBy(() -> UnixDatagrams.receiver("/no/such/folder/s"))
                .hasMessageStartingWith("bind(/no/such/folder/s) failed: ENOENT");
    }

    private static int send(String name, String message) {
        return UnixDatagrams.send(name, message.getBytes(UTF_8));
    }

    private String received(int receiver) {
        int length = Sockets.receiveBlocking(receiver, buffer);
        return new String(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), UTF_8);
    }
}
