package junicorn.scaling;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdleScalerTest {
    private final Scaler scaler = new IdleScaler(new Scaling.Rule.Idle(2, 4));

    @Test
    void wantsMoreAndMoreWhileTooFewAreFreeAndBeginsWithOne() {
        var wishes = new ArrayList<Integer>();
        var wanted = 1;
        for (int second = 0; second < 8; second++) {
            wanted = scaler.wanted(allBusy(wanted), wanted, ofSeconds(second));
            wishes.add(wanted);
        }

        assertThat(wishes).isEqualTo(List.of(2, 4, 8, 16, 32, 64, 96, 128));
    }

    @Test
    void beginsWithOneAgainAfterAPause() {
        scaler.wanted(allBusy(5), 5, ofSeconds(1));
        scaler.wanted(allBusy(6), 6, ofSeconds(2));

        var calm = scaler.wanted(new Load(8, 0, 5, 0), 8, ofSeconds(3));
        var again = scaler.wanted(allBusy(8), 8, ofSeconds(4));

        assertThat(calm).isEqualTo(8);
        assertThat(again).isEqualTo(9);
    }

    @Test
    void aWorkerThatStartsCountsAsFree() {
        assertThat(scaler.wanted(new Load(3, 2, 3, 0), 5, ofSeconds(1))).isEqualTo(5);
        assertThat(scaler.wanted(new Load(3, 1, 3, 0), 4, ofSeconds(2))).isEqualTo(5);
    }

    @Test
    void takesOneAwayASecondWhileTooManyAreFree() {
        assertThat(scaler.wanted(new Load(20, 0, 1, 0), 20, ofSeconds(1))).isEqualTo(19);
        assertThat(scaler.wanted(new Load(19, 0, 1, 0), 19, ofSeconds(2))).isEqualTo(18);
        assertThat(scaler.wanted(new Load(5, 0, 1, 0), 5, ofSeconds(3))).isEqualTo(5);
    }

    @Test
    void partsOfWorkersAddUp() {
        assertThat(scaler.wanted(new Load(4, 0, 2.1, 0), 4, ofSeconds(1))).isEqualTo(5);
        assertThat(scaler.wanted(new Load(5, 0, 0.9, 0), 5, ofSeconds(2))).isEqualTo(4);
    }

    @Test
    void betweenTheTwoThereMustBeRoom() {
        assertThatThrownBy(() -> new Scaling.Rule.Idle(3, 3)).hasMessageContaining("were 3 and 3");
    }

    private static Load allBusy(int workers) {
        return new Load(workers, 0, workers, 0);
    }
}
