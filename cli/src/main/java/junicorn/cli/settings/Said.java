package junicorn.cli.settings;

import java.util.List;

/// What one place says of a setting.
///
/// @param texts as they would be written on the command line, one for each time
/// @param who begins a complaint: `--workers`, or `junicorn.toml:4:1: workers`
/// @param origin for `--print-config`: `command line`, or `junicorn.toml:4`
public record Said(List<String> texts, String who, String origin) {
    public Said {
        texts = List.copyOf(texts);
    }
}
