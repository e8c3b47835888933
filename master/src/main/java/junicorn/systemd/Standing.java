package junicorn.systemd;

import java.util.Optional;

/// How the service stands, as far as its manager wants to know.
///
/// @param main this process is the one that stands for the service: not so long as an older master
///     does
/// @param handedTo the pid of the process that stands for it from now on
/// @param ready workers that serve
public record Standing(boolean main, Optional<Long> handedTo, Doing doing, int ready, int wanted) {
    /// What the service is about.
    public enum Doing {
        SERVING("serving"),
        RELOADING("reloading"),
        STOPPING("stopping");

        private final String words;

        Doing(String words) {
            this.words = words;
        }
    }

    String words() {
        var doing = doing() == Doing.SERVING && ready == 0 ? "starting" : doing().words;
        var who = doing() == Doing.RELOADING ? "new workers" : "workers"; // the old ones serve
        return "%s, %d of %d %s ready".formatted(doing, ready, wanted, who);
    }
}
