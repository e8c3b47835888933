package junicorn.master.settings;

import junicorn.master.control.ControlPlace;

/// What operators are told of a server before all else, and what no reload changes.
///
/// @param control where operators ask
/// @param newMaster it takes the place of an older master
public record Identity(String version, long pid, boolean newMaster, ControlPlace control) {
    public static Identity of(MasterSettings settings, boolean newMaster) {
        return new Identity(
                settings.version(),
                ProcessHandle.current().pid(),
                newMaster,
                settings.files().control());
    }
}
