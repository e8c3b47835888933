package junicorn.os;

import java.util.Locale;

/// What differs between the machines we run on: the one struct whose layout depends on the
/// processor.
public enum Platform {
    /// `struct epoll_event` is packed, see `__EPOLL_PACKED` in `<bits/epoll.h>` of x86: 4 + 8
    /// bytes.
    X86_64(12, 4),

    /// `struct epoll_event` is aligned as any other struct: 4 + 4 (padding) + 8 bytes.
    AARCH64(16, 8);

    private final int epollEventBytes;
    private final int epollDataOffset;

    Platform(int epollEventBytes, int epollDataOffset) {
        this.epollEventBytes = epollEventBytes;
        this.epollDataOffset = epollDataOffset;
    }

    int epollEventBytes() {
        return epollEventBytes;
    }

    int epollDataOffset() {
        return epollDataOffset;
    }

    /// The machine this process runs on. A `main` calls it first: on any other than these it throws
    /// an [UnsupportedOperationException] whose message is for the operator.
    public static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String system, String processor) {
        if (system.equals("Linux")) {
            switch (processor.toLowerCase(Locale.ROOT)) {
                case "amd64", "x86_64" -> {
                    return X86_64;
                }
                case "aarch64", "arm64" -> {
                    return AARCH64;
                }
                default -> {}
            }
        }
        throw new UnsupportedOperationException(
                "Junicorn runs on Linux on x86-64 or AArch64, this is %s on %s"
                        .formatted(system, processor));
    }
}
