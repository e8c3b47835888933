package junicorn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import junicorn.control.WorkerSettings;
import junicorn.worker.http.message.RequestObserver;
import org.junit.jupiter.api.Test;

class RecyclingTest {
    private final List<String> said = new ArrayList<>();
    private int counted;

    @Test
    void saysOnceThatItHasServedEnoughAndCountsOn() {
        var recycling = new Recycling(counter(), 3, ending());

        serve(recycling, 2);
        assertThat(said).isEmpty();
        serve(recycling, 4);

        assertThat(said).containsExactly("recycle: 3 requests");
        assertThat(counted).isEqualTo(6);
    }

    @Test
    void oneRequestIsTheEnd() {
        serve(new Recycling(counter(), 1, ending()), 1);

        assertThat(said).containsExactly("at once: 1 request");
    }

    @Test
    void jitterIsAddedUpToItsLimit() {
        for (int i = 0; i < 100; i++) {
            said.clear();
            var settings = new WorkerSettings.Recycling(10, 5, 0);

            var recycling = Recycling.of(settings, counter(), ending());
            serve(recycling, 9);
            assertThat(said).isEmpty();
            serve(recycling, 6);

            assertThat(said).singleElement().asString().matches("recycle: 1[0-5] requests");
        }
    }

    @Test
    void onlyOneWithoutJitterIsStrict() {
        assertThat(Recycling.isStrict(new WorkerSettings.Recycling(1, 0, 0))).isTrue();
        assertThat(Recycling.isStrict(new WorkerSettings.Recycling(1, 1, 0))).isFalse();
        assertThat(Recycling.isStrict(new WorkerSettings.Recycling(2, 0, 0))).isFalse();
        assertThat(Recycling.isStrict(WorkerSettings.Recycling.NONE)).isFalse();
    }

    private static void serve(Recycling recycling, int requests) {
        for (int i = 0; i < requests; i++) {
            recycling.requestEnded(recycling.requestBegan("GET", "/", "HTTP/1.1"));
        }
    }

    private RequestObserver counter() {
        return new RequestObserver() {
            @Override
            public int requestBegan(String method, String target, String version) {
                return 7;
            }

            @Override
            public void requestEnded(int ticket) {
                counted += ticket == 7 ? 1 : 0;
            }
        };
    }

    private Ending ending() {
        return new Ending() {
            @Override
            public void unfit(String reason) {
                said.add("unfit: " + reason);
            }

            @Override
            public void recycle(String reason) {
                said.add("recycle: " + reason);
            }

            @Override
            public void recycleAtOnce(String reason) {
                said.add("at once: " + reason);
            }

            @Override
            public void dying(String reason) {
                said.add("dying: " + reason);
            }
        };
    }
}
