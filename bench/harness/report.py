"""What was measured, in Markdown."""

from compare import bar_rows
from load import median

RATE_HEAD = (
    "| server | requests per CPU-second | lowest to highest | requests per second"
    " | cores busy | 50 % within | 99 % within | errors | what it is |"
)

MEASURES = {
    "per_cpu_second": "requests per CPU-second",
    "per_second": "requests per second",
    "p99_millis": "99th percentile (theirs / ours)",
    "first": "bytes for a connection after its first request (theirs / ours)",
    "later": "bytes for a connection after its third request (theirs / ours)",
}


def markdown(document, chart_name):
    parts = document["parts"]
    sections = [_head(document["head"]), f"![Requests per CPU-second]({chart_name})\n", _summary(parts)]
    for key, part in parts.items():
        if "failed" in part:
            sections.append(f"## {key}\n\nNot measured: {_one_line(part['failed'])}\n")
        else:
            sections.append(OTHERS.get(key, _rates)(part))
    return "\n".join(sections)


def failures(document):
    found = [key for key, part in document["parts"].items() if "failed" in part]
    for part in document["parts"].values():
        rows = part.get("servers", {})
        found += [row["name"] for row in (rows.values() if isinstance(rows, dict) else []) if row["failed"]]
    return found


def _head(head):
    lines = [
        f"# Side by side, {head['when']}",
        "",
        *(["**A smoke test (`--quick`): the figures mean nothing.**", ""] if head["quick"] else []),
        f"Machine: {head['machine']}; load average {head['load_average']:.2f} before. {head['java']}, for"
        f" workers and peers alike with `{' '.join(head['java_options'])}`."
        + (f" junicorn with `{' '.join(head['junicorn_options'])}`." if head["junicorn_options"] else ""),
        f"The server on core {head['server_core']}, wrk on core {head['load_core']}. All servers of a part are"
        f" up and warm (1 s of load until three in a row agree within 4 %, at most {head['warm_ups_max']}),"
        f" then {head['rounds']} alternated rounds of {head['slice_seconds']} s each"
        + (f", in {head['sets']} sets of fresh servers" if head["sets"] > 1 else "")
        + "; medians. A ratio is the median of the ratios within a round.",
        "",
        "CPU time is that of all of the server's processes, junicorn's and Gunicorn's master too. The load"
        " generator has no more than a core, so a rate per second may be wrk's limit and not the server's.",
    ]
    return "\n".join(lines) + "\n"


def _summary(parts):
    lines = ["## Bars", "", "| load | | against | ratio | bar | |", "|---|---|---|---:|---:|---|"]
    for key, part in parts.items():
        for row in bar_rows(key, part):
            what = f"{row.ours}{'' if row.measure == 'per_cpu_second' else ', ' + MEASURES[row.measure]}"
            lines.append(f"| {key} | {what} | {row.peer} | {row.ratio:.2f} | {row.at_least:g} | {_met(row)} |")
    return "\n".join(lines) + "\n"


def _rates(part):
    lines = [
        f"## {part['title']}",
        "",
        f"{part['about']} `{part['path']}`, {part['connections']} connections.",
        "",
        RATE_HEAD,
        "|---|---:|---:|---:|---:|---:|---:|---:|---|",
        *(_row(row) for row in part["servers"].values()),
    ]
    return "\n".join(lines + _verdicts(bar_rows("", part))) + "\n"


def _verdicts(bars):
    """A sentence for each bar."""
    return [
        f"\n{bar.ours} to {bar.peer}, {MEASURES[bar.measure]}: **{bar.ratio:.2f}**, bar {bar.at_least:g},"
        f" {_met(bar)}."
        for bar in bars
    ]


def _met(bar):
    return "met" if bar.ratio >= bar.at_least else "missed"


def _row(row):
    slices = row["slices"]
    if row["failed"] or not slices:
        return f"| {row['name']} | not measured: {_one_line(row['failed'] or '')} | | | | | | | {row['facts']} |"
    costs = [each["per_cpu_second"] for each in slices]
    cells = [
        row["name"],
        f"{median(costs):,.0f}",
        f"{min(costs):,.0f} to {max(costs):,.0f}",
        f"{median(each['per_second'] for each in slices):,.0f}",
        f"{median(each['busy'] for each in slices):.2f}",
        f"{median(each['p50_millis'] for each in slices):.2f} ms",
        f"{median(each['p99_millis'] for each in slices):.2f} ms",
        str(sum(each["errors"] for each in slices)),
        row["facts"],
    ]
    return "| " + " | ".join(cells) + " |"


def _one_line(failure):
    """The line of it that says most, as a cell."""
    lines = [line for line in failure.splitlines() if line.strip()] or [""]
    return next((line for line in lines if "[ERROR]" in line), lines[0]).replace("|", "/")


def _idle(part):
    lines = [
        f"## {part['connections']:,} idle keep-alive connections on one worker",
        "",
        "Bytes of the server's process for a connection that is silent after its third request: live heap after a"
        " full collection, and all else (PSS, with a heap that is touched from the start). What the kernel"
        " keeps for a socket is not in it.",
        "",
        "| server | heap | native | together | together, after the first request |",
        "|---|---:|---:|---:|---:|",
    ]
    for row in part["servers"].values():
        if row["failed"]:
            lines.append(f"| {row['name']} | not measured: {_one_line(row['failed'])} | | | |")
        else:
            cells = [f"{row[which]:,.0f}" for which in ("heap", "native", "later", "first")]
            lines.append(f"| {row['name']} | {' | '.join(cells)} |")
    return "\n".join(lines + _verdicts(bar_rows("idle", part))) + "\n"


def _starts(part):
    lines = [
        "## From exec to the first answer",
        "",
        f"Medians of {part['runs']} starts, not pinned; a client asks from the beginning.",
        "",
        "| server | seconds |",
        "|---|---:|",
        *(f"| {name} | {took:.2f} |" for name, took in part["seconds"].items()),
    ]
    return "\n".join(lines) + "\n"


def _memory(part):
    lines = [
        "## Memory",
        "",
        f"PSS in MiB, after the start and after {part['load_seconds']} s of load; not pinned.",
        "",
        "| server | master (or only process) | each worker | all | master, loaded"
        " | each worker, loaded | all, loaded |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for each in part["servers"]:
        cells = [each["name"], *_mib(each["start"]), *_mib(each["loaded"])]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _mib(processes):
    workers = ", ".join(f"{mib:.0f}" for mib in processes[1:]) or "-"
    return [f"{processes[0]:.0f}", workers, f"{sum(processes):.0f}"]


def _calls(part):
    return f"## What a C call costs from Java\n\n```text\n{part['words'].strip()}\n```\n"


def _lifecycle(part):
    lines = [
        "## What operators do",
        "",
        f"Not pinned, {part['runs']} times each. From `kill -9` of the only worker to the next answer:",
        "",
        "| server | median | longest |",
        "|---|---:|---:|",
        *(f"| {row['name']} | {row['millis']:.0f} ms | {row['most']:.0f} ms |" for row in part["kills"]),
        "",
        "`HUP` to four workers under load (4 keep-alive clients, 4 with a connection per request), until no old"
        " one is left; the longest wait of any client meanwhile:",
        "",
        "| server | reload | longest wait, median | longest wait | failed requests | of |",
        "|---|---:|---:|---:|---:|---:|",
        *(
            f"| {row['name']} | {row['seconds']:.1f} s | {row['stall']:.0f} ms | {row['longest']:.0f} ms"
            f" | {row['failed']} | {row['requests']:,} |"
            for row in part["reloads"]
        ),
        "",
        "A process for each request, one request after the other:",
        "",
        "| server | requests per second | median | longest |",
        "|---|---:|---:|---:|",
        *(
            f"| {row['name']} | {row['per_second']:.2f} | {row['millis']:.0f} ms | {row['most']:.0f} ms |"
            for row in part["fresh"]
        ),
    ]
    return "\n".join(lines) + "\n"


OTHERS = {"idle": _idle, "starts": _starts, "memory": _memory, "calls": _calls, "lifecycle": _lifecycle}
