package junicorn.master.table;

import java.util.LinkedHashMap;
import java.util.Map;

/// Why workers did not start. All of them run the same application, so a cause is told at length
/// once, and once more when many others have been seen meanwhile.
public final class Causes {
    private static final int KNOWN_MAX = 16;

    private final Map<String, Integer> slotByReason = new LinkedHashMap<>();

    /// The line for the log, with the stack if it is news.
    public String tell(int slot, String reason, String stack) {
        var known = slotByReason.get(reason);
        note(slot, reason);
        var what = "worker %d did not start: ".formatted(slot);
        if (known == null) {
            return what + reason + (stack.isBlank() ? "" : "\n" + stack.stripTrailing());
        }
        return what + "same cause as " + (known == slot ? "before" : "worker " + known);
    }

    /// Remembers what is told elsewhere.
    public void note(int slot, String reason) {
        if (slotByReason.size() == KNOWN_MAX) {
            slotByReason.clear();
        }
        slotByReason.putIfAbsent(reason, slot);
    }

    /// What hindered an older generation is news again when it hinders the next.
    public void forget() {
        slotByReason.clear();
    }

    public boolean areUnknown() {
        return slotByReason.isEmpty();
    }

    /// One line for the end.
    public String first() {
        return slotByReason.keySet().stream().findFirst().orElse("no cause is known");
    }
}
