package junicorn.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// What a peer is told on its command line: `PORT THREADS [PATH=CLASS...]`, where THREADS is a
/// number, `virtual` or `default`.
record Peer(int port, OptionalInt threads, boolean virtual, List<Served> servlets) {
    /// As many as any part of the comparison opens, and some to spare.
    static final int CONNECTIONS_MAX = 20_000;

    /// Where junicorn listens with its own default, so that a burst of connects meets all alike.
    static final int BACKLOG = 2_048;

    /// Idle connections stay as long as a comparison may take.
    static final int IDLE_MILLIS = 600_000;

    record Served(String path, String servlet) {}

    static Peer of(String[] arguments) {
        var servlets = new ArrayList<Served>();
        for (int i = 2; i < arguments.length; i++) {
            var equals = arguments[i].indexOf('=');
            servlets.add(
                    new Served(
                            arguments[i].substring(0, equals), arguments[i].substring(equals + 1)));
        }
        var threads = arguments[1];
        var counted = !threads.equals("virtual") && !threads.equals("default");
        return new Peer(
                Integer.parseInt(arguments[0]),
                counted ? OptionalInt.of(Integer.parseInt(threads)) : OptionalInt.empty(),
                threads.equals("virtual"),
                List.copyOf(servlets));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
