package junicorn.cli.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import junicorn.cli.settings.Misuse;
import junicorn.cli.settings.ServerSettings;
import junicorn.cli.settings.Values;
import junicorn.control.WorkerSettings;
import junicorn.master.settings.WorkerCommand;
import junicorn.os.Identity;
import junicorn.os.Users;
import junicorn.os.Users.User;

/// Whose rights workers have, as `--user` and `--group` say.
///
/// @param identity empty where they are ours
/// @param environment what tells programs who they are
record Rights(Optional<Identity> identity, Map<String, String> environment) {
    private static final Rights OURS = new Rights(Optional.empty(), Map.of());

    static Rights of(Values values) {
        var user = values.find(ServerSettings.USER).map(name -> user(values, name));
        var group = values.find(ServerSettings.GROUP).map(name -> group(values, name));
        if (user.isEmpty() && group.isEmpty()) {
            return OURS;
        }
        var me = Users.me();
        if (me != 0) {
            if (group.isEmpty() && user.orElseThrow().uid() == me) {
                return OURS;
            }
            var setting = user.isPresent() ? ServerSettings.USER : ServerSettings.GROUP;
            throw new Misuse(
                    "%s: only root can start workers as somebody else, this is user %d"
                            .formatted(values.blame(setting), me));
        }
        return user.map(one -> of(one, group)).orElseGet(() -> ofGroup(group.orElseThrow()));
    }

    private static Rights of(User user, Optional<Integer> group) {
        int gid = group.orElse(user.gid());
        var groups = user.name().isEmpty() ? List.of(gid) : Users.groups(user.name(), gid);
        return new Rights(
                Optional.of(new Identity(user.uid(), gid, groups)),
                user.name().isEmpty()
                        ? Map.of()
                        : Map.of(
                                "HOME", user.home(),
                                "USER", user.name(),
                                "LOGNAME", user.name()));
    }

    private static Rights ofGroup(int gid) {
        return new Rights(Optional.of(new Identity(0, gid, List.of(gid))), Map.of());
    }

    /// A number need not be in the database; it then needs a group.
    private static User user(Values values, String name) {
        var number = number(name);
        var user = number.isPresent() ? Users.numbered(number.get()) : Users.named(name);
        if (user.isEmpty() && number.isPresent() && values.find(ServerSettings.GROUP).isPresent()) {
            return new User("", number.get(), 0, "");
        }
        return user.orElseThrow(
                () ->
                        new Misuse(
                                "%s: there is no such user%s"
                                        .formatted(
                                                values.blame(ServerSettings.USER),
                                                number.isPresent()
                                                        ? "; with --group it may be any number"
                                                        : "")));
    }

    private static int group(Values values, String name) {
        return number(name)
                .or(() -> Users.group(name))
                .orElseThrow(
                        () ->
                                new Misuse(
                                        values.blame(ServerSettings.GROUP)
                                                + ": there is no such group"));
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    /// A worker that cannot even read its own code says so in riddles; this asks before.
    void requireReadable(Values values, WorkerCommand command, WorkerSettings.Hosted hosted) {
        if (identity.isEmpty()) {
            return;
        }
        var paths = new ArrayList<Path>();
        paths.add(command.java());
        paths.addAll(command.modulePath());
        paths.addAll(command.classPath());
        paths.add(values.folder());
        var application = Path.of(hosted.application());
        (application.isAbsolute() ? List.of(application) : hosted.classPath())
                .stream().filter(Files::exists).forEach(paths::add);
        var unreadable = identity.get().firstUnreadable(paths);
        if (unreadable.isPresent()) {
            throw new Misuse(
                    "--user, --group: the workers' user %d may not read %s, or a folder above it"
                            .formatted(identity.get().uid(), unreadable.get()));
        }
    }

    /// A file that is not there is made for its user.
    boolean mayWrite(Path file) {
        if (identity.isEmpty()) {
            return Files.isWritable(Files.exists(file) ? file : file.resolveSibling("."));
        }
        try {
            if (!Files.exists(file)) {
                Files.createFile(file);
                Files.setAttribute(
                        file, "unix:gid", identity.get().gid(), LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(
                        file, "unix:uid", identity.get().uid(), LinkOption.NOFOLLOW_LINKS);
            }
            return identity.get().mayWrite(file);
        } catch (IOException _) { // said by the caller
            return false;
        }
    }
}
