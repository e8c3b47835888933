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
final class OldMaster {
    private final UpgradeChannel line;

    private OldMaster(UpgradeChannel line) {
        this.line = line;
    }

    static OldMaster of(Inheritance inheritance, Inbox inbox) {
        return new OldMaster(
                UpgradeChannel.open(
                        inheritance.line(),
                        OldMaster::heed,
                        Optional.of(new Event.OldMasterGone()),
                        inbox));
    }

    /// On the line's thread.
    private static Optional<Event> heed(String words) {
        return words.equals(UpgradeChannel.YOURS)
                ? Optional.of(new Event.OldMasterYielded())
                : Optional.empty(); // a word of a later version
    }

    /// This one serves.
    ///
    /// @param sockets of the old master, by their keys, that it has taken over
    void ready(Collection<String> sockets) {
        line.send(
                UpgradeChannel.READY
                        + sockets.stream()
                                .map(key -> " " + URLEncoder.encode(key, UTF_8))
                                .collect(Collectors.joining()));
    }
}
