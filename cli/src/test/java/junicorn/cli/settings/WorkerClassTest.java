package junicorn.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import junicorn.cli.line.Arguments;
import junicorn.cli.plan.Application;
import junicorn.cli.plan.Remarks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `-k` and `--threads` come to, and what is said about it.
final class WorkerClassTest {
    private static final Application WAR = new Application("/a.war", false);

    @ParameterizedTest
    @CsvSource({
        "'', sync, 1",
        "-k sync --threads 1, sync, 1",
        "-k sync --threads 4, gthread, 4",
        "--threads 4, gthread, 4",
        "-k gthread, gthread, 8",
        "-k gthread --threads 1, gthread, 1",
        "-k gevent, virtual, 1",
        "-k eventlet, virtual, 1",
        "-k asgi, async, 1",
        "-k gaiohttp, async, 1",
        "-k tornado, vertx, 1",
        "-k com.example.My$Worker --threads 3, com.example.My$Worker, 3",
    })
    void gunicornsWordsMeanOurs(String words, String name, int threads) {
        var capacity = values(words).capacity();

        assertThat(capacity.workerClass()).isEqualTo(name);
        assertThat(capacity.threads()).isEqualTo(threads);
        assertThat(capacity.connections()).isEqualTo(1000);
    }

    @Test
    void gunicornsNameIsExplainedOnce() {
        assertThat(remarks("-k gevent"))
                .containsExactly(
                        "worker class gevent is virtual here: each request runs on a virtual thread,"
                                + " and code that blocks may stay as it is");
        assertThat(remarks("-k virtual")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "-k async --threads 4, --threads has no effect with worker class async",
        "-k virtual --threads 1, --threads has no effect with worker class virtual",
        "--keep-alive 9, --keep-alive has no effect with worker class sync",
        "--worker-connections 9, --worker-connections has no effect with worker class sync",
        "--max-requests-jitter 9, --max-requests-jitter has no effect without --max-requests",
        "--warmup /a --context-path /shop, --warmup /a is outside of --context-path /shop",
        "--warmup-strict, --warmup-strict has no effect without --warmup",
        "-C ., --class-path has no effect: a WAR brings its own classes",
    })
    void anOptionWithoutEffectIsRemarked(String words, String remark) {
        assertThat(remarks(words)).containsExactly(remark);
    }

    @ParameterizedTest
    @CsvSource({
        "-k gthread --threads 4 --keep-alive 9 --worker-connections 9",
        "--threads 4 --keep-alive 9",
        "-k com.example.Mine --threads 4 -C .",
    })
    void whatHasAnEffectIsNot(String words) {
        assertThat(remarks(words)).isEmpty();
    }

    private static List<String> remarks(String words) {
        return Remarks.of(values(words), WAR).stream().map(Remarks.Remark::text).toList();
    }

    private static Values values(String words) {
        var arguments = words.isEmpty() ? new String[0] : words.split(" ");
        return Values.of(List.of(Arguments.parse(arguments)), Map.of(), Path.of(""));
    }
}
