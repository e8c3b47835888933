"""What was measured, in Markdown."""

import os
import platform
import re
import statistics
from pathlib import Path

import servers
from load import median

BARS = [
    ("Gunicorn's sync", ["gunicorn"], 3.0),
    ("the better of Tomcat and Jetty", ["tomcat", "jetty"], 1.5),
    ("the C loop", ["c"], 0.7),
    ("the C loop, deferred too", ["c-defer"], 0.7),
    ("the C loop, deferred and merged too", ["c-merge"], 0.7),
]


def head(now, plan, load_average, quick):
    lines = [
        f"# Side by side, {now:%Y-%m-%d %H:%M} UTC",
        "",
        *(["**A smoke test (`--quick`): the figures mean nothing.**", ""] if quick else []),
        f"Machine: {_machine()}; load average {load_average:.2f} before. {_java()}, for workers and"
        f" peers alike with `{' '.join(servers.WORKER_JAVA_OPTIONS)}`.",
        f"Each request on a connection of its own (`Connection: close`), {plan.load.connections}"
        f" connections at a time, wrk on core {plan.load.core}, the server on core"
        f" {plan.server_core}; GET `/hello`, 13 bytes of text.",
        f"Medians of {plan.rounds} alternated rounds: a fresh server, 2 s slices until two in a row"
        f" agree within 3 % (at most {plan.warm_ups_max}), then {plan.slice_seconds} s measured.",
    ]
    return "\n".join(lines) + "\n"


def rates(chosen, slices):
    lines = [
        "## Requests per CPU-second of the server",
        "",
        "CPU time of all of the server's processes, master too. The load generator has no more than"
        " a core, so the rate beside it may be wrk's limit and not the server's.",
        "",
        "| server | requests per CPU-second | lowest to highest | requests per second"
        " | cores busy | 99 % within | errors | what it is |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
    ]
    for key, server in chosen.items():
        lines.append(_row(server, slices[key]))
    return "\n".join(lines) + "\n"


def _row(server, slices):
    costs = [each.per_cpu_second for each in slices]
    cells = [
        server.name,
        f"{median(costs):,.0f}",
        f"{min(costs):,.0f} to {max(costs):,.0f}",
        f"{median(each.per_second for each in slices):,.0f}",
        f"{median(each.busy for each in slices):.2f}",
        f"{median(each.p99_millis for each in slices):.2f} ms",
        str(sum(each.errors for each in slices)),
        server.facts,
    ]
    return "| " + " | ".join(cells) + " |"


def bars(slices):
    """junicorn -w 1 against each bar: the median of the ratios within each round."""
    lines = ["## Bars for junicorn -w 1", "", "| against | ratio | bar | |", "|---|---:|---:|---|"]
    for name, peers, bar in BARS:
        if "junicorn" in slices and all(peer in slices for peer in peers):
            ratio = _ratio(slices, "junicorn", peers)
            met = "met" if ratio >= bar else "missed"
            lines.append(f"| {name} | {ratio:.2f} | {bar:.1f} | {met} |")
    return "\n".join(lines) + "\n"


def _ratio(slices, ours, peers):
    rounds = zip(slices[ours], *(slices[peer] for peer in peers))
    return statistics.median(
        us.per_cpu_second / max(peer.per_cpu_second for peer in them) for us, *them in rounds
    )


def starts(seconds, runs):
    lines = [
        "## From exec to the first answer",
        "",
        f"Medians of {runs} starts, not pinned; a client asks from the beginning.",
        "",
        "| server | seconds |",
        "|---|---:|",
        *(f"| {name} | {took:.2f} |" for name, took in seconds.items()),
    ]
    return "\n".join(lines) + "\n"


def memory(memories, load_seconds):
    lines = [
        "## Memory",
        "",
        f"PSS in MiB, after the start and after {load_seconds} s of load; not pinned.",
        "",
        "| server | master (or only process) | each worker | all | master, loaded"
        " | each worker, loaded | all, loaded |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for each in memories:
        cells = [each.name, *_mib(each.start), *_mib(each.loaded)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _mib(processes):
    workers = ", ".join(f"{mib:.0f}" for mib in processes[1:]) or "-"
    return [f"{processes[0]:.0f}", workers, f"{sum(processes):.0f}"]


def calls(words):
    return f"## What a C call costs from Java\n\n```text\n{words.strip()}\n```\n"


def _machine():
    kernel = re.match(r"[\d.]*\d", platform.release()).group()
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    kib = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text()).group(1)
    return (
        f"{os.cpu_count()} cores {cpu.group(1) if cpu else platform.machine()},"
        f" {round(int(kib) / 2**20)} GiB, Linux {kernel}"
    )


def _java():
    facts = Path(os.environ["JAVA_HOME"], "release").read_text()
    version = re.search(r'JAVA_RUNTIME_VERSION="(.*)"', facts).group(1)
    vendor = re.search(r'IMPLEMENTOR="(.*)"', facts)
    return f"JDK {version}" + (f" ({vendor.group(1)})" if vendor else "")
