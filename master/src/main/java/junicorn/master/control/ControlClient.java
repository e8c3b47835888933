package junicorn.master.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.function.Consumer;

/// The operator's side of the control socket. Waits for each answer as long as it takes.
public final class ControlClient implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader reader;

    private ControlClient(SocketChannel channel) {
        this.channel = channel;
        reader = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), UTF_8));
    }

    /// How a question was answered.
    public sealed interface Answer {
        record Done(Json data) implements Answer {}

        /// @param error in words for the operator
        record Failed(String error) implements Answer {}

        /// The server ended without a word.
        record Silence() implements Answer {}
    }

    /// @throws IOException if nobody listens there, or nobody that we may speak to
    public static ControlClient connect(Path path) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            return new ControlClient(channel);
        } catch (IOException | IllegalArgumentException failed) {
            channel.close();
            throw new IOException(String.valueOf(failed.getMessage()), failed);
        }
    }

    /// @param progress is told what the server says meanwhile
    public Answer ask(String verb, Json arguments, Consumer<String> progress) throws IOException {
        var question = Json.object().put("verb", verb).put("arguments", arguments);
        var bytes = ByteBuffer.wrap((question + "\n").getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            var said = Json.parse(line);
            if (said.has("ok")) {
                return said.flag("ok")
                        ? new Answer.Done(said.object("data"))
                        : new Answer.Failed(said.text("error"));
            }
            progress.accept(said.text("progress"));
        }
        return new Answer.Silence();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
