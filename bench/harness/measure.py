"""The three measurements: rates side by side, time to the first answer, memory."""

import sys
from dataclasses import dataclass

import servers
from load import median
from process import Failed, Process, free_port, pss_mib
from servers import PATH


@dataclass(frozen=True)
class Memory:
    name: str
    start: list
    """PSS in MiB: of the master or only process first, then of each worker."""
    loaded: list


def say(words):
    print(f"bench: {words}", file=sys.stderr, flush=True)


def rates(chosen, plan, scratch):
    """A list of slices for each key; round by round, so that the machine's moods meet all alike."""
    slices = {key: [] for key in chosen}
    for number in range(1, plan.rounds + 1):
        for key, server in chosen.items():
            slices[key].append(_rate(server, plan, scratch, f"round {number}/{plan.rounds}"))
    return slices


def _rate(server, plan, scratch, which):
    port = free_port()
    with _start(server, port, scratch, core=plan.server_core) as process:
        process.await_hello(port, PATH)
        warm_ups = plan.load.warm_up(process, port, PATH, plan.warm_ups_max)
        measured = plan.load.slice(process, port, PATH, plan.slice_seconds)
    say(
        f"{which}: {server.name}: {measured.per_cpu_second:.0f} requests per CPU-second,"
        f" {measured.per_second:.0f} per second, warm after {warm_ups} slices"
    )
    return measured


def starts(plan, scratch):
    """Seconds to the first answer by name, the median of several starts; not pinned."""
    known = servers.all_servers()
    seconds = {}
    for server in (
        servers.junicorn(1, ""),
        servers.junicorn(4, ""),
        known["tomcat"],
        known["jetty"],
        known["gunicorn"],
    ):
        seconds[server.name] = median(_start_seconds(server, scratch) for _ in range(plan.starts))
        say(f"first answer: {server.name}: {seconds[server.name]:.2f} s")
    return seconds


def _start_seconds(server, scratch):
    port = free_port()
    with _start(server, port, scratch) as process:
        return process.await_hello(port, PATH)


def memory(plan, scratch):
    """PSS after the start and after load, not pinned."""
    several = [servers.junicorn(workers, "") for workers in plan.memory_workers]
    return [_memory(server, plan, scratch) for server in [*several, servers.all_servers()["tomcat"]]]


def _memory(server, plan, scratch):
    port = free_port()
    with _start(server, port, scratch) as process:
        process.await_hello(port, PATH)
        process.await_quiet()
        start = [pss_mib(pid) for pid in process.family()]
        plan.load.slice(process, port, PATH, plan.memory_load_seconds)
        loaded = [pss_mib(pid) for pid in process.family()]
    say(f"PSS: {server.name}: {loaded[0]:.0f} MiB and {[round(mib) for mib in loaded[1:]]}")
    return Memory(server.name, start, loaded)


def _start(server, port, scratch, core=None):
    log = scratch / f"{server.name.replace(' ', '_')}.log"
    return Process(server.command(port, scratch), log, core)
