package junicorn.worker.http;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Throws at one of the calls that serving a request consists of: each call is a point that tells
/// [#at], and the point with the wanted number throws.
final class Faults {
    private final AtomicInteger points = new AtomicInteger();
    private volatile int wanted;
    private volatile String thrown = "";

    /// From now on the point of this number throws.
    void arm(int number) {
        thrown = "";
        points.set(0);
        wanted = number;
    }

    void disarm() {
        wanted = 0;
    }

    /// Where it threw; empty if there were not so many points.
    String thrown() {
        return thrown;
    }

    void at(String point) {
        int number = points.incrementAndGet();
        if (number == wanted) {
            thrown = point + " " + number;
            Faults.<RuntimeException>throwAny(kind(number));
        }
    }

    private static Throwable kind(int number) {
        return switch (number % 3) {
            case 0 -> new IllegalStateException("on purpose at " + number);
            case 1 -> new StackOverflowError("on purpose at " + number);
            default -> new NoClassDefFoundError("on purpose at " + number);
        };
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void throwAny(Throwable cause) throws T {
        throw (T) cause;
    }

    /// Before and after each call that the channel makes.
    HttpStream around(HttpStream stream) {
        return new Wrapped(stream);
    }

    private final class Wrapped extends HttpStream.Wrapper {
        Wrapped(HttpStream wrapped) {
            super(wrapped);
        }

        @Override
        public Content.@Nullable Chunk read() {
            at("before read");
            var chunk = super.read();
            at("after read");
            return chunk;
        }

        @Override
        public void demand() {
            at("before demand");
            super.demand();
            at("after demand");
        }

        @Override
        public void prepareResponse(HttpFields.Mutable headers) {
            at("prepareResponse");
            super.prepareResponse(headers);
        }

        @Override
        public void send(
                MetaData.@Nullable Request request,
                MetaData.@Nullable Response response,
                boolean last,
                @Nullable ByteBuffer content,
                Callback callback) {
            at("before send");
            super.send(request, response, last, content, callback);
            at("after send");
        }

        @Override
        public void succeeded() {
            at("before succeeded");
            super.succeeded();
            at("after succeeded");
        }

        @Override
        public void failed(Throwable cause) {
            at("before failed");
            super.failed(cause);
            at("after failed");
        }
    }
}
