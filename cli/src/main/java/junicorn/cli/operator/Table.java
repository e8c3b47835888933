package junicorn.cli.operator;

import java.util.ArrayList;
import java.util.List;

/// Columns of text, as wide as they must be. A title that begins with `>` has its column aligned to
/// the right; the last column may be as long as it likes.
final class Table {
    private static final String GAP = "  ";

    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... titles) {
        this.titles = List.of(titles);
    }

    Table row(String... cells) {
        if (cells.length != titles.size()) {
            throw new IllegalArgumentException("%d cells".formatted(cells.length));
        }
        rows.add(List.of(cells));
        return this;
    }

    /// Without columns in which no row has anything.
    String text(String indent) {
        var lines = new ArrayList<StringBuilder>();
        for (int i = 0; i <= rows.size(); i++) {
            lines.add(new StringBuilder(indent));
        }
        for (int column = 0; column < titles.size(); column++) {
            append(column, lines);
        }
        var text = new StringBuilder();
        lines.forEach(line -> text.append(line.toString().stripTrailing()).append('\n'));
        return text.toString();
    }

    private void append(int column, List<StringBuilder> lines) {
        var right = titles.get(column).startsWith(">");
        var cells = new ArrayList<String>(List.of(titles.get(column).substring(right ? 1 : 0)));
        rows.forEach(row -> cells.add(row.get(column)));
        if (cells.stream().skip(1).allMatch(String::isEmpty)) {
            return;
        }
        var width = cells.stream().mapToInt(String::length).max().orElse(0);
        for (int i = 0; i < cells.size(); i++) {
            var pad = " ".repeat(width - cells.get(i).length());
            var line = lines.get(i);
            line.append(column == 0 ? "" : GAP);
            line.append(right ? pad + cells.get(i) : cells.get(i) + pad);
        }
    }
}
