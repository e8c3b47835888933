package junicorn.worker.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// The client's end of a WebSocket (RFC 6455), small: frames out, frames in, nothing by itself.
final class WebSocketClient implements AutoCloseable {
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /// A frame that the server sent; its payload one char a byte.
    record Frame(int opcode, String payload) {
        /// The status code of a CLOSE, 1005 if it has none.
        int status() {
            return payload.length() < 2 ? 1005 : payload.charAt(0) * 256 + payload.charAt(1);
        }
    }

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;
    private String header = "";

    private WebSocketClient(InetSocketAddress server, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        }
        socket.connect(server, PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    static WebSocketClient open(InetSocketAddress server, String path, String... fields)
            throws IOException {
        return open(server, 0, path, fields);
    }

    /// @param receiveBuffer bytes that the kernel keeps for a client that does not read; 0 for its
    /// own choice
    static WebSocketClient open(
            InetSocketAddress server, int receiveBuffer, String path, String... fields)
            throws IOException {
        var client = new WebSocketClient(server, receiveBuffer);
        client.out.write(request(path, fields).getBytes(ISO_8859_1));
        client.header = client.readHeader();
        if (!client.header.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("no upgrade: " + client.header);
        }
        return client;
    }

    static String request(String path, String... fields) {
        return "GET "
                + path
                + " HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + (fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n")
                + "\r\n";
    }

    private String readHeader() throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the connection ended after: " + text);
            }
            text.append((char) octet);
        }
        return text.toString();
    }

    /// The header of the server's answer.
    String header() {
        return header;
    }

    WebSocketClient text(String message) throws IOException {
        return frame(TEXT, message);
    }

    /// A frame of at most 125 bytes, masked with zeros: as good as any for us.
    WebSocketClient frame(int opcode, String payload) throws IOException {
        var bytes = new byte[6 + payload.length()];
        bytes[0] = (byte) (0x80 | opcode);
        bytes[1] = (byte) (0x80 | payload.length());
        System.arraycopy(payload.getBytes(ISO_8859_1), 0, bytes, 6, payload.length());
        out.write(bytes);
        return this;
    }

    Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        var payload = in.readNBytes(length);
        boolean compressed = (first & 0x40) != 0;
        return new Frame(
                first & 0xf, new String(compressed ? inflated(payload) : payload, ISO_8859_1));
    }

    /// A message that needs nothing of those before it (RFC 7692, section 7.2.2).
    private static byte[] inflated(byte[] payload) throws IOException {
        var whole =
                new SequenceInputStream(
                        new ByteArrayInputStream(payload),
                        new ByteArrayInputStream(new byte[] {0, 0, -1, -1, 3, 0}));
        try (var inflater = new InflaterInputStream(whole, new Inflater(true))) {
            return inflater.readAllBytes();
        }
    }

    /// Answers the server's CLOSE, which must be what comes; its status code.
    int answerClose() throws IOException {
        var frame = read();
        if (frame.opcode() != CLOSE) {
            throw new IOException("not a CLOSE: opcode " + frame.opcode());
        }
        frame(CLOSE, frame.payload());
        return frame.status();
    }

    /// True when the server ended the connection in order.
    boolean ended() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
