package junicorn.scaling;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BusynessScalerTest {
    private final Scaling.Rule.Busyness rule =
            new Scaling.Rule.Busyness(25, 50, ofSeconds(3), 10, 33);
    private final Scaler scaler = new BusynessScaler(rule);
    private int second;
    private int wanted = 4;
    private int least = 1;

    @Test
    void oneMoreAWindowWhileTheWorkersAreTooBusy() {
        pass(9, 0.6, 0);

        assertThat(wanted).isEqualTo(7);
    }

    @Test
    void aPeakIsNoReasonWhenTheWindowAsAWholeIsNotBusy() {
        pass(1, 1.0, 0);
        pass(2, 0.2, 0);

        assertThat(wanted).isEqualTo(4);
    }

    @Test
    void whoStartsCountsAsFreeAndSoKeepsOthersFromStarting() {
        for (int times = 0; times < 6; times++) {
            ask(new Load(2, 2, 2, 0));
        }

        assertThat(wanted).isEqualTo(4);
    }

    @Test
    void oneFewerOnlyAfterTenCalmWindows() {
        pass(29, 0.1, 0);
        assertThat(wanted).isEqualTo(4);

        pass(1, 0.1, 0);
        assertThat(wanted).isEqualTo(3);

        pass(30, 0.1, 0);
        assertThat(wanted).isEqualTo(2);
    }

    @Test
    void calmWindowsCountNoMoreAfterThreeThatWereNeitherCalmNorBusy() {
        pass(27, 0.1, 0);
        pass(6, 0.4, 0);
        pass(3, 0.1, 0);
        assertThat(wanted).isEqualTo(3);

        pass(27, 0.1, 0);
        pass(9, 0.4, 0);
        pass(3, 0.1, 0);
        assertThat(wanted).isEqualTo(3);
    }

    @Test
    void aWorkerThatIsMissedSoonAfterItWentMakesTheNextGoLater() {
        pass(30, 0.1, 0);
        pass(3, 0.9, 0);
        assertThat(wanted).isEqualTo(4);

        pass(33, 0.1, 0);
        assertThat(wanted).isEqualTo(4);

        pass(3, 0.1, 0);
        assertThat(wanted).isEqualTo(3);
    }

    @Test
    void thePenaltyWearsOffWhenTheLoadKeepsGrowing() {
        pass(30, 0.1, 0);
        pass(9, 0.9, 0); // the first costs two windows, the next two give them back
        wanted = 4;

        pass(30, 0.1, 0);

        assertThat(wanted).isEqualTo(3);
    }

    @Test
    void whereNobodyCouldGoNobodyIsMissed() {
        least = 4;
        pass(30, 0.1, 0);
        pass(3, 0.9, 0);
        assertThat(wanted).isEqualTo(5);

        pass(30, 0.1, 0);

        assertThat(wanted).isEqualTo(4);
    }

    @Test
    void clientsThatWaitAreHelpedAtOnceAndTheHelperGoesSooner() {
        pass(1, 0.4, 34);
        assertThat(wanted).isEqualTo(5);
        pass(1, 0.4, 40);
        assertThat(wanted).isEqualTo(6);
        pass(1, 0.4, 0);

        pass(9, 0.1, 0);
        assertThat(wanted).isEqualTo(5);
        pass(9, 0.1, 0);
        assertThat(wanted).isEqualTo(4);
        pass(27, 0.1, 0);
        assertThat(wanted).isEqualTo(4);
    }

    @Test
    void aFewClientsThatAlwaysWaitAreHelpedOnceAMinute() {
        pass(60, 0.4, 2);
        assertThat(wanted).isEqualTo(4);

        pass(1, 0.4, 2);
        assertThat(wanted).isEqualTo(5);

        pass(60, 0.4, 2);
        assertThat(wanted).isEqualTo(5);
        pass(1, 0.4, 2);
        assertThat(wanted).isEqualTo(6);
    }

    private void pass(int seconds, double busyness, int waiting) {
        for (int times = 0; times < seconds; times++) {
            ask(new Load(wanted, 0, busyness * wanted, waiting));
        }
    }

    private void ask(Load load) {
        second++;
        wanted = Math.max(least, scaler.wanted(load, wanted, Duration.ofSeconds(second)));
    }
}
