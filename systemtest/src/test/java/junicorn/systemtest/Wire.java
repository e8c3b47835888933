package junicorn.systemtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// One raw connection of a client, TCP or Unix: bytes out, answers in. Every wait of it has a
/// deadline.
final class Wire implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SocketChannel channel;
    private final ByteBuffer input = ByteBuffer.allocate(16 * 1024).limit(0);
    private long deadline = System.nanoTime() + PATIENCE.toNanos();

    private Wire(SocketChannel channel) {
        this.channel = channel;
    }

    static Wire to(SocketAddress address) throws IOException {
        return to(address, PATIENCE);
    }

    static Wire to(SocketAddress address, Duration patience) throws IOException {
        var wire = new Wire(open(address));
        try {
            wire.within(patience).connect(address);
            return wire;
        } catch (IOException refused) {
            wire.close();
            throw refused;
        }
    }

    /// From now on, all waits together may take this long.
    Wire within(Duration patience) {
        deadline = System.nanoTime() + patience.toNanos();
        return this;
    }

    Wire send(String bytes) throws IOException {
        return send(bytes.getBytes(ISO_8859_1));
    }

    Wire send(byte[] bytes) throws IOException {
        var rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            if (channel.write(rest) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
        return this;
    }

    Wire get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n");
    }

    /// The next answer of the connection; an EOFException says how far a short one came.
    Answer answer() throws IOException {
        return new AnswerReader(this).read();
    }

    /// Up to the end of the stream, whatever it is.
    String rest() throws IOException {
        var all = new ByteArrayOutputStream();
        for (int octet = read(); octet >= 0; octet = read()) {
            all.write(octet);
        }
        return all.toString(ISO_8859_1);
    }

    /// Up to and with these bytes, whatever comes before them.
    String until(String end) throws IOException {
        var all = new StringBuilder();
        while (all.indexOf(end) < 0) {
            int octet = read();
            if (octet < 0) {
                throw new EOFException("it ended after " + all);
            }
            all.append((char) octet);
        }
        return all.toString();
    }

    /// Waits for the end: true when the connection ends, or is reset, without a byte of answer.
    boolean endsWithoutAnswer() throws IOException {
        try {
            return read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            throw stillOpen;
        } catch (IOException reset) {
            return true;
        }
    }

    /// Whether the other side has ended it by now; does not wait.
    boolean hasEnded() throws IOException {
        if (input.hasRemaining()) {
            return false;
        }
        input.clear();
        try {
            return channel.read(input) < 0;
        } finally {
            input.flip();
        }
    }

    /// The next byte, or -1 at the end of the stream.
    int read() throws IOException {
        if (!input.hasRemaining() && !fill()) {
            return -1;
        }
        return input.get() & 0xff;
    }

    /// Says goodbye in this direction only.
    Wire shutdownOutput() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    /// Breaks the connection off with a reset: what is under way is lost (TCP only).
    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void connect(SocketAddress address) throws IOException {
        channel.configureBlocking(false);
        if (!channel.connect(address)) {
            while (!channel.finishConnect()) {
                await(SelectionKey.OP_CONNECT);
            }
        }
    }

    private boolean fill() throws IOException {
        input.clear();
        try {
            while (true) {
                int count = channel.read(input);
                if (count != 0) {
                    return count > 0;
                }
                await(SelectionKey.OP_READ);
            }
        } finally {
            input.flip();
        }
    }

    private void await(int operation) throws IOException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("nothing came in time");
        }
        try (var selector = Selector.open()) {
            channel.register(selector, operation);
            selector.select(millis);
        }
    }

    private static SocketChannel open(SocketAddress address) throws IOException {
        return address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
    }
}
