package junicorn.worker.http.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import junicorn.worker.http.RawClient;
import junicorn.worker.http.RunningWorker;
import junicorn.worker.http.Servlets;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of `docs/operating/limits.md`, as a servlet sees it: its path, or 400.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UriRulesTest {
    /// The target as it is sent, a char a byte; what the servlet sees with strict, default, legacy.
    private static final String TABLE =
            """
            /a/./b, /a/b, /a/b, /a/b
            /a/../b, /b, /b, /b
            /.../a..b, /.../a..b, /.../a..b, /.../a..b
            /a;v=1/b, /a/b, /a/b, /a/b
            /%61, /a, /a, /a
            /%C3%BC, /ü, /ü, /ü
            //a//b, 400, /a/b, /a/b
            ///, 400, /, /
            /a/b//, 400, /a/b/, /a/b/
            /a/;/b, 400, 400, 400
            /;v=1/b, 400, 400, 400
            //;v=1/b, 400, 400, 400
            /a/;v=1, /a/, /a/, /a/
            /a//../b, 400, 400, 400
            //../b, 400, 400, 400
            /a/../b//c, 400, /b/c, /b/c
            /a|b, 400, /a|b, /a|b
            /a[1], 400, /a[1], /a[1]
            /a^b, 400, /a^b, /a^b
            /a{b}, 400, /a{b}, /a{b}
            /\u00c3\u00bc, 400, /ü, /ü
            '/?q[]=1&r={"x"}|', 400, /, /
            /100%25, 400, /100%, /100%
            /a%252fb, 400, 400, 400
            /a%2fb, 400, 400, /a/b
            /a%2Fb, 400, 400, /a/b
            /a\\b, 400, 400, 400
            /a%5cb, 400, 400, 400
            /a/%2fb, 400, 400, 400
            /a/..%2fb, 400, 400, 400
            /a%2f..%2fb, 400, 400, 400
            /a%u002f%u002e%u002e/b, 400, 400, 400
            /a%252f..%252fb, 400, 400, 400
            /a%0ab, 400, 400, '/a\nb'
            /%ff, 400, 400, /\ufffd
            /a%u0041, 400, 400, /aA
            /a#b, 400, 400, /a
            http://user@test/, 400, 400, /
            /a/%2e%2e/b, 400, 400, 400
            /a/.%2e/b, 400, 400, 400
            /a/%2e/b, 400, 400, 400
            /a/..;/b, 400, 400, 400
            /a/..;x=y/b, 400, 400, 400
            /../a, 400, 400, 400
            /a/../../b, 400, 400, 400
            /a%00b, 400, 400, 400
            /a%zz, 400, 400, 400
            """;

    private static final Duration LONG = Duration.ofSeconds(20);

    private final Map<UriRules, RunningWorker> workers = new EnumMap<>(UriRules.class);

    @BeforeAll
    void start() {
        for (var rules : UriRules.values()) {
            workers.put(
                    rules,
                    RunningWorker.start(new Concurrency.Pool(1), settings(rules), application()));
        }
    }

    private static HttpSettings settings(UriRules rules) {
        return new HttpSettings(
                LONG, LONG, LONG, LONG, 64 * 1024, 4094, 100, 8190, 0, Duration.ZERO, 0, rules);
    }

    private static Handler application() {
        var application =
                (ServletContextHandler)
                        Servlets.application(
                                (request, response) -> {
                                    response.setContentType("text/plain;charset=UTF-8");
                                    response.getWriter().print(request.getPathInfo());
                                });
        application.getServletHandler().setDecodeAmbiguousURIs(true); // as for every application
        return application;
    }

    @AfterAll
    void stop() throws Exception {
        for (var rules : new UriRules[] {UriRules.LEGACY, UriRules.DEFAULT, UriRules.STRICT}) {
            requireNonNull(workers.get(rules)).close(); // each wants the descriptors that it found
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = TABLE)
    void isServedOrRefused(String target, String strict, String usual, String legacy)
            throws Exception {
        assertThat(answer(UriRules.STRICT, target)).as("strict").isEqualTo(strict);
        assertThat(answer(UriRules.DEFAULT, target)).as("default").isEqualTo(usual);
        assertThat(answer(UriRules.LEGACY, target)).as("legacy").isEqualTo(legacy);
    }

    /// The path that the servlet saw, or the status of the refusal.
    private String answer(UriRules rules, String target) throws Exception {
        try (var client = new RawClient(requireNonNull(workers.get(rules)).address())) {
            var answer = client.get(target);
            return answer.status() == 200
                    ? new String(answer.body().getBytes(ISO_8859_1), UTF_8)
                    : String.valueOf(answer.status());
        }
    }
}
