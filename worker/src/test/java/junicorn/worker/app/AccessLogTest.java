package junicorn.worker.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessLogTest {
    private static final String INSIDE_A_JSON_STRING =
            "([^\"\\\\]|\\\\([\"\\\\nrt]|u[0-9a-f]{4}))*";
    private static final String REQUEST =
            """
            GET /a%20b?x=1 HTTP/1.1
            Host: test
            User-Agent: "me\\"
            Referer: /from
            Authorization: Basic QWxhZGRpbiBYOm9wZW4=
            Connection: close

            """;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "%(l)s                       | -",
                "%(u)s                       | Aladdin\\u0020X",
                "%(r)s                       | GET /a%20b?x=1 HTTP/1.1",
                "%(m)s %(U)s %(q)s %(H)s     | GET /a%20b x=1 HTTP/1.1",
                "%(s)s %(B)s %(b)s           | 201 5 5",
                "%(f)s %(a)s                 | /from \\\"me\\\\\\\"",
                "%({Referer}i)s              | /from",
                "%({referer}i)s              | /from",
                "%({nothing}i)s              | -",
                "%({X-Answer}o)s             | 42",
                "%({REQUEST_METHOD}e)s       | GET",
                "%({RAW_URI}e)s              | /a%20b?x=1",
                "%({HTTP_USER_AGENT}e)s      | \\\"me\\\\\\\"",
                "%({my.attribute}e)s         | of the application",
                "%({nothing}e)s              | -",
                "100%% %(m)s                 | 100% GET"
            },
            delimiter = '|')
    void anAtomWritesItsFact(String format, String line) throws Exception {
        assertThat(lineOf(format, REQUEST)).isEqualTo(line + "\n");
    }

    @Test
    void timesPidAndDateLookAsInGunicorn() throws Exception {
        assertThat(lineOf("%(t)s %(p)s %(T)s %(M)s %(D)s %(L)s", REQUEST))
                .matches(
                        "\\[\\d{2}/[A-Z][a-z]{2}/\\d{4}:\\d{2}:\\d{2}:\\d{2} [+-]\\d{4}\\] <"
                                + ProcessHandle.current().pid()
                                + "> \\d+ \\d+ \\d+ \\d+\\.\\d{6}\n");
    }

    @Test
    void theDefaultIsTheCombinedFormat() throws Exception {
        assertThat(lineOf(AccessLog.DEFAULT_FORMAT, REQUEST))
                .matches(
                        "\\S+ - Aladdin\\\\u0020X \\[[^]]+] \"GET /a%20b\\?x=1 HTTP/1.1\" 201 5"
                                + " \"/from\" \"\\\\\"me\\\\\\\\\\\\\"\"\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil\", \"admin\": \"yes",
                "back\\",
                "back\\\", \"x\": \"",
                "tab\tand space",
                "\u00e9 or \u2028 or \u20ac",
                "</script>",
                "%(h)s %s {}",
                "\\u0022, \\\"x\\\"",
            })
    void aHeaderCannotForgeAJsonDocument(String value) throws Exception {
        var request =
                """
                GET / HTTP/1.1
                Host: test
                X-Evil: %s
                Connection: close

                """
                        .formatted(value);

        var line = lineOf("{\"evil\":\"%({X-Evil}i)s\"}", request);

        assertThat(line).matches("\\{\"evil\":\"" + INSIDE_A_JSON_STRING + "\"}\n");
        assertThat(line.strip().chars()).allMatch(c -> c >= ' ' && c < 0x7f);
    }

    @Test
    void aRequestThatNeverReachedJettyHasALineToo() throws Exception {
        var out = new ByteArrayOutputStream();
        try (var log = new AccessLog("%(h)s \"%(r)s\" %(s)s %(b)s %(m)s %({a}i)s %(D)s", out)) {
            log.logUnparsed("192.0.2.1", 400, "GET \u0000\n\"x");
            log.logUnparsed("", 408, "");
        }

        assertThat(out.toString(UTF_8))
                .isEqualTo(
                        """
                        192.0.2.1 "GET \\u0000\\n\\"x" 400 - - - 0
                        - "-" 408 - - - 0
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "%(x)s, unknown atom %(x)s",
                "%()s, unknown atom %()s",
                "%({}i)s, unknown atom %({}i)s",
                "%({a}x)s, unknown atom %({a}x)s",
                "%(h)d, `\"%(h)d\" in the access log format`",
                "%(h), `\"%(h)\" in the access log format`",
                "%h, `\"%\" in the access log format`",
                "50%, `\"%\" in the access log format`"
            })
    void aFormatThatIsWrongIsRefusedWithWhatIsWrong(String format, String words) {
        assertThatThrownBy(() -> AccessLogFormat.compile(format))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void aLineIsOneWriteAndAFullDiskCostsNoRequest() throws Exception {
        var writes = new ArrayList<String>();
        var full = new boolean[1];
        var out =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        throw new AssertionError("byte by byte");
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        if (full[0]) {
                            throw new IOException("No space left on device");
                        }
                        writes.add(new String(bytes, from, length, UTF_8));
                    }
                };
        var log = new AccessLog("%(s)s \u00e9", out);

        log.logUnparsed("", 400, "");
        full[0] = true;
        log.logUnparsed("", 401, "");
        full[0] = false;
        log.logUnparsed("", 402, "");

        assertThat(writes).isEqualTo(List.of("400 \u00e9\n", "402 \u00e9\n"));
    }

    @Test
    void aFileIsAppendedTo(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("access.log"), "before\n");

        try (var one = AccessLog.open(file.toString(), "one %(s)s");
                var two = AccessLog.open(file.toString(), "two %(s)s")) {
            one.logUnparsed("", 400, "");
            two.logUnparsed("", 408, "");
            one.logUnparsed("", 400, "");
        }

        assertThat(file).hasContent("before\none 400\ntwo 408\none 400\n");
        assertThatThrownBy(() -> AccessLog.open(directory.resolve("new.log").toString(), "%(z)s"))
                .hasMessageContaining("%(z)s");
        assertThat(directory.resolve("new.log")).doesNotExist();
    }

    private static String lineOf(String format, String request) throws Exception {
        var out = new ByteArrayOutputStream();
        var server = new Server();
        var connector = new LocalConnector(server, new HttpConnectionFactory());
        server.addConnector(connector);
        server.setHandler(new Answering());
        server.setRequestLog(new AccessLog(format, out));
        server.start();
        try {
            assertThat(connector.getResponse(request.replace("\n", "\r\n")))
                    .startsWith("HTTP/1.1 201");
        } finally {
            server.stop();
        }
        return out.toString(UTF_8);
    }

    private static final class Answering extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            request.setAttribute("my.attribute", "of the application");
            response.setStatus(201);
            response.getHeaders().put(new HttpField("X-Answer", "42"));
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 5);
            response.write(true, UTF_8.encode("12345"), callback);
            return true;
        }
    }
}
