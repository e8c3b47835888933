"""The measurements: rates side by side, time to the first answer, memory."""

import subprocess
import sys
from contextlib import ExitStack
from dataclasses import asdict, replace

import servers
from load import median
from parts import HELLO
from process import Failed, Process, ask, free_port, pss_mib

CLOSING_HELLO = replace(HELLO, connections=16, keep=False)


def say(words):
    print(f"bench: {words}", file=sys.stderr, flush=True)


def rates(part, chosen, plan, scratch):
    """For each key a server's name, facts and slices, or why there are none.

    All of a set are up and warm before the first round; the rounds alternate, so that the machine's
    moods meet all alike. A set has fresh servers, for a JVM compiles a little differently each time.
    """
    rows = {key: {"name": s.name, "facts": s.facts, "ours": s.ours} for key, s in chosen.items()}
    rows = {key: {**row, "slices": [], "failed": None} for key, row in rows.items()}
    for first in range(0, plan.rounds, plan.rounds_per_set):
        rounds = range(first, min(first + plan.rounds_per_set, plan.rounds))
        with ExitStack() as stack:
            delay_port = _delay(stack, plan, scratch) if part.shape.delayed else None
            running = {}
            answers = {}
            for key, server in chosen.items():
                try:
                    running[key] = _warm(stack, server, part.shape, plan, scratch, delay_port, answers)
                except Failed as failure:
                    rows[key]["failed"] = str(failure)
                    say(f"{server.name}: {failure}")
            for number in rounds:
                _round(part, running, rows, plan, number)
    return rows


def _delay(stack, plan, scratch):
    port = free_port()
    stack.enter_context(Process(servers.delay(port, scratch), scratch / "delay.log", plan.load.core))
    return port


def _warm(stack, server, shape, plan, scratch, delay_port, answers):
    site = site_of(free_port(), plan, scratch, [f"-Dbench.delay.port={delay_port}"] if delay_port else [])
    process = stack.enter_context(start(server, site, plan.server_core))
    process.await_answer(site.port, shape)
    body = ask(site.port, shape).body
    if body != answers.setdefault("body", body):
        raise Failed(f"it answers {body[:80]!r}, others {answers['body'][:80]!r}")
    windows = plan.load.warm_up(process, site.port, shape, plan.warm_ups_max)
    say(f"{server.name}: warm after {windows} s")
    return process, site.port


def _round(part, running, rows, plan, number):
    """Every other round goes backwards, so that nobody has always the same neighbour before him."""
    for key in list(running) if number % 2 == 0 else reversed(running):
        process, port = running[key]
        measured = plan.load.slice(process, port, part.shape, plan.slice_seconds)
        rows[key]["slices"].append(asdict(measured))
        say(
            f"round {number + 1}/{plan.rounds}: {rows[key]['name']}: {measured.per_cpu_second:.0f} requests"
            f" per CPU-second, {measured.per_second:.0f} per second, 99 % within {measured.p99_millis:.2f} ms"
            + (f", {measured.errors} ERRORS" if measured.errors else "")
        )


def starts(plan, scratch):
    """Seconds to the first answer by name, the median of several starts; not pinned."""
    known = servers.all_servers()
    seconds = {}
    for server in (
        servers.junicorn(1, ""),
        servers.junicorn(4, ""),
        known["tomcat"],
        known["jetty"],
        known["gunicorn-sync"],
    ):
        seconds[server.name] = median([_start_seconds(server, plan, scratch) for _ in range(plan.starts)])
        say(f"first answer: {server.name}: {seconds[server.name]:.2f} s")
    return {"runs": plan.starts, "seconds": seconds}


def _start_seconds(server, plan, scratch):
    site = site_of(free_port(), plan, scratch)
    with start(server, site) as process:
        return process.await_answer(site.port, CLOSING_HELLO)


def memory(plan, scratch):
    """PSS after the start and after load, in MiB: of the master or only process first; not pinned."""
    several = [servers.junicorn(workers, "") for workers in plan.memory_workers]
    found = [_memory(server, plan, scratch) for server in [*several, servers.all_servers()["tomcat"]]]
    return {"load_seconds": plan.memory_load_seconds, "servers": found}


def _memory(server, plan, scratch):
    site = site_of(free_port(), plan, scratch)
    with start(server, site) as process:
        process.await_answer(site.port, CLOSING_HELLO)
        process.await_quiet()
        first = [pss_mib(pid) for pid in process.family()]
        plan.load.slice(process, site.port, CLOSING_HELLO, plan.memory_load_seconds)
        loaded = [pss_mib(pid) for pid in process.family()]
    say(f"PSS: {server.name}: {loaded[0]:.0f} MiB and {[round(mib) for mib in loaded[1:]]}")
    return {"name": server.name, "start": first, "loaded": loaded}


def calls(plan):
    class_path = f"{servers.ROOT}/os/target/classes:{servers.ROOT}/os/target/test-classes"
    command = servers.java("--enable-native-access=ALL-UNNAMED", "-cp", class_path, "junicorn.os.CallCost")
    pinned = ["taskset", "-c", str(plan.server_core), *map(str, command)]
    done = subprocess.run(pinned, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"CallCost ended with {done.returncode}: {done.stderr}")
    return {"words": done.stdout}


def start(server, site, core=None):
    name = "".join(letter if letter.isalnum() else "_" for letter in server.name)
    return Process(server.command(site), site.scratch / f"{name}.log", core)


def site_of(port, plan, scratch, java_options=()):
    return servers.Site(port, scratch, [*java_options, *plan.java_options], plan.junicorn_options)
