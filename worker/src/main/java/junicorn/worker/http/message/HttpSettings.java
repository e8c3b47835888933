package junicorn.worker.http.message;

import java.time.Duration;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;

/// The limits that this worker puts on its clients.
///
/// @param headerTimeout from accept, or the first byte of a later request, to the end of the
/// header; then 408
/// @param bodyTimeout the longest silence in the middle of a request body; then 408, or an error
/// for who reads the body
/// @param writeTimeout the longest time in which a client takes nothing of an answer; then the
/// connection is closed
/// @param keepAlive how long an idle connection is kept
/// @param bufferBodyBytes a body up to this size is complete before the request runs; a larger one
/// is streamed to it
/// @param requestLineMax bytes of the request line, beyond it 414; 0 for no limit but the header's
/// @param fieldsMax header fields, beyond it 431; 0 for no limit but the header's
/// @param fieldBytesMax bytes of one field's line, its end included, beyond it 431; 0 for no limit
/// but the header's
/// @param bodyBytesMax bytes of a body, beyond it 413; 0 for no limit
/// @param bodyGrace how long we wait for a body altogether before its rate counts
/// @param bodyRateMin bytes that each further second of waiting must have brought, else 408; 0 for
/// no minimum
/// @param uriRules which request targets are refused
public record HttpSettings(
        Duration headerTimeout,
        Duration bodyTimeout,
        Duration writeTimeout,
        Duration keepAlive,
        long bufferBodyBytes,
        int requestLineMax,
        int fieldsMax,
        int fieldBytesMax,
        long bodyBytesMax,
        Duration bodyGrace,
        int bodyRateMin,
        UriRules uriRules) {
    /// Request line and fields together, whatever the limits of each are.
    public static final int HEADER_BYTES_MAX = 64 * 1024;

    /// The response's header fields together; an application that exceeds it gets a 500.
    static final int RESPONSE_HEADER_BYTES_MAX = 32 * 1024;

    public HttpSettings {
        if (headerTimeout.isNegative()
                || bodyTimeout.isNegative()
                || writeTimeout.isNegative()
                || keepAlive.isNegative()
                || bodyGrace.isNegative()) {
            throw new IllegalArgumentException("a timeout is negative");
        }
        if (bufferBodyBytes < 0 || bodyBytesMax < 0 || bodyRateMin < 0) {
            throw new IllegalArgumentException(
                    "a limit is negative: bufferBodyBytes=%d bodyBytesMax=%d bodyRateMin=%d"
                            .formatted(bufferBodyBytes, bodyBytesMax, bodyRateMin));
        }
    }

    /// Without a limit on bodies but their silence, and with the usual rules for targets.
    public HttpSettings(
            Duration headerTimeout,
            Duration bodyTimeout,
            Duration writeTimeout,
            Duration keepAlive,
            long bufferBodyBytes,
            int requestLineMax,
            int fieldsMax,
            int fieldBytesMax) {
        this(
                headerTimeout,
                bodyTimeout,
                writeTimeout,
                keepAlive,
                bufferBodyBytes,
                requestLineMax,
                fieldsMax,
                fieldBytesMax,
                0,
                Duration.ZERO,
                0,
                UriRules.DEFAULT);
    }

    /// Refuses a header field that is too large, or one too many.
    ///
    /// @param count fields so far, this one included
    /// @param size bytes of its line so far. One more than the limit passes: the parser tells of a
    /// field when it has seen the first byte of the next, or both bytes of the line that ends the
    /// header
    void requireField(int count, int size) {
        if (exceeds(fieldsMax, count)) {
            throw tooLarge("the request has more than " + fieldsMax + " fields");
        }
        if (exceeds(fieldBytesMax, size - 1)) {
            throw tooLarge("a field is larger than " + fieldBytesMax + " bytes");
        }
    }

    private static HttpException.RuntimeException tooLarge(String reason) {
        return new HttpException.RuntimeException(
                HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431, reason);
    }

    /// Refuses a body of so many bytes, announced or received.
    void requireBody(long length) {
        if (bodyBytesMax > 0 && length > bodyBytesMax) {
            throw new HttpException.RuntimeException(
                    HttpStatus.PAYLOAD_TOO_LARGE_413,
                    "the body is larger than " + bodyBytesMax + " bytes");
        }
    }

    private static boolean exceeds(int limit, int actual) {
        return limit > 0 && actual > limit;
    }
}
