package junicorn.worker.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import junicorn.api.WorkerClass;
import junicorn.api.WorkerContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkerClassesTest {
    private static final ClassLoader LOADER = WorkerClassesTest.class.getClassLoader();

    /// Does nothing, by its own name.
    public static class Idle implements WorkerClass {
        @Override
        public String name() {
            return "acme.idle";
        }

        @Override
        public void start(WorkerContext context) {}

        @Override
        public void accept() {}

        @Override
        public void drain() {}

        @Override
        public void await() {}

        @Override
        public void close() {}
    }

    /// Cannot be made by the server.
    public static final class Demanding extends Idle {
        public Demanding(String wish) {
            assertThat(wish).isNotNull();
        }
    }

    @Test
    void aClassIsFoundByItsName() throws Exception {
        assertThat(WorkerClasses.make(Idle.class.getName(), LOADER)).isInstanceOf(Idle.class);
    }

    @Test
    void aServiceIsFoundByTheNameItGivesItself(@TempDir Path root) throws Exception {
        try (var loader = announcing(root, Idle.class.getName())) {
            assertThat(WorkerClasses.make("acme.idle", loader)).isInstanceOf(Idle.class);
        }
    }

    @Test
    void whatIsNoWorkerClassIsRefusedInWords(@TempDir Path root) throws Exception {
        assertRefused("no.such.Thing", LOADER, "there is no worker class no.such.Thing");
        assertRefused("java.lang.String", LOADER, "must implement junicorn.api.WorkerClass");
        assertRefused(WorkerClass.class.getName(), LOADER, "must be public and not abstract");
        assertRefused(Demanding.class.getName(), LOADER, "has no public constructor");
        try (var loader = announcing(root, "no.such.Thing")) {
            assertRefused("acme.idle", loader, "META-INF/services is wrong");
        }
    }

    private static void assertRefused(String name, ClassLoader loader, String words) {
        assertThatThrownBy(() -> WorkerClasses.make(name, loader))
                .isInstanceOf(NoWorkerClass.class)
                .hasMessageContaining(words);
    }

    private static URLClassLoader announcing(Path root, String type) throws IOException {
        var services = Files.createDirectories(root.resolve("META-INF/services"));
        Files.writeString(services.resolve(WorkerClass.class.getName()), type);
        return new URLClassLoader(new URL[] {root.toUri().toURL()}, LOADER);
    }
}
