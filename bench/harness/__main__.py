"""Measures junicorn and its peers side by side. Start it with ./build bench."""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import measure
import report
import servers
from load import Load
from process import Failed

QUIET = 0.3
PARTS = ["rates", "starts", "memory", "calls"]


@dataclass(frozen=True)
class Plan:
    load: Load
    server_core: int
    rounds: int
    slice_seconds: int
    warm_ups_max: int
    starts: int
    memory_workers: list
    memory_load_seconds: int


def main():
    known = servers.all_servers()
    wanted = arguments(known)
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        raise SystemExit("bench: it takes two cores, one for the server and one for the load")
    plan = make_plan(wanted, cores)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers end with their blocks
    load_average = os.getloadavg()[0]
    if load_average > QUIET:
        measure.say(f"the machine is not quiet (load average {load_average:.2f}): trust ratios only")
    chosen = {key: known[key] for key in wanted.servers}
    now = datetime.now(timezone.utc)
    parts = [report.head(now, plan, load_average, wanted.quick)]
    with tempfile.TemporaryDirectory(prefix="junicorn-bench-") as scratch:
        for part in wanted.parts:
            parts += measured(part, chosen, plan, Path(scratch))
    save("\n".join(parts), now, wanted.quick)


def arguments(known):
    parser = argparse.ArgumentParser(prog="./build bench", description=__doc__)
    parser.add_argument("-r", "--rounds", type=int, default=5, help="rounds, all servers in each (5)")
    parser.add_argument("-s", "--seconds", type=int, default=5, help="length of a measured slice (5)")
    parser.add_argument("-c", "--connections", type=int, default=16, help="wrk's connections (16)")
    parser.add_argument("--quick", action="store_true", help="a smoke test; its figures mean nothing")
    parser.add_argument("--servers", type=words_of(known), default=list(known), help=", ".join(known))
    parser.add_argument("--parts", type=words_of(PARTS), default=PARTS, help=", ".join(PARTS))
    wanted = parser.parse_args()
    if min(wanted.rounds, wanted.seconds, wanted.connections) < 1:
        parser.error("rounds, seconds and connections must be at least 1")
    return wanted


def words_of(known):
    def words(text):
        chosen = text.split(",")
        strange = [word for word in chosen if word not in known]
        if strange:
            raise argparse.ArgumentTypeError(f"{strange[0]!r} is none of: {', '.join(known)}")
        return chosen

    return words


def make_plan(wanted, cores):
    load = Load(core=cores[1], connections=wanted.connections)
    if wanted.quick:
        return Plan(load, cores[0], 1, 1, 1, 1, [1, 2], 1)
    return Plan(load, cores[0], wanted.rounds, wanted.seconds, 10, 5, [1, 2, 4], 10)


def measured(part, chosen, plan, scratch):
    match part:
        case "rates":
            slices = measure.rates(chosen, plan, scratch)
            return [report.rates(chosen, slices), report.bars(slices)]
        case "starts":
            return [report.starts(measure.starts(plan, scratch), plan.starts)]
        case "memory":
            return [report.memory(measure.memory(plan, scratch), plan.memory_load_seconds)]
        case "calls":
            return [report.calls(call_costs(plan.server_core))]


def call_costs(core):
    class_path = f"{servers.ROOT}/os/target/classes:{servers.ROOT}/os/target/test-classes"
    command = servers.java("--enable-native-access=ALL-UNNAMED", "-cp", class_path, "junicorn.os.CallCost")
    pinned = ["taskset", "-c", str(core), *map(str, command)]
    return subprocess.run(pinned, stdout=subprocess.PIPE, text=True, check=True).stdout


def save(text, now, quick):
    """A smoke test's table goes where nobody takes it for a result."""
    folder = servers.BENCH / ("target" if quick else "results")
    folder.mkdir(exist_ok=True)
    file = folder / f"{now:%Y-%m-%d-%H%M}.md"
    file.write_text(text)
    print(text)
    measure.say(f"written to {file.relative_to(servers.ROOT)}")


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        sys.exit(f"bench: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
