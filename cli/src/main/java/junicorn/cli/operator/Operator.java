package junicorn.cli.operator;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import junicorn.cli.line.Asked;
import junicorn.cli.line.Help;
import junicorn.cli.line.Verb;
import junicorn.cli.settings.Settings;
import junicorn.master.control.ControlClient;
import junicorn.master.control.ControlClient.Answer;
import junicorn.master.control.Json;

/// Asks a running server for an operator: results go to `out`, progress and complaints to `err`.
public final class Operator {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final long LOOK_NANOS = 20_000_000;

    private final Map<String, String> environment;
    private final Path start;
    private final PrintStream out;
    private final PrintStream err;

    /// @param start where the command was called
    public Operator(Map<String, String> environment, Path start, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.start = start;
        this.out = out;
        this.err = err;
    }

    /// @return the exit code
    public int run(Asked asked) {
        if (asked.rest().has(Settings.HELP)) {
            out.print(Help.of(asked.verb()));
            return DONE;
        }
        var values = Whereabouts.of(asked.rest(), environment, start, wrong -> note(asked, wrong));
        var found = ServerFinder.find(values, environment);
        if (found.path().isEmpty()) {
            return complain(found.words());
        }
        try (var client = ControlClient.connect(found.path().get())) {
            return ask(asked, client);
        } catch (IOException broken) {
            return complain(
                    "cannot ask at %s: %s".formatted(found.path().get(), broken.getMessage()));
        }
    }

    /// At a reload the server says it.
    private void note(Asked asked, String wrong) {
        if (asked.verb() != Verb.RELOAD) {
            err.println("junicorn: " + wrong + "; asking the server all the same");
        }
    }

    private int ask(Asked asked, ControlClient client) throws IOException {
        return switch (asked.verb()) {
            case STATUS ->
                    print(
                            client.ask("status", Json.object(), err::println),
                            asked,
                            StatusPage::text);
            case WHY -> why(client.ask("why", Json.object(), err::println), asked);
            case RELOAD -> report(client.ask("reload", Json.object(), err::println));
            case SCALE -> {
                var workers = Json.object().put("workers", asked.number().orElseThrow());
                yield report(client.ask("scale", workers, err::println));
            }
            case STOP -> stop(asked, client);
        };
    }

    private interface Page {
        String of(Json data);
    }

    /// All of them, or one with what is long.
    private int why(Answer answer, Asked asked) {
        var now = System.currentTimeMillis();
        if (asked.number().isEmpty() || !(answer instanceof Answer.Done(Json data))) {
            return print(answer, asked, all -> WhyPage.text(all, now));
        }
        int number = asked.number().get();
        var end = WhyPage.find(data, number);
        return end.isPresent()
                ? print(new Answer.Done(end.get()), asked, it -> WhyPage.one(it, now))
                : complain(WhyPage.missing(data, number));
    }

    private int print(Answer answer, Asked asked, Page page) {
        return finish(
                answer,
                data -> out.print(asked.has("--json") ? data.pretty() + "\n" : page.of(data)));
    }

    private int report(Answer answer) {
        return finish(answer, data -> out.println(data.text("words")));
    }

    private int finish(Answer answer, Consumer<Json> done) {
        return switch (answer) {
            case Answer.Done(Json data) -> {
                done.accept(data);
                yield DONE;
            }
            case Answer.Failed(String error) -> complain(error);
            case Answer.Silence() -> complain("the server ended without an answer");
        };
    }

    /// The server says nothing more when it is gone; so its process is looked at.
    private int stop(Asked asked, ControlClient client) throws IOException {
        var question = Json.object().put("quick", asked.has("--quick"));
        return switch (client.ask("stop", question, err::println)) {
            case Answer.Failed(String error) -> complain(error);
            case Answer.Done(Json data) -> {
                client.close(); // the server waits for that before it ends
                awaitEnd(data.number("pid"));
                out.println(data.has("words") ? data.text("words") : "stopped");
                yield DONE;
            }
            case Answer.Silence() -> {
                out.println("stopped");
                yield DONE;
            }
        };
    }

    private static void awaitEnd(long pid) {
        while (pid > 0 && Files.exists(Path.of("/proc", String.valueOf(pid)))) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private int complain(String words) {
        err.println("junicorn: " + words);
        return FAILED;
    }
}
