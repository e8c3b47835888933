package junicorn.worker.http.message;

import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;

/// Why a request is refused, in words that tell the client's author what to mend. Only words and
/// status: `Outbound.refuse` answers.
public final class Refusal {
    /// What the parser says, and what we say.
    private static final Map<String, String> WORDS =
            Map.ofEntries(
                    Map.entry(
                            "Line Folding not supported",
                            "a header line begins with a space or a colon"),
                    Map.entry("LF line terminator in header", "a line ends with LF alone"),
                    Map.entry("LF line terminator in chunk", "a line ends with LF alone"),
                    Map.entry("Bad EOL", "a CR without LF"),
                    Map.entry("No Host", "the request has no Host field"),
                    Map.entry("Duplicate Host Header", "the request has two Host fields"),
                    Map.entry("Bad HostPort", "the Host field is malformed"),
                    Map.entry(
                            "Multiple Content-Lengths",
                            "the request has two Content-Length fields"),
                    Map.entry(
                            "Invalid Content-Length Value", "Content-Length is not a plain number"),
                    Map.entry(
                            "Transfer-Encoding and Content-Length",
                            "the request has Transfer-Encoding and Content-Length"),
                    Map.entry(
                            "Bad Transfer-Encoding, chunked not last",
                            "Transfer-Encoding does not end with chunked"),
                    Map.entry(
                            "Bad Transfer-Encoding, multiple chunked tokens",
                            "Transfer-Encoding names chunked twice"),
                    Map.entry("Early EOF", "the request ended too early"));

    /// How the parser begins when it names a byte.
    private static final String ILLEGAL = "Illegal character ";

    private static final String TOO_EARLY = "the request body ended too early";

    private Refusal() {}

    static HttpException.RuntimeException bad(String reason) {
        return new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, reason);
    }

    static HttpException.RuntimeException late() {
        return new HttpException.RuntimeException(
                HttpStatus.REQUEST_TIMEOUT_408, "the request body came too slowly");
    }

    private static String words(HttpException failure) {
        var reason = failure.getReason();
        if (failure.getCode() == HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 && reason == null) {
            return "the header is larger than " + HttpSettings.HEADER_BYTES_MAX + " bytes";
        }
        if (failure instanceof Throwable thrown
                && thrown.getCause() instanceof ArithmeticException) {
            return "Content-Length is too large";
        }
        if (reason != null && reason.startsWith(ILLEGAL)) {
            return "an illegal character, " + reason.substring(ILLEGAL.length());
        }
        return reason == null ? "a size is too large" : WORDS.getOrDefault(reason, reason);
    }

    /// What ended a body before its end, for who reads it.
    ///
    /// @param failure what the parser found; nothing if the connection ended
    public static BodyFailure body(@Nullable HttpException failure) {
        if (failure == null) {
            return new BodyFailure(HttpStatus.BAD_REQUEST_400, TOO_EARLY);
        }
        return new BodyFailure(failure.getCode(), words(failure, true));
    }

    /// @param inBody the header was complete when it was found
    public static String words(HttpException failure, boolean inBody) {
        return inBody && failure.getCode() == HttpStatus.BAD_REQUEST_400
                ? "the request body is malformed: " + words(failure)
                : words(failure);
    }

    /// The client's fault, so the answer is its status and not 500.
    static final class BodyFailure extends EofException implements HttpException {
        private static final long serialVersionUID = 1;

        private final int code;
        private final String reason;

        private BodyFailure(int code, String reason) {
            super(reason);
            this.code = code;
            this.reason = reason;
        }

        @Override
        public int getCode() {
            return code;
        }

        @Override
        public String getReason() {
            return reason;
        }
    }
}
