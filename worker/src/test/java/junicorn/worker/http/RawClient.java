package junicorn.worker.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;

/// A client that knows nothing of HTTP but how to tell where an answer ends: bytes out, answers in.
public final class RawClient implements AutoCloseable {
    /// How the server ended the connection.
    enum End {
        /// In order (FIN).
        EOF,
        /// Broken off (RST): an answer may have been lost.
        RESET
    }

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;

    public RawClient(InetSocketAddress server) throws IOException {
        this(server, 0);
    }

    /// @param receiveBuffer bytes that the kernel keeps for a client that does not read; 0 for its
    /// own choice
    public RawClient(InetSocketAddress server, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        }
        socket.connect(server, PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        out = socket.getOutputStream();
    }

    /// Sends the text, one byte a char.
    RawClient send(String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        return this;
    }

    /// Sends a GET that keeps the connection, and reads the answer.
    public Answer get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n").answer();
    }

    RawClient half() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    Answer answer() throws IOException {
        return new AnswerReader(in).read(false);
    }

    Answer answerToHead() throws IOException {
        return new AnswerReader(in).read(true);
    }

    /// One byte, or -1.
    int read() throws IOException {
        return in.read();
    }

    /// Reads to the end; how that came. Whatever comes before it is an error.
    End end() throws IOException {
        try {
            int octet = in.read();
            if (octet < 0) {
                return End.EOF;
            }
            throw new IOException("more came: " + (char) octet + new String(rest(), ISO_8859_1));
        } catch (SocketException e) {
            return End.RESET;
        }
    }

    private byte[] rest() throws IOException {
        return in.readNBytes(Math.min(in.available(), 200));
    }

    /// True if nothing more is there now.
    boolean quiet() throws IOException {
        return in.available() == 0;
    }

    /// Breaks off with RST.
    void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
