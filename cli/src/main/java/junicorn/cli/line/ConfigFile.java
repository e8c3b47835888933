package junicorn.cli.line;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import junicorn.cli.settings.Kind;
import junicorn.cli.settings.Misuse;
import junicorn.cli.settings.Nearest;
import junicorn.cli.settings.Said;
import junicorn.cli.settings.ServerSettings;
import junicorn.cli.settings.Setting;
import junicorn.cli.settings.Settings;
import junicorn.cli.settings.Source;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// The configuration file: TOML, with every setting under its long name. It says of each in which
/// line it stands; whether the values are right is the settings' affair.
///
/// @param name as it was written, for messages
public record ConfigFile(String name, Map<Setting<?>, Said> said) implements Source {
    /// Read where nobody names another.
    static final String DEFAULT = "junicorn.toml";

    /// More than anybody writes by hand, by far.
    private static final long BYTES_MAX = 1 << 20;

    /// @param wanted who names a file, if anybody does; one that is named must be there
    /// @return nothing if there is no file and need be none
    public static Optional<ConfigFile> find(Optional<Said> wanted, Path folder) {
        return find(wanted, folder, ConfigFile::said);
    }

    /// Who names a file, if anybody does.
    public static Optional<Said> named(Arguments given, Arguments variable) {
        return Stream.of(given, variable)
                .flatMap(place -> place.of(ServerSettings.CONFIG).stream())
                .findFirst();
    }

    private record Parsed(String name, TomlParseResult toml) {}

    private static Optional<ConfigFile> find(
            Optional<Said> wanted, Path folder, Function<Parsed, Map<Setting<?>, Said>> reading) {
        var name = wanted.map(said -> said.texts().getLast()).orElse(DEFAULT);
        var path = folder.resolve(name);
        if (wanted.isEmpty() && !Files.exists(path)) {
            return Optional.empty();
        }
        var parsed = read(name, path, wanted.map(said -> said.who() + " ").orElse(""));
        return Optional.of(new ConfigFile(name, reading.apply(parsed)));
    }

    /// What can be understood of a file with mistakes in it, and only of these settings.
    public static Optional<ConfigFile> understood(
            Optional<Said> wanted, Path folder, Set<Setting<?>> settings) {
        return find(wanted, folder, parsed -> said(parsed, settings));
    }

    @Override
    public Optional<Said> of(Setting<?> setting) {
        return Optional.ofNullable(said.get(setting));
    }

    private static Parsed read(String name, Path path, String who) {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isOther()) { // a FIFO would be read for ever
                throw new Misuse("%s%s is not a regular file".formatted(who, path));
            }
            if (attributes.size() > BYTES_MAX) {
                throw new Misuse("%s%s has more than 1m bytes".formatted(who, name));
            }
            return new Parsed(name, Toml.parse(Files.readString(path)));
        } catch (NoSuchFileException _) {
            throw new Misuse("%s%s: there is no such file".formatted(who, path));
        } catch (MalformedInputException _) {
            throw new Misuse("%s%s is not a text in UTF-8".formatted(who, name));
        } catch (IOException failed) {
            throw new Misuse(
                    "%s%s cannot be read: %s"
                            .formatted(who, path, String.valueOf(failed.getMessage())));
        }
    }

    private static Map<Setting<?>, Said> said(Parsed file) {
        for (var error : file.toml().errors()) {
            var words = String.valueOf(error.getMessage()).replaceAll("\\s+", " ");
            throw new Misuse(at(file.name(), error.position()) + words);
        }
        var said = new LinkedHashMap<Setting<?>, Said>();
        for (var key : file.toml().keySet()) {
            said(file, key, setting(where(file, key), key)).forEach(said::put);
        }
        return said;
    }

    private static Map<Setting<?>, Said> said(Parsed file, Set<Setting<?>> settings) {
        var said = new LinkedHashMap<Setting<?>, Said>();
        for (var setting : settings) {
            if (file.toml().keySet().contains(setting.name())) {
                try {
                    said.putAll(said(file, setting.name(), setting));
                } catch (Misuse _) {
                    said.remove(setting); // as if it said nothing
                }
            }
        }
        return said;
    }

    private static Map<Setting<?>, Said> said(Parsed file, String key, Setting<?> setting) {
        var where = where(file, key);
        var value = Objects.requireNonNull(file.toml().get(List.of(key)));
        var texts = texts(where, setting, value);
        var line = position(file, key).line();
        return texts.isEmpty() // a list of nothing says nothing
                ? Map.of()
                : Map.of(
                        setting,
                        new Said(texts, where + key, "%s:%d".formatted(file.name(), line)));
    }

    private static String where(Parsed file, String key) {
        return at(file.name(), position(file, key));
    }

    private static TomlPosition position(Parsed file, String key) {
        return Objects.requireNonNull(file.toml().inputPositionOf(List.of(key)));
    }

    private static Setting<?> setting(String where, String key) {
        for (var setting : Settings.ALL) {
            if (isNamed(setting, key)) {
                if (setting.isForTheCommandLine()) {
                    throw new Misuse("%s%s is for the command line only".formatted(where, key));
                }
                return setting;
            }
        }
        var names =
                Settings.ALL.stream()
                        .filter(setting -> !setting.isForTheCommandLine())
                        .map(Setting::name)
                        .toList();
        throw new Misuse(
                where
                        + Nearest.to(key, names)
                                .map(
                                        near ->
                                                "unknown key %s; did you mean %s?"
                                                        .formatted(key, near))
                                .orElse("unknown key %s; see junicorn --help".formatted(key)));
    }

    /// A table may have the plural: `[hooks]` holds several of them.
    private static boolean isNamed(Setting<?> setting, String key) {
        var name = setting.name();
        return name.equals(key) || (setting.kind().isNamed() && key.equals(name + "s"));
    }

    private static List<String> texts(String where, Setting<?> setting, Object value) {
        var name = setting.name();
        return switch (value) {
            case TomlTable table when setting.kind().isNamed() -> entries(where, setting, table);
            case TomlTable _ ->
                    throw new Misuse("%s%s is a value, not a table".formatted(where, name));
            case TomlArray array when setting.kind().repeatable() -> elements(where, name, array);
            case TomlArray _ ->
                    throw new Misuse("%s%s takes one value, not a list".formatted(where, name));
            case String text when setting.isFlag() ->
                    throw new Misuse(
                            "%s%s must be true or false, was '%s'".formatted(where, name, text));
            case Long _ when setting.isFlag() ->
                    throw new Misuse("%s%s must be true or false".formatted(where, name));
            case Long number when setting.kind().label().equals(Kind.MODE) ->
                    throw new Misuse(
                            "%s%s must be a text of octal digits like \"027\", was the number %d"
                                    .formatted(where, name, number));
            default -> List.of(text(where, name, value));
        };
    }

    private static List<String> elements(String where, String name, TomlArray array) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < array.size(); i++) {
            texts.add(text(where, name, array.get(i)));
        }
        return texts;
    }

    private static List<String> entries(String where, Setting<?> setting, TomlTable table) {
        var texts = new ArrayList<String>();
        for (var key : table.keySet()) {
            var value = Objects.requireNonNull(table.get(List.of(key)));
            var name = setting.name() + "." + key;
            var values =
                    value instanceof TomlArray array && setting.kind().label().equals(Kind.COMMAND)
                            ? elements(where, name, array)
                            : List.of(text(where, name, value));
            values.forEach(each -> texts.add(key + "=" + each));
        }
        return texts;
    }

    private static String text(String where, String name, Object value) {
        return switch (value) {
            case String text -> text;
            case Long number -> number.toString();
            case Boolean flag -> flag.toString();
            case Double number -> number.toString();
            default ->
                    throw new Misuse(
                            "%s%s must be a text, a number, true or false".formatted(where, name));
        };
    }

    private static String at(String name, TomlPosition position) {
        return "%s:%d:%d: ".formatted(name, position.line(), position.column());
    }
}
