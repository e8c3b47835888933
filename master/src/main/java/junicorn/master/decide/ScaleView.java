package junicorn.master.decide;

import java.time.Duration;
import junicorn.scaling.Load;

/// How the number of workers comes about, for whoever asks.
///
/// @param rule `fixed`, `idle` or `busyness`
/// @param least by the operator's word
/// @param most that there may be
/// @param load when it was looked at last; nothing with `fixed`
/// @param timesAtMost how often the load began to call for more than `most`
/// @param timeAtMost how long it did so, altogether
public record ScaleView(
        String rule,
        int least,
        int wanted,
        int most,
        Load load,
        long timesAtMost,
        Duration timeAtMost) {}
