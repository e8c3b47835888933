package junicorn.master.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import junicorn.master.control.ControlClient.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ControlSocketTest { // ring 2
    @TempDir private Path directory = Path.of("");

    @Test
    void aQuestionIsAnsweredWithProgressAndAnEnd() throws Exception {
        try (var _ = ControlSocket.open(path(), ControlSocketTest::echo);
                var client = ControlClient.connect(path())) {
            var heard = new ArrayList<String>();

            var answer = client.ask("echo", Json.object().put("x", 7), heard::add);
            var failure = client.ask("fail", Json.object(), heard::add);

            assertThat(heard).containsExactly("one", "two");
            assertThat(answer).isInstanceOf(Answer.Done.class);
            assertThat(((Answer.Done) answer).data().number("x")).isEqualTo(7);
            assertThat(failure).isEqualTo(new Answer.Failed("no such verb"));
        }
    }

    private static void echo(Question question) {
        if (question.verb().equals("echo")) {
            question.reply().progress("one");
            question.reply().progress("two");
            question.reply().done(question.arguments());
        } else {
            question.reply().failed("no such verb");
        }
    }

    @Test
    void onlyItsUserMayConnectAndNothingIsLeft() throws Exception {
        try (var socket = ControlSocket.open(path(), ControlSocketTest::echo)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                    .isEqualTo("rw-------");
            assertThat(socket.isNamed()).isTrue();
            assertThat(ControlSocket.answers(path())).isTrue();
        }
        assertThat(directory).isEmptyDirectory();
        assertThat(ControlSocket.answers(path())).isFalse();
    }

    @Test
    void whoeverTakesTheNameKeepsIt() throws Exception {
        var old = ControlSocket.open(path(), ControlSocketTest::echo);
        try (var _ = ControlSocket.open(path(), ControlSocketTest::echo)) {
            assertThat(old.isNamed()).isFalse();

            old.close();

            assertThat(ControlSocket.answers(path())).isTrue();
        }
    }

    @Test
    void whatIsNoQuestionIsAnsweredInWordsAndTheNextOneCounts() throws Exception {
        try (var _ = ControlSocket.open(path(), ControlSocketTest::echo);
                var raw = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
            raw.write(ByteBuffer.wrap("nonsense\n{\"verb\":\"fail\"}\n".getBytes(UTF_8)));

            var lines = Channels.newReader(raw, UTF_8);

            assertThat(line(lines)).contains("\"ok\":false").contains("not a question");
            assertThat(line(lines)).contains("no such verb");
        }
    }

    @Test
    void anEndlessLineEndsTheConnection() throws Exception {
        try (var _ = ControlSocket.open(path(), ControlSocketTest::echo);
                var raw = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
            var much = ByteBuffer.wrap("x".repeat(LineStream.LINE_BYTES_MAX + 1).getBytes(UTF_8));

            raw.write(much);

            awaitEnd(raw); // told why before, unless the reset is faster
        }
    }

    /// What was unread when the server closed makes a reset of it.
    private static void awaitEnd(SocketChannel raw) {
        try {
            var ended = false;
            while (!ended) {
                ended = raw.read(ByteBuffer.allocate(100)) < 0;
            }
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @Test
    void tooManyAtOnceAreToldSo() throws Exception {
        var clients = new ArrayList<ControlClient>();
        try (var _ = ControlSocket.open(path(), ControlSocketTest::echo)) {
            for (int i = 0; i < ControlSocket.CONNECTIONS_MAX; i++) {
                clients.add(ControlClient.connect(path()));
                clients.getLast().ask("echo", Json.object(), _ -> {});
            }

            try (var raw = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
                assertThat(line(Channels.newReader(raw, UTF_8))).contains("too many");
            }
        } finally {
            for (var client : clients) {
                client.close();
            }
        }
    }

    @Test
    void anAnswerThatWasGivenIsSentBeforeTheEnd() throws Exception {
        var asked = new ArrayList<Question>();
        var socket =
                ControlSocket.open(
                        path(),
                        question -> {
                            asked.add(question);
                            question.reply().progress("asked");
                        });
        try (var client = ControlClient.connect(path())) {
            var answer =
                    client.ask(
                            "stop",
                            Json.object(),
                            _ -> {
                                asked.getFirst().reply().done(Json.object().put("last", 1));
                                socket.close();
                            });

            assertThat(answer).isInstanceOf(Answer.Done.class);
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aQuestionThatTheEndOvertakesIsToldSo() throws Exception {
        var socket = ControlSocket.open(path(), question -> question.reply().progress("asked"));
        try (var client = ControlClient.connect(path())) {
            var answer = client.ask("stop", Json.object(), _ -> socket.close());

            assertThat(answer).isEqualTo(new Answer.Failed(Reply.GONE));
        }
    }

    @Test
    void aPathThatCannotBeIsToldInWords() {
        for (var path : List.of(directory.resolve("none/s"), Path.of("/" + "x".repeat(107)))) {
            assertThatThrownBy(() -> ControlSocket.open(path, ControlSocketTest::echo))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(path.toString());
        }
    }

    private static String line(Reader reader) throws IOException {
        var line = new StringBuilder();
        for (int c = reader.read(); c != '\n' && c != -1; c = reader.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private Path path() {
        return directory.resolve("s");
    }
}
