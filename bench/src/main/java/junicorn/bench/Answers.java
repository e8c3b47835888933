package junicorn.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// What every server answers, byte by byte.
final class Answers {
    static final byte[] HELLO = "Hello, World!".getBytes(US_ASCII);
    static final int JSON_BYTES = 1_024;
    static final int DOWNLOAD_BYTES = 1 << 20;

    private static final int ROWS = 15;
    private static final byte[] DOWNLOAD = "0123456789abcdef".repeat(1 << 16).getBytes(US_ASCII);

    private Answers() {}

    /// Made anew for each request, as a real one would be: a list of rows, filled up to 1 KiB.
    static byte[] json() {
        var text = new StringBuilder(JSON_BYTES).append("{\"rows\":[");
        for (int row = 0; row < ROWS; row++) {
            text.append("{\"id\":").append(1_000 + row).append(",\"name\":\"row ").append(row);
            text.append("\",\"price\":").append(100 + row).append(".25},");
        }
        text.append("{}],\"rest\":\"");
        text.repeat('x', JSON_BYTES - 2 - text.length());
        return text.append("\"}").toString().getBytes(UTF_8);
    }

    static byte[] download() {
        return DOWNLOAD;
    }

    /// For a `Date` field, by those who do not send one themselves; ask once a second.
    static String date() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    }
}
