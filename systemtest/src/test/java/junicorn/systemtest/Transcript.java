package junicorn.systemtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// All that a process and its children have written to one of their streams, line by line, as it
/// comes.
final class Transcript {
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    Transcript(String name, InputStream stream) {
        reader = Thread.ofVirtual().name(name).start(() -> read(stream));
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    String text() {
        return String.join("\n", lines());
    }

    /// Says where the transcript stands now, for [#await(int, String, Duration)].
    synchronized int mark() {
        return lines.size();
    }

    MatchResult await(String regex, Duration atMost) {
        return await(0, regex, atMost);
    }

    /// Waits for a line after the mark in which the expression is found.
    MatchResult await(int mark, String regex, Duration atMost) {
        var pattern = Pattern.compile(regex);
        return Await.until(
                        "a line with /" + regex + "/",
                        atMost,
                        () -> new Found(first(mark, pattern), this),
                        found -> found.match().isPresent())
                .match()
                .orElseThrow();
    }

    /// How many lines have the expression in them.
    long count(String regex) {
        var pattern = Pattern.compile(regex);
        return lines().stream().filter(line -> pattern.matcher(line).find()).count();
    }

    /// Whether every process that could write to the stream has closed it.
    boolean ended() {
        return !reader.isAlive();
    }

    private Optional<MatchResult> first(int mark, Pattern pattern) {
        return lines().stream()
                .skip(mark)
                .map(pattern::matcher)
                .filter(matcher -> matcher.find())
                .<MatchResult>map(matcher -> matcher.toMatchResult())
                .findFirst();
    }

    private void read(InputStream stream) {
        try (var source = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
            for (var line = source.readLine(); line != null; line = source.readLine()) {
                add(line);
            }
        } catch (IOException closed) {
            add("(the transcript ends here: " + closed + ")");
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
    }

    /// What a wait saw: the match, or in the message of its failure the end of the transcript.
    private record Found(Optional<MatchResult> match, Transcript transcript) {
        private static final int TAIL = 10;

        @Override
        public String toString() {
            var lines = transcript.lines();
            var tail = lines.subList(Math.max(0, lines.size() - TAIL), lines.size());
            return tail.isEmpty() ? "nothing" : "\n    " + String.join("\n    ", tail);
        }
    }
}
