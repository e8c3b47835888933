package junicorn.os;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedMemoryTest {
    @RegisterExtension final Fds fds = new Fds();

    @Test
    void whatOneMappingWritesTheOtherReads() {
        try (var one = SharedMemory.create("junicorn-test", 8192);
                var other = SharedMemory.map(one.fd(), 8192)) {
            one.segment().set(JAVA_LONG, 4096, 0x123456789abcdefL);

            assertThat(other.segment().get(JAVA_LONG, 4096)).isEqualTo(0x123456789abcdefL);
            assertThat(other.segment().address()).isNotEqualTo(one.segment().address());
            assertThat(other.segment().get(JAVA_LONG, 0)).isZero();
        }
    }

    @Test
    void itsNameIsSeenUnderProc() throws IOException {
        try (var memory = SharedMemory.create("junicorn-test", 100)) {
            assertThat(Fds.open().get(memory.fd())).startsWith("/memfd:junicorn-test");
            assertThat(SharedMemory.sizeOf(memory.fd())).isEqualTo(100);
            assertThat(memory.segment().byteSize()).isEqualTo(100);
        }
    }

    @Test
    void itOutlivesItsCreatorForWhoeverHasMappedIt() {
        var creator = SharedMemory.create("junicorn-test", 64);
        try (var other = SharedMemory.map(creator.fd(), 64)) {
            creator.segment().set(JAVA_LONG, 0, 7);

            creator.close();

            assertThat(other.segment().get(JAVA_LONG, 0)).isEqualTo(7);
            assertThatThrownBy(() -> creator.segment().get(JAVA_LONG, 0))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void itsSizeCannotBeCutUnderAReader() {
        try (var memory = SharedMemory.create("junicorn-test", 4096)) {
            assertThat(MemoryCalls.ftruncate(Errno.allocate(), memory.fd(), 0))
                    .isEqualTo(-Errno.EPERM);
        }
    }

    @Test
    void moreThanThereIsCannotBeMapped() {
        try (var memory = SharedMemory.create("junicorn-test", 64)) {
            assertThatThrownBy(() -> SharedMemory.map(memory.fd(), 65))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("fd %d has 64 bytes, 65 are wanted".formatted(memory.fd()));
        }
    }

    @Test
    void whatIsNoMemoryIsRefused() {
        int socket = fds.socket(Fds.loopback());

        assertThatThrownBy(() -> SharedMemory.create("junicorn-test", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bytes must be at least 1, was 0");
        assertThatThrownBy(() -> SharedMemory.map(socket, 64))
                .isInstanceOf(PosixException.class)
                .hasMessageStartingWith(
                        "lseek(%d, SEEK_END) failed: ESPIPE (illegal seek)".formatted(socket));
        assertThatThrownBy(() -> SharedMemory.create("x".repeat(300), 64))
                .isInstanceOf(PosixException.class)
                .hasMessageContaining("EINVAL");
    }
}
