package junicorn.worker.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.xml.sax.SAXParseException;

/// Why an application did not start, in words for the log.
///
/// @param reason one line: the application's exception, and what caused it
/// @param stack the stack of that exception as far as it is the application's: the container's
///     frames around it are left out, and so are exceptions that only wrap
public record StartFailure(String reason, String stack) {
    private static final int REASON_CHARS_MAX = 500;
    private static final int FRAMES_MAX = 60;
    private static final String OURS = "junicorn.";
    private static final List<String> CONTAINER =
            List.of(
                    "org.eclipse.jetty.",
                    "jakarta.servlet.",
                    "org.apache.jasper.",
                    "io.vertx.core.",
                    "io.netty.",
                    "java.",
                    "javax.",
                    "jdk.",
                    "sun.");

    public static StartFailure describe(Throwable failure) {
        var first = withoutWrappers(failure);
        var last = rootOf(first);
        var reason =
                first == last ? words(first) : words(first) + " (caused by " + words(last) + ")";
        var stack = new StringBuilder();
        var seen = Collections.<Throwable>newSetFromMap(new IdentityHashMap<>());
        for (var e = first; e != null && seen.add(e); e = e.getCause()) {
            append(stack, e, e == first ? "" : "Caused by: ");
        }
        return new StartFailure(shortened(oneLine(reason)), stack.toString());
    }

    /// Drops what the container threw around the application's exception.
    private static Throwable withoutWrappers(Throwable failure) {
        var seen = Collections.<Throwable>newSetFromMap(new IdentityHashMap<>());
        var e = failure;
        while (e.getCause() != null && seen.add(e) && applicationFrames(e).isEmpty()) {
            e = e.getCause();
        }
        return e;
    }

    private static Throwable rootOf(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        var e = failure;
        while (e.getCause() != null && seen.add(e)) {
            e = e.getCause();
        }
        return e;
    }

    private static void append(StringBuilder stack, Throwable e, String before) {
        if (isRefusal(e)) {
            return; // the reason says all
        }
        stack.append(before).append(words(e)).append('\n');
        var frames = applicationFrames(e);
        for (var frame : frames.subList(0, Math.min(frames.size(), FRAMES_MAX))) {
            stack.append("    at ").append(frame).append('\n');
        }
        if (frames.size() > FRAMES_MAX) {
            stack.append("    … ").append(frames.size() - FRAMES_MAX).append(" more\n");
        }
    }

    /// From the top down to the application's outermost frame; who called that is the container.
    private static List<StackTraceElement> applicationFrames(Throwable e) {
        var frames = new ArrayList<StackTraceElement>();
        for (var frame : e.getStackTrace()) {
            if (frame.getClassName().startsWith(OURS)) {
                break;
            }
            frames.add(frame);
        }
        while (!frames.isEmpty() && isContainer(frames.getLast())) {
            frames.removeLast();
        }
        return frames;
    }

    private static boolean isContainer(StackTraceElement frame) {
        return CONTAINER.stream().anyMatch(frame.getClassName()::startsWith);
    }

    private static String words(Throwable e) {
        return switch (e) {
            case SAXParseException xml -> xmlWords(xml);
            case Exception refused when isRefusal(refused) -> String.valueOf(refused.getMessage());
            default -> e.toString().strip();
        };
    }

    /// Ours say all in their message: what the operator named is no application.
    private static boolean isRefusal(Throwable e) {
        return e instanceof Exception && e.getClass().getName().startsWith(OURS);
    }

    /// The parser does not know which file it reads; its callers tell.
    private static String xmlWords(SAXParseException e) {
        var callers = Stream.of(e.getStackTrace()).map(StackTraceElement::getClassName);
        var isFragment = callers.anyMatch(name -> name.endsWith(".FragmentDescriptor"));
        var file =
                Objects.requireNonNullElse(
                        e.getSystemId(), isFragment ? "web-fragment.xml" : "web.xml");
        return "%s, line %d: %s".formatted(file, e.getLineNumber(), e.getMessage());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }

    private static String shortened(String text) {
        return text.length() <= REASON_CHARS_MAX ? text : text.substring(0, REASON_CHARS_MAX) + "…";
    }
}
