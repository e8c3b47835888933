package junicorn.worker.http;

import java.time.Duration;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;

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
/// @param fieldBytesMax bytes of one field's name and value, beyond it 431; 0 for no limit but the
/// header's
public record HttpSettings(
        Duration headerTimeout,
        Duration bodyTimeout,
        Duration writeTimeout,
        Duration keepAlive,
        long bufferBodyBytes,
        int requestLineMax,
        int fieldsMax,
        int fieldBytesMax) {
    /// Request line and fields together, whatever the limits of each are.
    static final int HEADER_BYTES_MAX = 64 * 1024;

    /// The response's header fields together; an application that exceeds it gets a 500.
    static final int RESPONSE_HEADER_BYTES_MAX = 32 * 1024;

    public HttpSettings {
        if (headerTimeout.isNegative()
                || bodyTimeout.isNegative()
                || writeTimeout.isNegative()
                || keepAlive.isNegative()) {
            throw new IllegalArgumentException("a timeout is negative");
        }
        if (bufferBodyBytes < 0) {
            throw new IllegalArgumentException(
                    "bufferBodyBytes must not be negative, was " + bufferBodyBytes);
        }
    }

    /// Refuses a request line that is too long.
    void requireLine(String method, String target, HttpVersion version) {
        int length = method.length() + target.length() + version.asString().length() + 2;
        if (exceeds(requestLineMax, length)) {
            throw new HttpException.RuntimeException(
                    HttpStatus.URI_TOO_LONG_414, "request line too long");
        }
    }

    /// Refuses a header field that is too large, or one too many.
    ///
    /// @param count fields so far, this one included
    void requireField(HttpField field, int count) {
        int length =
                field.getName().length()
                        + (field.getValue() == null ? 0 : field.getValue().length());
        if (exceeds(fieldsMax, count) || exceeds(fieldBytesMax, length)) {
            throw new HttpException.RuntimeException(
                    HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431,
                    "too many or too large header fields");
        }
    }

    private static boolean exceeds(int limit, int actual) {
        return limit > 0 && actual > limit;
    }
}
