package junicorn.worker.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogLineTest {
    @Test
    void everyCharacterComesOutAsPrintableAscii() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            var line = new LogLine();
            line.value(String.valueOf((char) c));

            assertThat(line.toString().chars())
                    .as("character %x", c)
                    .allMatch(a -> a >= ' ' && a < 0x7f);
            assertThat(unescaped(line.toString())).as("character %x", c).isEqualTo((char) c);
        }
    }

    @Test
    void aLongValueIsCutAndSaysSo() {
        var line = new LogLine();

        line.value("x".repeat(10_000));

        assertThat(line.toString()).hasSize(2_051).endsWith("x...");
    }

    @ParameterizedTest
    @CsvSource({"0,000000", "7,000007", "99999,099999", "100000,100000", "999999,999999"})
    void microsecondsHaveSixDigits(long micros, String text) {
        var line = new LogLine();

        line.sixDigits(micros);

        assertThat(line.toString()).isEqualTo(text);
    }

    /// What a reader of JSON makes of one escaped character.
    private static char unescaped(String text) {
        if (text.length() == 1) {
            assertThat(text).isNotIn("\"", "\\");
            return text.charAt(0);
        }
        assertThat(text).startsWith("\\");
        return switch (text.charAt(1)) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) Integer.parseInt(text.substring(2), 16);
            default -> text.charAt(1);
        };
    }
}
