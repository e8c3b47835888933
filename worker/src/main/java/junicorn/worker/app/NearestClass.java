package junicorn.worker.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What the operator may have meant by the name of a class that is not there.
final class NearestClass {
    /// One letter in three may be wrong, or it is another class.
    private static final int LETTERS_PER_ERROR = 3;

    private record Candidate(String name, int distance) {}

    private NearestClass() {}

    /// A class of the class path: one of the same simple name in whatever package, else one whose
    /// name is written nearly so.
    static Optional<String> to(String name, List<Path> classPath) {
        return names(classPath).stream()
                .map(candidate -> new Candidate(candidate, distance(name, candidate)))
                .filter(near -> near.distance() <= name.length() / LETTERS_PER_ERROR)
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    private static int distance(String wanted, String candidate) {
        return simple(wanted).equalsIgnoreCase(simple(candidate)) ? 0 : edits(wanted, candidate);
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /// Letters to add, drop or replace (Levenshtein).
    private static int edits(String from, String to) {
        var row = new int[to.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[row.length - 1];
    }

    private static List<String> names(List<Path> classPath) {
        var names = new ArrayList<String>();
        ClassFiles.each(classPath, (name, _) -> names.add(name));
        return names;
    }
}
