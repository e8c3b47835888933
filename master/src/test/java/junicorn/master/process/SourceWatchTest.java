package junicorn.master.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import junicorn.master.loop.Event;
import junicorn.master.loop.Inbox;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SourceWatchTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    /// Long enough for several looks.
    private static final Duration WHILE = Duration.ofSeconds(1);

    private final Inbox inbox = new Inbox();
    @TempDir @Nullable Path directory;

    @Test
    void aChangedAddedOrRemovedFileBelowADirectoryIsAReload() throws Exception {
        var classes = Files.createDirectories(file("classes/shop"));
        Files.writeString(classes.resolve("A.class"), "one");
        try (var _ = new SourceWatch(List.of(file("classes")), inbox).start()) {
            awaitLook();

            Files.writeString(classes.resolve("A.class"), "other");
            assertThat(reload(SOON)).isTrue();
            Files.writeString(classes.resolve("B.class"), "new");
            assertThat(reload(SOON)).isTrue();
            Files.delete(classes.resolve("A.class"));
            assertThat(reload(SOON)).isTrue();
            assertThat(reload(WHILE)).isFalse();
        }
    }

    @Test
    void anArchiveCountsWhenItIsWhole() throws Exception {
        var war = file("shop.war");
        zip(war, "one");
        try (var _ = new SourceWatch(List.of(war), inbox).start()) {
            awaitLook();

            Files.writeString(war, "PK: half of it");
            assertThat(reload(WHILE)).isFalse();
            zip(war, "another");

            assertThat(reload(SOON)).isTrue();
        }
    }

    @Test
    void aFolderOfJarsIsWatchedForNewOnes() throws Exception {
        Files.createDirectories(file("lib"));
        zip(file("lib/a.jar"), "a");
        try (var _ = new SourceWatch(List.of(file("lib/*")), inbox).start()) {
            awaitLook();

            zip(file("lib/b.jar"), "b");

            assertThat(reload(SOON)).isTrue();
        }
    }

    /// The first look is what is served; it is over when a second one has found nothing new.
    private void awaitLook() throws InterruptedException {
        assertThat(reload(WHILE)).isFalse();
    }

    private boolean reload(Duration atMost) throws InterruptedException {
        var event = inbox.next(List::of, atMost);
        return event.isPresent() && event.get() instanceof Event.ReloadWanted;
    }

    private Path file(String name) {
        return Objects.requireNonNull(directory).resolve(name);
    }

    private static void zip(Path file, String content) throws IOException {
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry("content"));
            out.write(content.getBytes(UTF_8));
        }
    }
}
