package junicorn.master.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import junicorn.master.settings.Bind;
import junicorn.master.settings.BindFailed;
import junicorn.master.settings.ListenSettings;
import junicorn.os.Sockets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ring 2: real sockets on loopback.
final class WorkerSocketsTest {
    private static final ListenSettings REUSE = new ListenSettings(16, true, true);

    @TempDir Path directory = Path.of("");

    @Test
    void eachSlotHasItsOwnTcpSocketAndSharesTheRest() throws Exception {
        try (var listeners = open(REUSE)) {
            var first = of(listeners, 0);
            var second = of(listeners, 1);

            assertThat(of(listeners, 1)).isEqualTo(second);
            assertThat(names(second)).isEqualTo(names(first)).hasSize(2);
            assertThat(second.getFirst()).isEqualTo(first.getFirst()); // the Unix socket
            assertThat(second.getLast()).isNotEqualTo(first.getLast());
        }
    }

    @Test
    void theFirstListensAtOnceTheOthersWhenTheirWorkerIsThere() throws Exception {
        try (var listeners = open(REUSE)) {
            var first = of(listeners, 0).getLast();
            var second = of(listeners, 1).getLast();

            assertThat(Sockets.isListening(first.fd())).isTrue();
            assertThat(first.backlogToListen()).isZero();
            assertThat(Sockets.isListening(second.fd())).isFalse();
            assertThat(second.backlogToListen()).isEqualTo(16);

            Sockets.listen(second.fd(), second.backlogToListen());
            assertThat(Sockets.isListening(second.fd())).isTrue();
        }
    }

    @Test
    void aSlotThatIsGivenUpLosesItsSocketAndOthersKeepTheirs() throws Exception {
        try (var listeners = open(REUSE)) {
            var first = of(listeners, 0);
            var second = of(listeners, 1);
            var third = of(listeners, 2);

            listeners.keep(Set.of(0, 2), 2);

            assertThat(of(listeners, 0)).isEqualTo(first);
            assertThat(of(listeners, 2)).isEqualTo(third);
            assertThat(of(listeners, 1).getLast()).isNotEqualTo(second.getLast());
            assertThat(names(of(listeners, 1))).isEqualTo(names(second));
        }
    }

    @Test
    void withoutReusePortAllSlotsShareAll() throws Exception {
        try (var listeners = open(new ListenSettings(16, true, false))) {
            assertThat(of(listeners, 1)).isEqualTo(of(listeners, 0)).hasSize(2);

            listeners.keep(Set.of(), 0);

            assertThat(of(listeners, 0))
                    .allMatch(listener -> Sockets.isListening(listener.fd()))
                    .allMatch(listener -> listener.backlogToListen() == 0);
        }
    }

    private Listeners open(ListenSettings settings) throws InterruptedException {
        return Listeners.open(binds(), settings, () -> {}).orElseThrow();
    }

    private List<Bind> binds() {
        return List.of(new Bind.Unix(directory.resolve("s")), Bind.parse("127.0.0.1:0"));
    }

    private List<Listener> of(Listeners listeners, int slot) throws BindFailed {
        return listeners.of(slot, binds(), false);
    }

    private static List<String> names(List<Listener> listeners) {
        return listeners.stream().map(Listener::name).toList();
    }
}
