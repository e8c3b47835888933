package junicorn.master.upgrade;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import junicorn.master.listen.Inheritance;
import junicorn.master.loop.Event;
import junicorn.master.loop.Inbox;

/// The old master that started this one, as long as it lives.
final class Elder {
    private final Line line;

    private Elder(Line line) {
        this.line = line;
    }

    static Elder of(Inheritance inheritance, Inbox inbox) {
        return new Elder(
                Line.open(
                        inheritance.line(),
                        Elder::heed,
                        Optional.of(new Event.ElderGone()),
                        inbox));
    }

    /// On the line's thread.
    private static Optional<Event> heed(String words) {
        return words.equals(Line.YOURS)
                ? Optional.of(new Event.ElderYielded())
                : Optional.empty(); // a word of a later version
    }

    /// This one serves.
    ///
    /// @param sockets of the old master, by their keys, that it has taken over
    void ready(Collection<String> sockets) {
        line.send(
                Line.READY
                        + sockets.stream()
                                .map(key -> " " + URLEncoder.encode(key, UTF_8))
                                .collect(Collectors.joining()));
    }
}
