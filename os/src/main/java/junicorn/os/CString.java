package junicorn.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Texts as C and the kernel take them: bytes that end with a NUL, and so contain none.
final class CString {
    /// What the JVM itself decodes arguments and file names with, and so what gives them back
    /// unchanged.
    private static final Charset SYSTEM =
            Charset.forName(
                    System.getProperty("sun.jnu.encoding", "UTF-8"), StandardCharsets.UTF_8);

    private CString() {}

    /// Without the NUL. In a locale that cannot express the text (`C` is ASCII), UTF-8.
    static byte[] bytes(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "contains a NUL character: \"%s\"".formatted(text.replace("\0", "\\0")));
        }
        var charset = SYSTEM.newEncoder().canEncode(text) ? SYSTEM : StandardCharsets.UTF_8;
        return text.getBytes(charset);
    }

    static String text(byte[] bytes) {
        return new String(bytes, SYSTEM);
    }

    static MemorySegment in(Arena arena, String text) {
        var bytes = bytes(text);
        var copy = arena.allocate(bytes.length + 1L); // zeroed, and so terminated
        MemorySegment.copy(bytes, 0, copy, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return copy;
    }

    /// A `char *[]` with a null pointer at its end, as argv and envp are.
    static MemorySegment array(Arena arena, List<String> texts) {
        var array = arena.allocate(ValueLayout.ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ValueLayout.ADDRESS, i, in(arena, texts.get(i)));
        }
        return array;
    }
}
