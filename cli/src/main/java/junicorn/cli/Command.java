package junicorn.cli;

import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import junicorn.cli.line.Arguments;
import junicorn.cli.line.Asked;
import junicorn.cli.line.Help;
import junicorn.cli.operator.Operator;
import junicorn.cli.plan.Configuration;
import junicorn.cli.plan.Distribution;
import junicorn.cli.plan.Remarks;
import junicorn.cli.plan.Report;
import junicorn.cli.plan.Rereading;
import junicorn.cli.settings.Misuse;
import junicorn.cli.settings.Settings;
import junicorn.log.ErrorLog;
import junicorn.log.Log;
import junicorn.master.Check;
import junicorn.master.Master;
import junicorn.master.settings.Invocation;
import junicorn.os.PosixException;

/// One call of the command, up to its exit code: 0 done, 1 failed, 2 misused. Results go to `out`,
/// complaints and the log to `err`.
final class Command {
    private static final System.Logger LOG = System.getLogger(Command.class.getName());
    private static final Path START = Path.of("").toAbsolutePath();
    private static final int DONE = 0;
    private static final int MISUSED = 2;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    Command(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    int run(String... words) {
        var voice = Daemon.Voice.of(environment);
        try {
            var asked = Asked.parse(words);
            if (asked.isPresent()) {
                return new Operator(environment, START, out, err).run(asked.get());
            }
            var arguments = Arguments.parse(words);
            if (arguments.has(Settings.HELP)) {
                out.print(Help.text());
                return DONE;
            }
            if (arguments.has(Settings.VERSION)) {
                out.println("junicorn " + Distribution.version());
                return DONE;
            }
            Log.tell(voice::say);
            return serve(arguments, Distribution.invocation(words, inherited()), voice);
        } catch (Misuse wrong) {
            var complaint = "junicorn: " + wrong.getMessage();
            err.println(complaint);
            voice.say(complaint + "\n");
            return MISUSED;
        }
    }

    private static void logTo(Path file) {
        try {
            ErrorLog.open(file);
        } catch (PosixException failed) {
            throw new Misuse("--error-logfile %s: %s".formatted(file, failed.getMessage()));
        }
    }

    /// What this process was born with, but for what was meant for it alone.
    private Map<String, String> inherited() {
        var inherited = new HashMap<>(environment);
        inherited.remove(Daemon.VARIABLE);
        return inherited;
    }

    private int serve(Arguments arguments, Invocation invocation, Daemon.Voice voice) {
        var configuration = Configuration.read(arguments, environment, START);
        var values = configuration.values();
        var plan = configuration.plan();
        if (values.get(Settings.PRINT_CONFIG)) {
            out.print(Report.text(values, plan));
            return DONE;
        }
        var application = configuration.application();
        var settings = configuration.settings();
        if (!values.get(Settings.CHECK) && Daemon.isWanted(values, environment)) {
            return Daemon.start(invocation, err, settings.template().logs().errorLog());
        }
        Log.level(values.get(Settings.LOG_LEVEL));
        if (!values.get(Settings.CHECK)) {
            settings.template().logs().errorLog().map(Path::of).ifPresent(Command::logTo);
            LOG.log(Level.INFO, "junicorn " + settings.version() + " starting");
        }
        LOG.log(
                Level.INFO,
                "application=%s java=%s in=%s"
                        .formatted(application.name(), Runtime.version(), Distribution.javaHome()));
        Remarks.of(values, application).forEach(remark -> LOG.log(remark.level(), remark.text()));
        LOG.log(plan.fits() ? Level.INFO : Level.WARNING, plan.words(configuration.machine()));
        if (values.get(Settings.CHECK)) {
            return Check.run(settings);
        }
        var reader = new Rereading(arguments, environment, START, configuration);
        return Master.run(settings, reader, invocation.telling(() -> serves(voice)));
    }

    private static void serves(Daemon.Voice voice) {
        voice.ready();
        Log.tell(_ -> {});
    }
}
