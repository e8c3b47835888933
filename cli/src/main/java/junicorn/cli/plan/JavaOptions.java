package junicorn.cli.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import junicorn.cli.line.ShellWords;
import junicorn.cli.settings.Misuse;
import junicorn.cli.settings.Units;

/// JVM options as the user gave them, and the questions we have about them.
///
/// @param words one each, ready for the command line of a JVM
/// @param inherited those that a JVM takes from the environment by itself
record JavaOptions(List<String> words, List<String> inherited) {
    private static final List<String> VARIABLES = List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS");
    private static final List<String> HEAP =
            List.of("-Xmx", "-XX:MaxHeapSize=", "-XX:MaxRAMPercentage=", "-XX:MaxRAM=");
    private static final List<String> FIRST_HEAP =
            List.of("-Xms", "-XX:InitialHeapSize=", "-XX:InitialRAMPercentage=");

    /// @param texts each may hold several words, quoted as for a shell
    static JavaOptions of(List<String> texts, Map<String, String> environment) {
        var inherited = VARIABLES.stream().map(name -> environment.getOrDefault(name, "")).toList();
        return new JavaOptions(split(texts), split(inherited));
    }

    boolean choosesHeap() {
        return all().anyMatch(word -> HEAP.stream().anyMatch(word::startsWith));
    }

    boolean choosesFirstHeap() {
        return all().anyMatch(word -> FIRST_HEAP.stream().anyMatch(word::startsWith));
    }

    boolean choosesCollector() {
        return all().anyMatch(word -> word.matches("-XX:\\+Use\\w+GC"));
    }

    /// The heap, where it is a number of bytes; the last word counts, as it does for the JVM.
    Optional<Long> heapBytes() {
        return all().filter(word -> word.startsWith("-Xmx"))
                .reduce((_, last) -> last)
                .map(this::size);
    }

    private long size(String word) {
        try {
            return Units.bytes(word.substring("-Xmx".length()));
        } catch (Misuse wrong) {
            throw new Misuse("--java-opts -Xmx " + wrong.getMessage());
        }
    }

    private Stream<String> all() {
        return Stream.concat(inherited.stream(), words.stream());
    }

    private static List<String> split(List<String> texts) {
        var words = new ArrayList<String>();
        for (var text : texts) {
            words.addAll(ShellWords.of(text).orElseThrow(() -> unended(text)));
        }
        return List.copyOf(words);
    }

    private static Misuse unended(String text) {
        return new Misuse("--java-opts has a quote without its end: " + text);
    }
}
