package junicorn.worker.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import junicorn.log.Log;
import junicorn.worker.app.Applications;
import junicorn.worker.app.TestWar;
import junicorn.worker.http.message.HttpSettings;
import junicorn.worker.http.message.UriRules;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a client writes for a path that a constraint or a filter of the application guards, it
/// does not get what lies there: a servlet's answer, a page's, a file, a welcome file.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GuardedPathTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final List<List<String>> TARGETS =
            List.of(
                    List.of("file.txt"),
                    List.of("page.jsp"),
                    List.of("servlet", "x"),
                    List.of("")); // the welcome file

    @TempDir static Path scratch;
    private Path war = Path.of("");

    @BeforeAll
    void pack() throws Exception {
        var content = new TestWar(scratch).source("Secret").source("Guard").source("Dispatch");
        for (var folder : List.of("forbidden", "filtered", "open", "50%")) {
            content.file(folder + "/file.txt", "CONTENT")
                    .file(folder + "/page.jsp", "CONTENT <%= 1 + 1 %>")
                    .file(folder + "/index.html", "CONTENT");
        }
        war =
                content.webXml(
                                "<security-constraint><web-resource-collection>"
                                        + "<web-resource-name>all</web-resource-name>"
                                        + "<url-pattern>/forbidden/*</url-pattern>"
                                        + "<url-pattern>/50%/*</url-pattern>"
                                        + "</web-resource-collection><auth-constraint/></security-constraint>")
                        .exploded();
    }

    /// Thousands of warnings, each with a stack, of what is refused in the application's thread.
    @BeforeAll
    static void onlyErrors() {
        Log.level("error");
    }

    @AfterAll
    static void asUsual() {
        Log.level("info");
    }

    static Stream<Arguments> each() {
        return Stream.of(UriRules.values())
                .flatMap(rules -> Stream.of("", "/shop").map(at -> Arguments.of(rules, at)));
    }

    private RunningWorker start(UriRules rules, String contextPath) {
        var settings =
                new HttpSettings(
                        LONG,
                        LONG,
                        LONG,
                        LONG,
                        64 * 1024,
                        4094,
                        100,
                        8190,
                        0,
                        Duration.ZERO,
                        0,
                        rules);
        return RunningWorker.start(
                new Concurrency.Pool(2), settings, server -> application(contextPath, server));
    }

    private Handler application(String contextPath, Server server) {
        try {
            server.setTempDirectory(scratch.toFile());
            return Applications.load(war.toString(), List.of(), contextPath, server);
        } catch (Exception e) {
            throw new AssertionError("the application does not start", e);
        }
    }

    @ParameterizedTest
    @MethodSource("each")
    void noSpellingGetsWhatIsGuarded(UriRules rules, String contextPath) throws Exception {
        try (var worker = start(rules, contextPath);
                var client = new Asking(worker)) {
            for (var target : TARGETS) {
                var open = client.ask(contextPath + "/open/" + String.join("/", target));
                assertThat(open.body()).as("what nobody guards").startsWith("CONTENT");
                for (var folder : List.of("forbidden", "filtered", "50%25")) {
                    for (var path : spellings(contextPath, folder, target)) {
                        requireNothing(client, path, rules);
                    }
                    if (target.equals(TARGETS.getFirst())) {
                        for (var path : spellings(contextPath, folder, target)) {
                            requireNothing(client, "http://test" + path, rules);
                        }
                    }
                }
            }
        }
    }

    private static Iterable<String> spellings(
            String contextPath, String folder, List<String> target) {
        var segments = new ArrayList<String>();
        if (!contextPath.isEmpty()) {
            segments.add(contextPath.substring(1));
        }
        segments.add(folder);
        segments.addAll(target);
        return Spellings.of(segments.toArray(String[]::new));
    }

    private static void requireNothing(Asking client, String path, UriRules rules)
            throws Exception {
        var answer = client.ask(path);
        assertThat(answer.body()).as("%s with %s", path, rules).doesNotContain("CONTENT");
        assertThat(answer.status()).as("%s with %s", path, rules).isBetween(300, 499);
        assertThat(answer.header("Location").orElse("/"))
                .as("where %s leads", path)
                .doesNotStartWith("//");
    }

    /// Whatever the rules for clients are: none of them looks at what an application dispatches.
    @ParameterizedTest
    @ValueSource(strings = {"", "/shop"})
    void noDispatchGetsWhatAFilterGuards(String contextPath) throws Exception {
        try (var worker = start(UriRules.LEGACY, contextPath);
                var client = new Asking(worker)) {
            for (var how : List.of("forward", "include", "async")) {
                for (var target : TARGETS) {
                    var to = "/" + String.join("/", target);
                    assertThat(client.dispatch(contextPath, how, "/open" + to).body())
                            .as(how)
                            .startsWith("CONTENT");
                    for (var path : spellings("", "filtered", target)) {
                        assertThat(client.dispatch(contextPath, how, path).body())
                                .as("%s to %s", how, path)
                                .doesNotContain("CONTENT");
                    }
                }
            }
        }
    }

    /// Clients that join "base/" and "/path" are served, where that is allowed.
    @ParameterizedTest
    @MethodSource("each")
    void doubledSlashesAreOne(UriRules rules, String contextPath) throws Exception {
        try (var worker = start(rules, contextPath);
                var client = new Asking(worker)) {
            var path = "/" + contextPath + "//open//servlet//x";
            var answer = client.ask(path);
            if (rules == UriRules.STRICT) {
                assertThat(answer.status()).isEqualTo(400);
                return;
            }
            assertThat(answer.body()).isEqualTo("CONTENT /open/servlet/x");
            assertThat(client.ask("/" + contextPath + "//open//page.jsp").body())
                    .startsWith("CONTENT 2");
            assertThat(client.dispatch(contextPath, "uri", "", "//a//b").body())
                    .as("the path as it was sent, but for the first slashes")
                    .isEqualTo(contextPath + "/dispatch//a//b");
            assertThat(client.dispatch(contextPath, "async-again", "", "//a//b").body())
                    .isEqualTo("again /a/b");
            assertThat(client.ask(contextPath + "/open/;jsessionid=1").body()).isEqualTo("CONTENT");
        }
    }

    @ParameterizedTest
    @MethodSource("each")
    void noRedirectLeadsToAnotherHost(UriRules rules, String contextPath) throws Exception {
        try (var worker = start(rules, contextPath);
                var client = new Asking(worker)) {
            for (var first : List.of("/", "//", "///")) {
                var base = contextPath.isEmpty() ? first : first + contextPath.substring(1) + first;
                for (var path :
                        List.of(
                                base + "open",
                                base,
                                base + "dispatch/a/?how=redirect&to=b",
                                base + "dispatch?how=redirect&to=b")) {
                    assertThat(client.ask(path).header("Location").orElse("/"))
                            .as("where %s leads", path)
                            .startsWith("/")
                            .doesNotStartWith("//");
                }
            }
        }
    }

    /// One connection after the other: a refusal ends it.
    private static final class Asking implements AutoCloseable {
        private final RunningWorker worker;
        private RawClient client;

        Asking(RunningWorker worker) throws IOException {
            this.worker = worker;
            client = new RawClient(worker.address());
        }

        Answer ask(String target) throws IOException {
            var answer = client.get(target);
            if (answer.closes()) {
                client.close();
                client = new RawClient(worker.address());
            }
            return answer;
        }

        Answer dispatch(String contextPath, String how, String to) throws IOException {
            return dispatch(contextPath, how, to, "");
        }

        Answer dispatch(String contextPath, String how, String to, String behind)
                throws IOException {
            var query = "?how=" + how + "&to=" + URLEncoder.encode(to, UTF_8);
            return ask(contextPath + "/dispatch" + behind + query);
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
