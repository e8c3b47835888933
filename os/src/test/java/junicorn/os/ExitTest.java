package junicorn.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExitTest {
    @Test
    void aStatusIsDecodedAsTheMacrosOfCDo() {
        assertThat(Exit.decode(0)).isEqualTo(new Exit.Code(0));
        assertThat(Exit.decode(0x0300)).isEqualTo(new Exit.Code(3));
        assertThat(Exit.decode(0xff00)).isEqualTo(new Exit.Code(255));
        assertThat(Exit.decode(9)).isEqualTo(new Exit.Killed(9, false));
        assertThat(Exit.decode(11 | 0x80)).isEqualTo(new Exit.Killed(11, true));
    }

    @Test
    void itsWordsFitIntoALogLine() {
        assertThat(new Exit.Code(1).words()).isEqualTo("code=1");
        assertThat(new Exit.Killed(9, false).words()).isEqualTo("signal=KILL");
        assertThat(new Exit.Killed(11, true).words()).isEqualTo("signal=SEGV core=dumped");
        assertThat(new Exit.Killed(64, false).words()).isEqualTo("signal=64");
    }
}
