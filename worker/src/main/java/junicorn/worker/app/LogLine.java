package junicorn.worker.app;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One line of the access log while it is being made: ASCII bytes in a growing array.
///
/// Every value is escaped as inside a JSON string (`\"`, `\\`, `\n`, `\u001b`, `\u00e9`, …), so a
/// value can neither end its quotes nor its line, in a JSON format or in any other.
final class LogLine {
    private static final int VALUE_CHARS_MAX = 2_048;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[256];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /// Text that the operator wrote into the format, already UTF-8: as it is.
    void literal(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    void literal(String text) {
        literal(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A value from outside, escaped; longer ones end in `...`.
    void value(String text) {
        var shown = Math.min(text.length(), VALUE_CHARS_MAX);
        for (int i = 0; i < shown; i++) {
            escape(text.charAt(i));
        }
        if (shown < text.length()) {
            literal("...");
        }
    }

    /// Like [#value], and spaces escaped too: for a field that formats leave unquoted.
    void word(String text) {
        var shown = Math.min(text.length(), VALUE_CHARS_MAX);
        for (int i = 0; i < shown; i++) {
            if (text.charAt(i) == ' ') {
                unicode(' ');
            } else {
                escape(text.charAt(i));
            }
        }
    }

    void number(long number) {
        literal(Long.toString(number));
    }

    /// At least six digits, as microseconds after the point want.
    void sixDigits(long number) {
        for (long limit = 100_000; limit > Math.max(number, 1) && limit > 1; limit /= 10) {
            add('0');
        }
        number(number);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> {
                add('\\');
                add(c);
            }
            case '\n' -> shortEscape('n');
            case '\r' -> shortEscape('r');
            case '\t' -> shortEscape('t');
            default -> {
                if (c >= ' ' && c < 0x7f) {
                    add(c);
                } else {
                    unicode(c);
                }
            }
        }
    }

    private void shortEscape(char letter) {
        add('\\');
        add(letter);
    }

    private void unicode(char c) {
        add('\\');
        add('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            add((char) HEX[c >> shift & 0xf]);
        }
    }

    private void add(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
