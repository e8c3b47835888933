package junicorn.bench;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.ConcurrentLinkedDeque;

/// What a servlet does that asks a database: sends a byte to another process and waits, blocked in
/// a read from its socket, for the answer, which comes after 10 ms. Connections are pooled.
@WebServlet("/delay")
public final class DelayServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final int PORT = Integer.getInteger("bench.delay.port", 0);

    private final transient ConcurrentLinkedDeque<Socket> idle = new ConcurrentLinkedDeque<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var connection = idle.pollFirst();
        if (connection == null) {
            connection = new Socket(InetAddress.getLoopbackAddress(), PORT);
            connection.setTcpNoDelay(true);
        }
        connection.getOutputStream().write('?');
        if (connection.getInputStream().read() < 0) {
            throw new IOException("the delay server has closed the connection");
        }
        idle.addFirst(connection);
        response.setContentType("text/plain");
        response.setContentLength(Answers.HELLO.length);
        response.getOutputStream().write(Answers.HELLO);
    }
}
