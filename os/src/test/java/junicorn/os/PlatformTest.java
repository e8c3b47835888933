package junicorn.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.FunctionDescriptor;
import org.junit.jupiter.api.Test;

class PlatformTest {
    @Test
    void anEpollEventIsPackedOnX86AndAlignedOnArm() {
        var x86 = Platform.of("Linux", "amd64");
        var arm = Platform.of("Linux", "aarch64");

        assertThat(x86.epollEventBytes()).isEqualTo(12);
        assertThat(x86.epollDataOffset()).isEqualTo(4);
        assertThat(arm.epollEventBytes()).isEqualTo(16);
        assertThat(arm.epollDataOffset()).isEqualTo(8);
    }

    @Test
    void anyOtherMachineIsRefusedWithItsName() {
        assertThatThrownBy(() -> Platform.of("Mac OS X", "aarch64"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(
                        "Junicorn runs on Linux on x86-64 or AArch64, this is Mac OS X on aarch64");
        assertThatThrownBy(() -> Platform.of("Linux", "riscv64"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("riscv64");
    }

    @Test
    void aLibraryWithoutAFunctionIsNamedAsTooOld() {
        var type = FunctionDescriptor.ofVoid();

        assertThatThrownBy(() -> Native.plain("no_such_function_np", type))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("no_such_function_np")
                .hasMessageContaining("glibc 2.34");
    }
}
