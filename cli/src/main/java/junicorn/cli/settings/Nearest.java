package junicorn.cli.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Guesses which word was meant.
public final class Nearest {
    private Nearest() {}

    /// The known word with the fewest typing errors between, if they are few for its length.
    public static Optional<String> to(String word, List<String> known) {
        if (word.length() < 4) {
            return Optional.empty();
        }
        return known.stream()
                .filter(each -> errors(word, each) <= Math.max(2, each.length() / 4))
                .min(Comparator.comparingInt(each -> errors(word, each)));
    }

    /// Letters to add, drop, change or swap with their neighbour (Damerau and Levenshtein).
    private static int errors(String from, String to) {
        var cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                cost[i][j] =
                        Math.min(
                                Math.min(cost[i - 1][j], cost[i][j - 1]) + 1,
                                cost[i - 1][j - 1] + change);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[from.length()][to.length()];
    }
}
