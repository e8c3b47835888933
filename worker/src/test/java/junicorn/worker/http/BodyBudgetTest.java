package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BodyBudgetTest {
    private final List<String> seen = new ArrayList<>();
    private final BodyBudget budget = new BodyBudget(100);

    private BodyBudget.Waiting waiting(String name) {
        return new BodyBudget.Waiting() {
            @Override
            public void roomCame(long bytes) {
                seen.add(name + " " + bytes);
            }

            @Override
            public void roomDidNotCome() {
                seen.add(name + " late");
            }
        };
    }

    @Test
    void noMoreIsTakenThanThereIs() {
        assertThat(budget.take(60)).isTrue();
        assertThat(budget.take(41)).isFalse();
        assertThat(budget.take(40)).isTrue();
        assertThat(budget.left()).isZero();
    }

    @Test
    void roomThatIsGivenBackGoesToTheFirstInLine() {
        budget.take(100);
        budget.await(waiting("a"), 50, 1);
        budget.await(waiting("b"), 50, 1);
        budget.await(waiting("c"), 50, 1);

        budget.give(100);

        assertThat(seen).containsExactly("a 50", "b 50");
        assertThat(budget.left()).isZero();
    }

    @Test
    void roomThatCameInBetweenIsNotMissed() {
        budget.await(waiting("a"), 100, 1);

        assertThat(seen).containsExactly("a 100");
    }

    @Test
    void whoWaitedTooLongIsLetGoAndDoesNotHoldUpTheNext() {
        budget.take(60);
        budget.await(waiting("large"), 50, 10);
        budget.await(waiting("small"), 40, 20);

        budget.sweep(9);
        assertThat(seen).isEmpty();
        budget.sweep(10);

        assertThat(seen).containsExactly("large late", "small 40");
        budget.give(100);
        assertThat(budget.left()).isEqualTo(100);
    }
}
