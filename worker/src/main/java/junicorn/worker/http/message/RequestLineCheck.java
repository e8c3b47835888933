package junicorn.worker.http.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;

/// Reads the bytes of a request line before Jetty's parser does (RFC 9112, section 3), as they come
/// and in one pass. The parser skips doubled spaces, begins a method with what is no token, refuses
/// HTTP/1.2 and bounds the line only by the whole header; this does not. It looks at nothing behind
/// the line: there the parser is strict.
public final class RequestLineCheck {
    private enum Part {
        /// Empty lines may come before the request (RFC 9112, section 2.2).
        BEFORE,
        EMPTY_LINE,
        METHOD,
        TARGET,
        VERSION,
        OVER
    }

    private static final int SAID_MAX = 200;
    private static final byte TLS_HANDSHAKE = 0x16;
    private static final byte DELETE = 0x7F;

    /// What a version looks like; `9` stands for any digit.
    private static final byte[] VERSION = "HTTP/9.9\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int MAJOR = 5;
    private static final int MINOR = 7;

    private static final boolean[] TOKEN = tokens();

    private final int lengthMax;
    private Part part = Part.BEFORE;
    private int length;
    private int versionAt;
    private byte major;
    private boolean afterSpace;
    private boolean ascii = true;
    private String said = "-";

    /// @param lengthMax bytes of the line without its end; 0 for no limit
    public RequestLineCheck(int lengthMax) {
        this.lengthMax = lengthMax == 0 ? Integer.MAX_VALUE : lengthMax;
    }

    private static boolean[] tokens() {
        var tokens = new boolean[256];
        for (char c = '!'; c < DELETE; c++) {
            tokens[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
        }
        return tokens;
    }

    /// True if the line has come to its end.
    public boolean isOver() {
        return part == Part.OVER;
    }

    /// True if all of the line was ASCII.
    boolean isAscii() {
        return ascii;
    }

    /// The beginning of the line, as far as it came with the bytes that were refused.
    String said() {
        return said;
    }

    /// Looks at the bytes up to the end of the line. Moves nothing; a minor version to come is made
    /// 1.1 in place, for so it is to be treated (RFC 9110, section 2.5).
    ///
    /// @throws HttpException.RuntimeException for a line that no request may begin with
    public void check(ByteBuffer bytes) {
        int at = bytes.position();
        int end = bytes.limit();
        try {
            while (at < end && part != Part.OVER) {
                at =
                        switch (part) {
                            case BEFORE, EMPTY_LINE -> before(bytes.get(at), at);
                            case METHOD -> method(bytes, at, end);
                            case TARGET -> target(bytes, at, end);
                            case VERSION -> version(bytes, at);
                            case OVER -> at;
                        };
            }
        } catch (HttpException.RuntimeException e) {
            remember(bytes);
            throw e;
        }
    }

    private int before(byte first, int at) {
        if (part == Part.EMPTY_LINE) {
            if (first != '\n') {
                throw Refusal.bad("a CR without LF");
            }
            part = Part.BEFORE;
            return at + 1;
        }
        if (first == '\r') {
            part = Part.EMPTY_LINE;
            return at + 1;
        }
        if (TOKEN[first & 0xFF]) {
            part = Part.METHOD;
            return at;
        }
        throw Refusal.bad(
                switch (first) {
                    case '\n' -> "a line ends with LF alone";
                    case TLS_HANDSHAKE -> "this looks like TLS, and the listener speaks HTTP";
                    default -> "the request does not begin with a method";
                });
    }

    private int method(ByteBuffer bytes, int from, int end) {
        int at = from;
        while (at < end && TOKEN[bytes.get(at) & 0xFF]) {
            at++;
        }
        count(at - from);
        if (at == end) {
            return at;
        }
        if (bytes.get(at) != ' ') {
            throw Refusal.bad("the method is not a token");
        }
        count(1);
        part = Part.TARGET;
        afterSpace = true;
        return at + 1;
    }

    private int target(ByteBuffer bytes, int from, int end) {
        int at = from;
        byte octet = 0;
        while (at < end && ((octet = bytes.get(at)) > ' ' || octet < 0) && octet != DELETE) {
            ascii &= octet > 0;
            at++;
        }
        afterSpace &= at == from;
        count(at - from);
        if (at == end) {
            return at;
        }
        if (octet != ' ') {
            throw Refusal.bad(
                    octet == '\r' || octet == '\n'
                            ? "the request line has no version"
                            : "a control character in the request line");
        }
        if (afterSpace) {
            throw Refusal.bad("two spaces in the request line");
        }
        count(1);
        part = Part.VERSION;
        return at + 1;
    }

    private int version(ByteBuffer bytes, int at) {
        byte octet = bytes.get(at);
        byte wanted = VERSION[versionAt];
        if (wanted == '9' ? octet < '0' || octet > '9' : octet != wanted) {
            throw Refusal.bad(
                    octet == '\n'
                            ? "a line ends with LF alone"
                            : versionAt == 0 && octet == ' '
                                    ? "two spaces in the request line"
                                    : "the request line does not end with a version of HTTP");
        }
        if (versionAt == MAJOR) {
            major = octet;
        } else if (versionAt == MINOR && major == '1' && octet > '1') {
            bytes.put(at, (byte) '1');
        }
        if (octet != '\r' && octet != '\n') {
            count(1);
        }
        if (++versionAt == VERSION.length) {
            if (major != '1') {
                throw new HttpException.RuntimeException(
                        HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505, "HTTP/1.1 is spoken here");
            }
            part = Part.OVER;
        }
        return at + 1;
    }

    private void count(int octets) {
        length += octets;
        if (length > lengthMax) {
            throw new HttpException.RuntimeException(
                    HttpStatus.URI_TOO_LONG_414,
                    "the request line is longer than " + lengthMax + " bytes");
        }
    }

    private void remember(ByteBuffer bytes) {
        var line = new StringBuilder();
        for (int at = bytes.position(); at < bytes.limit() && line.length() < SAID_MAX; at++) {
            char c = (char) (bytes.get(at) & 0xFF);
            if (c == '\n' || c == '\r') {
                break;
            }
            line.append(c);
        }
        said = line.isEmpty() ? "-" : line.toString();
    }

    /// Ready for the next line.
    public void reset() {
        part = Part.BEFORE;
        length = 0;
        versionAt = 0;
        ascii = true;
        said = "-";
    }
}
