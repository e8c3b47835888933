"""Measures junicorn and its peers side by side. Start it with ./build bench."""

import argparse
import json
import os
import resource
import shlex
import signal
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import chart
import hot
import idle
import lifecycle
import machine
import measure
import parts
import report
import servers
from load import Load
from process import Failed

QUIET = 0.3
IDLE_CONNECTIONS = 10_000


@dataclass(frozen=True)
class Plan:
    load: Load
    server_core: int
    rounds: int
    rounds_per_set: int
    slice_seconds: int
    warm_ups_max: int
    starts: int
    memory_workers: list
    memory_load_seconds: int
    idle_connections: int
    java_options: list
    junicorn_options: list


def main():
    wanted = arguments()
    if wanted.render:
        document = json.loads(wanted.render.read_text())
        return save(document, wanted.render.with_suffix(""))
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        raise SystemExit("bench: it takes two cores, one for the server and one for the load")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers end with their blocks
    many_files()
    plan = make_plan(wanted, cores)
    known = servers.all_servers(wanted.threads)
    if wanted.profile:
        with tempfile.TemporaryDirectory(prefix="junicorn-bench-") as scratch:
            return hot.methods(wanted, known, parts.all_parts(wanted.threads), plan, Path(scratch))
    run(wanted, known, plan)


def arguments():
    named = ", ".join([*parts.all_parts(), *parts.OTHER_PARTS])
    keys = ", ".join(servers.all_servers())
    parser = argparse.ArgumentParser(
        prog="./build bench", description=__doc__, epilog=f"parts: {named}. servers: {keys}."
    )
    add = parser.add_argument
    add("-r", "--rounds", type=positive, default=5, help="rounds, all servers in each (5)")
    add("-s", "--seconds", type=positive, default=2, help="length of a measured slice (2)")
    add("--sets", type=positive, default=1, help="how often servers start afresh within the rounds (1)")
    add("--threads", type=positive, default=8, help="request threads where they are counted (8)")
    add("--quick", action="store_true", help="a smoke test; its figures mean nothing")
    add("--parts", type=words, help="which parts, with commas between (all)")
    add("--servers", type=words, help="which servers; tomcat means tomcat-8, too (all)")
    add("--junicorn", type=shlex.split, default=[], help="options for each junicorn, as one word")
    add("--java", type=shlex.split, default=[], help="options for each JVM, as one word")
    add("--resume", type=Path, metavar="JSON", help="keep the parts of an earlier run, add those missing")
    add("--render", type=Path, metavar="JSON", help="measure nothing; write table and chart anew")
    add("--profile", metavar="SERVER", help="print the hot methods of one server under its load")
    wanted = parser.parse_args()
    known = [*parts.all_parts(wanted.threads), *parts.OTHER_PARTS]
    strange = [part for part in wanted.parts or [] if part not in known]
    if strange:
        parser.error(f"part {strange[0]!r} is none of: {', '.join(known)}")
    for word in wanted.servers or []:
        if not any(meant(word, key) for key in servers.all_servers(wanted.threads)):
            parser.error(f"server {word!r} is none of: {', '.join(servers.all_servers(wanted.threads))}")
    wanted.parts = wanted.parts or known
    return wanted


def positive(text):
    if int(text) < 1:
        raise ValueError
    return int(text)


def words(text):
    return text.split(",")


def meant(word, key):
    return key == word or key.startswith(word + "-")


def make_plan(wanted, cores):
    quick = wanted.quick
    rounds = 1 if quick else wanted.rounds
    return Plan(
        load=Load(core=cores[1]),
        server_core=cores[0],
        rounds=rounds,
        rounds_per_set=-(-rounds // wanted.sets),
        slice_seconds=1 if quick else wanted.seconds,
        warm_ups_max=1 if quick else 15,
        starts=1 if quick else 3,
        memory_workers=[1, 2] if quick else [1, 2, 4, 8],
        memory_load_seconds=1 if quick else 10,
        idle_connections=IDLE_CONNECTIONS // 10 if quick else IDLE_CONNECTIONS,
        java_options=wanted.java,
        junicorn_options=wanted.junicorn,
    )


def many_files():
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most < IDLE_CONNECTIONS + 1000:
        raise SystemExit(f"bench: at most {most} open files are allowed; raise it, see ulimit -Hn")
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def run(wanted, known, plan):
    """Saves after each part, so that what was measured is not lost when the rest is."""
    now = datetime.now(timezone.utc)
    document = {"parts": {}}
    stem = servers.BENCH / ("target" if wanted.quick else "results") / f"{now:%Y-%m-%d-%H%M}"
    if wanted.resume:
        document, stem = json.loads(wanted.resume.read_text()), wanted.resume.with_suffix("")
    document.setdefault("head", head(now, wanted, plan))
    stem.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="junicorn-bench-") as scratch:
        for key in wanted.parts:
            if key not in document["parts"]:
                try:
                    found = measured(key, wanted, known, plan, Path(scratch))
                except Failed as failure:
                    found = {"failed": str(failure)}
                    measure.say(f"{key}: {failure}")
                if found:
                    document["parts"][key] = found
                    save(document, stem)
    print(stem.with_suffix(".md").read_text() if document["parts"] else "bench: nothing measured")
    if report.failures(document):
        sys.exit("bench: not all could be measured: " + ", ".join(report.failures(document)))


def measured(key, wanted, known, plan, scratch):
    """None if no server of the part is wanted."""
    match key:
        case "starts":
            return measure.starts(plan, scratch)
        case "memory":
            return measure.memory(plan, scratch)
        case "lifecycle":
            measure.say(f"--- {key}: {parts.OTHER_PARTS[key]}")
            return lifecycle.lifecycle(plan, scratch)
        case "calls":
            return measure.calls(plan)
    part = parts.all_parts(wanted.threads).get(key)
    keys = part.servers if part else idle.servers(wanted.threads)
    chosen = {each: known[each] for each in keys if is_wanted(each, wanted.servers)}
    if not chosen:
        return None
    measure.say(f"--- {key}: {part.title if part else parts.OTHER_PARTS[key]}")
    if part is None:
        return idle.memory(chosen, plan, scratch)
    rows = measure.rates(part, chosen, plan, scratch)
    facts = {"title": part.title, "about": part.about, "path": part.shape.path}
    bars = [{"ours": b.ours, "peers": b.peers, "at_least": b.at_least, "measure": b.measure} for b in part.bars]
    return {**facts, "connections": part.shape.connections, "bars": bars, "servers": rows}


def is_wanted(key, words_wanted):
    return words_wanted is None or any(meant(word, key) for word in words_wanted)


def head(now, wanted, plan):
    return {
        "when": f"{now:%Y-%m-%d %H:%M} UTC",
        "quick": wanted.quick,
        "load_average": load_average(),
        "machine": machine.machine(),
        "java": machine.java(),
        "java_options": [*servers.WORKER_JAVA_OPTIONS, *wanted.java],
        "junicorn_options": wanted.junicorn,
        "server_core": plan.server_core,
        "load_core": plan.load.core,
        "rounds": plan.rounds,
        "sets": wanted.sets,
        "slice_seconds": plan.slice_seconds,
        "warm_ups_max": plan.warm_ups_max,
    }


def load_average():
    average = os.getloadavg()[0]
    if average > QUIET:
        measure.say(f"the machine is not quiet (load average {average:.2f}): trust ratios only")
    return average


def save(document, stem):
    """A smoke test's tables go where nobody takes them for a result."""
    stem.with_suffix(".json").write_text(json.dumps(document, indent=1) + "\n")
    svg = stem.with_suffix(".svg")
    svg.write_text(chart.svg(document))
    stem.with_suffix(".md").write_text(report.markdown(document, svg.name))
    measure.say(f"written to {os.path.relpath(stem)}.md, .json and .svg")


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        sys.exit(f"bench: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
