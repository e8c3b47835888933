package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Forms that cannot be read cost their own request and nothing else, in any worker class.
@SystemTest
final class FailingUploadTest {
    @ParameterizedTest
    @ValueSource(strings = {"sync", "gthread", "virtual", "async"})
    void aWorkerServesOnAfterUploadsThatCannotBeRead(String workerClass) throws Exception {
        try (var server = new Launch().with("-k", workerClass).start()) {
            new Mischief(server.address()).failingUploads(6);

            assertThat(server.get("/echo?token=a").body()).startsWith("a ");
            server.awaitWorker(0, view -> view.busy() == 0);
            assertThat(server.err().text()).doesNotContain("unfit");
        }
    }
}
