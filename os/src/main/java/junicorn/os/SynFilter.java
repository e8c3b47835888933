package junicorn.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A packet filter for a listening TCP socket that drops the first segment of a connection and no
/// other.
///
/// Of a socket's filter TCP shows it the segment from the TCP header on (`tcp_filter` in the
/// kernel's net/ipv4/tcp_ipv4.c); the flags are its byte 13, see RFC 9293. Connections inherit the
/// filter and never notice: nobody sends them a SYN without an ACK. Classic BPF, see socket(7),
/// SO_ATTACH_FILTER.
final class SynFilter {
    private static final int FLAGS_OFFSET = 13;
    private static final int SYN = 0x02;
    private static final int ACK = 0x10;

    /// The operations, from `<linux/bpf_common.h>`.
    private static final int LOAD_BYTE = 0x30; // BPF_LD | BPF_B | BPF_ABS

    private static final int AND = 0x54; // BPF_ALU | BPF_AND | BPF_K
    private static final int JUMP_IF_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    private static final int RETURN = 0x06; // BPF_RET | BPF_K
    private static final int ALL_BYTES = -1;
    private static final int NO_BYTES = 0; // drop it

    /// `struct sock_filter` of `<linux/filter.h>`: u16 code, u8 jump if true, u8 jump if false, u32
    /// k.
    private static final int INSTRUCTION_BYTES = 8;

    /// `struct sock_fprog` of `<linux/filter.h>`: u16 length, 6 bytes of padding, a pointer.
    private static final int PROGRAM_BYTES = 16;

    private static final int[][] PROGRAM = {
        {LOAD_BYTE, 0, 0, FLAGS_OFFSET},
        {AND, 0, 0, SYN | ACK},
        {JUMP_IF_EQUAL, 1, 0, SYN},
        {RETURN, 0, 0, ALL_BYTES},
        {RETURN, 0, 0, NO_BYTES},
    };

    private SynFilter() {}

    static void attach(int listener) {
        try (var arena = Arena.ofConfined()) {
            var program = arena.allocate(PROGRAM_BYTES, 8);
            program.set(JAVA_SHORT, 0, (short) PROGRAM.length);
            program.set(ADDRESS, 8, instructions(arena));
            SocketOptions.set(
                    arena,
                    listener,
                    SocketOptions.SOL_SOCKET,
                    SocketOptions.SO_ATTACH_FILTER,
                    program,
                    "SO_ATTACH_FILTER");
        }
    }

    private static MemorySegment instructions(Arena arena) {
        var code = arena.allocate((long) PROGRAM.length * INSTRUCTION_BYTES, 4);
        for (int i = 0; i < PROGRAM.length; i++) {
            long at = (long) i * INSTRUCTION_BYTES;
            code.set(JAVA_SHORT, at, (short) PROGRAM[i][0]);
            code.set(JAVA_BYTE, at + 2, (byte) PROGRAM[i][1]);
            code.set(JAVA_BYTE, at + 3, (byte) PROGRAM[i][2]);
            code.set(JAVA_INT, at + 4, PROGRAM[i][3]);
        }
        return code;
    }
}
