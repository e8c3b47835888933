package junicorn.os;

import java.util.Arrays;
import java.util.Optional;

/// The signals of signal(7) that mean something to a server. The numbers are those of
/// `<bits/signum-generic.h>` and `<bits/signum-arch.h>`, equal on x86-64 and AArch64.
public enum Signal {
    HUP(1),
    INT(2),
    QUIT(3),
    ILL(4),
    TRAP(5),
    ABRT(6),
    BUS(7),
    FPE(8),
    KILL(9),
    USR1(10),
    SEGV(11),
    USR2(12),
    PIPE(13),
    ALRM(14),
    TERM(15),
    CHLD(17),
    CONT(18),
    STOP(19),
    TSTP(20),
    TTIN(21),
    TTOU(22),
    XCPU(24),
    XFSZ(25),
    WINCH(28),
    SYS(31);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /// Empty for a number that has no name here.
    public static Optional<Signal> of(int number) {
        return Arrays.stream(values()).filter(signal -> signal.number == number).findFirst();
    }
}
