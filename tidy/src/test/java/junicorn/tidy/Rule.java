package junicorn.tidy;

import java.util.List;

/// One house rule. Pure: a snapshot in, every place that breaks the rule out.
interface Rule {
    List<Violation> violations(Snapshot snapshot);
}
