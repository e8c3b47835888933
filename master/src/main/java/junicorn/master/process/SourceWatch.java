package junicorn.master.process;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import junicorn.master.loop.Event;
import junicorn.master.loop.Inbox;
import junicorn.master.settings.JarFolder;

/// For development: sees that classes, jars or the WAR have changed, and asks for a reload when
/// whoever writes them has come to rest.
///
/// It looks at times and sizes of all files, and needs no notice from the kernel, which mounts of
/// containers and networks do not give.
public final class SourceWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SourceWatch.class.getName());

    /// Between two looks. What has not changed from one to the next is at rest.
    private static final Duration LOOK = Duration.ofMillis(400);

    private final List<Path> sources;
    private final Inbox inbox;
    private final Thread thread;

    private record Stamp(long modifiedMillis, long bytes) {}

    private record Seen(SortedMap<Path, Stamp> files) {
        /// The first file that is another than before, for the log.
        Path firstChange(Seen before) {
            for (var entry : files.entrySet()) {
                if (!entry.getValue().equals(before.files().get(entry.getKey()))) {
                    return entry.getKey();
                }
            }
            var gone = new TreeMap<>(before.files());
            gone.keySet().removeAll(files.keySet());
            return gone.firstKey();
        }
    }

    /// @param sources directories with all below them, and files; `DIR/*` are the jars of a folder
    public SourceWatch(List<Path> sources, Inbox inbox) {
        this.sources = sources.stream().map(SourceWatch::place).toList();
        this.inbox = inbox;
        this.thread = Thread.ofPlatform().name("source watch").daemon().unstarted(this::run);
    }

    private static Path place(Path source) {
        var folder = source.getParent();
        return JarFolder.is(source) && folder != null ? folder : source;
    }

    public SourceWatch start() {
        if (!sources.isEmpty()) {
            thread.start();
        }
        return this;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            var served = look();
            var last = served;
            while (true) {
                Thread.sleep(LOOK);
                var now = look();
                if (now.equals(last) && !now.equals(served) && isWhole()) {
                    var change = now.firstChange(served);
                    served = now;
                    inbox.add(new Event.ReloadWanted("changed=" + change));
                }
                last = now;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private Seen look() {
        var files = new TreeMap<Path, Stamp>();
        for (var source : sources) {
            try {
                Files.walkFileTree(source, new Look(files));
            } catch (IOException gone) { // it is being replaced: the next look sees more
                LOG.log(Level.DEBUG, () -> "cannot look at " + source + ": " + gone);
            }
        }
        return new Seen(files);
    }

    private static final class Look extends SimpleFileVisitor<Path> {
        private final Map<Path, Stamp> files;

        private Look(Map<Path, Stamp> files) {
            this.files = files;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            var modified = attributes.lastModifiedTime().toMillis();
            files.put(file, new Stamp(modified, attributes.size()));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }

    /// An archive that is half written is no zip file yet.
    private boolean isWhole() {
        return sources.stream().filter(SourceWatch::isArchive).allMatch(SourceWatch::opens);
    }

    private static boolean isArchive(Path source) {
        var name = source.toString();
        return (name.endsWith(".war") || name.endsWith(".jar")) && !Files.isDirectory(source);
    }

    private static boolean opens(Path archive) {
        try (var _ = new ZipFile(archive.toFile())) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
