package junicorn.control;

import java.util.ArrayList;
import java.util.List;

/// The requests that a worker sends to itself before it says that it is ready.
///
/// @param strict whether one that fails makes the start fail
public record WarmUp(List<Shot> shots, boolean strict) {
    /// No requests.
    public static final WarmUp NONE = new WarmUp(List.of(), false);

    /// One request, some times.
    ///
    /// @param target of the request line: a path, perhaps with a query
    public record Shot(String target, int times) {}

    public WarmUp {
        shots = List.copyOf(shots);
    }

    void into(Fields fields) {
        fields.put("warmUp", shots.size()).put("warmUp.strict", strict);
        for (int i = 0; i < shots.size(); i++) {
            fields.put("warmUp." + i + ".target", shots.get(i).target());
            fields.put("warmUp." + i + ".times", shots.get(i).times());
        }
    }

    static WarmUp of(Fields fields) {
        var shots = new ArrayList<Shot>();
        for (int i = 0; i < fields.count("warmUp"); i++) {
            shots.add(
                    new Shot(
                            fields.text("warmUp." + i + ".target"),
                            fields.count("warmUp." + i + ".times")));
        }
        return new WarmUp(shots, fields.flag("warmUp.strict"));
    }
}
