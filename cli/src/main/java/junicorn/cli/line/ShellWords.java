package junicorn.cli.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes a text apart as a shell would, quotes included; a backslash is a letter like any other.
public final class ShellWords {
    private static final char NONE = ' ';

    private ShellWords() {}

    /// Empty where a quote has no end.
    public static Optional<List<String>> of(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var quote = NONE;
        var begun = false;
        for (int i = 0; i < text.length(); i++) {
            var letter = text.charAt(i);
            if (quote == NONE && (letter == '\'' || letter == '"')) {
                quote = letter;
                begun = true;
            } else if (quote != NONE && letter == quote) {
                quote = NONE;
            } else if (quote == NONE && Character.isWhitespace(letter)) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(letter);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return quote == NONE ? Optional.of(List.copyOf(words)) : Optional.empty();
    }
}
