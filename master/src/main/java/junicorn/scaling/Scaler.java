package junicorn.scaling;

import java.time.Duration;

/// Says how many workers a load calls for. It knows neither the least nor the most that there may
/// be: who asks it bounds what it says. It is asked once a second, and remembers what it saw.
public sealed interface Scaler permits IdleScaler, BusynessScaler {
    /// @param wanted as of now
    /// @param now on a clock that only goes forward
    int wanted(Load load, int wanted, Duration now);
}
