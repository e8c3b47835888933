package junicorn.master.control;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import junicorn.os.Sockets;

/// One client of the control socket: reads its questions, one after the other, and sends what is
/// answered. A thread of its own; it owns the descriptor.
final class Connection {
    /// Between two questions.
    private static final Duration IDLE = Duration.ofMinutes(5);

    /// For a client that does not read.
    private static final Duration SEND = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(Connection.class.getName());

    private final int fd;
    private final LineStream lines;
    private final ControlSocket.Inbox inbox;
    private final Consumer<Connection> ended;
    private boolean open = true; // guarded by this
    private Optional<Reply> owed = Optional.empty(); // guarded by this
    private boolean leaving; // guarded by this

    Connection(int fd, ControlSocket.Inbox inbox, Consumer<Connection> ended) {
        this.fd = fd;
        this.inbox = inbox;
        this.ended = ended;
        lines = new LineStream(fd);
    }

    void start() {
        var thread = new Thread(null, this::run, "control-client", ControlSocket.STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
    }

    /// Instead of [#start].
    void refuse(String error) {
        tell(error, Duration.ZERO);
        close();
    }

    private void tell(String error, Duration patience) {
        lines.write(Json.object().put("ok", false).put("error", error).toString(), patience);
    }

    /// Ends it as soon as the answer that is owed is sent; if nobody has given one yet, there will
    /// be none.
    synchronized void noMoreQuestions() {
        leaving = true;
        if (owed.isPresent()) {
            owed.get().failed(Reply.GONE);
        } else if (open) {
            Sockets.shutdownWrite(fd); // it closes, and so wakes our thread
        }
    }

    private void run() {
        try {
            var more = true;
            while (more) {
                var line = lines.read(IDLE);
                more = line.isPresent() && answer(line.get());
            }
        } catch (IOException endless) { // no more can be told apart
            tell("not a question: " + endless.getMessage(), SEND);
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "a question on the control socket failed", failed);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            close();
            ended.accept(this);
        }
    }

    /// @return whether another question may follow
    private boolean answer(String line) throws InterruptedException {
        var reply = new Reply();
        if (!begin(reply)) {
            return false;
        }
        var question = question(line, reply);
        if (question.isPresent()) {
            inbox.put(question.get());
        }
        return send(reply) && goesOn();
    }

    private static Optional<Question> question(String line, Reply reply) {
        try {
            var json = Json.parse(line);
            return Optional.of(new Question(json.text("verb"), json.object("arguments"), reply));
        } catch (IOException wrong) {
            reply.failed("not a question: " + firstLine(wrong));
            return Optional.empty();
        }
    }

    private static String firstLine(IOException wrong) {
        return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    }

    private boolean send(Reply reply) throws InterruptedException {
        while (true) {
            var next = reply.next();
            if (!lines.write(next.text().get().toString(), SEND)) {
                return false;
            }
            if (next.last()) {
                return true;
            }
        }
    }

    private synchronized boolean begin(Reply reply) {
        owed = leaving ? Optional.empty() : Optional.of(reply);
        return owed.isPresent();
    }

    private synchronized boolean goesOn() {
        owed = Optional.empty();
        return !leaving;
    }

    private synchronized void close() {
        if (open) {
            open = false;
            Sockets.close(fd);
        }
    }
}
