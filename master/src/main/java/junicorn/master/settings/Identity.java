package junicorn.master.settings;

import junicorn.master.control.ControlPlace;

/// What operators are told of a server before all else, and what no reload changes.
///
/// @param control where operators ask
/// @param heir it takes the place of an older master
public record Identity(String version, long pid, boolean heir, ControlPlace control) {
    public static Identity of(MasterSettings settings, boolean heir) {
        return new Identity(
                settings.version(),
                ProcessHandle.current().pid(),
                heir,
                settings.files().control());
    }
}
