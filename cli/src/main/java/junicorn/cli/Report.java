package junicorn.cli;

/// The text of `--print-config`: a line for each setting, with its value as it would be written and
/// who said so.
final class Report {
    private Report() {}

    /// @param plan fills in what nobody said: how many workers
    static String text(Values values, MemoryPlan plan) {
        var report = new StringBuilder();
        for (var setting : Settings.ALL) {
            if (setting.topic() == Topic.INSTEAD) {
                continue;
            }
            var value = values.show(setting).orElse("");
            var origin = values.origin(setting);
            if (setting.equals(ProcessSettings.WORKERS) && value.isEmpty()) {
                value = String.valueOf(plan.workers());
                origin = plan.reason();
            }
            var line = "%s = %s".formatted(setting.name(), value);
            report.append(
                    origin.equals("default")
                            ? line.strip() + "\n"
                            : "%-40s # %s%n".formatted(line, origin));
        }
        return report.toString();
    }
}
