"""One slice of load from wrk, each request on a connection of its own, and what it cost the server."""

import math
import re
import statistics
import subprocess
from dataclasses import dataclass

LEVEL = 0.03
WARM_UP_SLICE_SECONDS = 2


@dataclass(frozen=True)
class Slice:
    per_second: float
    per_cpu_second: float
    busy: float
    """CPU seconds of the server for each second."""
    p99_millis: float
    errors: int


@dataclass(frozen=True)
class Load:
    core: int
    connections: int

    def slice(self, process, port, path, seconds):
        before = process.cpu_seconds()
        words = self._wrk(f"http://127.0.0.1:{port}{path}", seconds)
        used = max(process.cpu_seconds() - before, 0.01)
        requests, took = re.search(r"(\d+) requests in ([\d.]+)s", words).groups()
        return Slice(
            per_second=int(requests) / float(took),
            per_cpu_second=int(requests) / used,
            busy=used / float(took),
            p99_millis=_p99_millis(words),
            errors=_errors(words),
        )

    def warm_up(self, process, port, path, slices_max):
        """Slices until two in a row cost the same within 3 %, or no more are allowed; how many."""
        last = None
        for number in range(1, slices_max + 1):
            now = self.slice(process, port, path, WARM_UP_SLICE_SECONDS).per_cpu_second
            if last and abs(now - last) < LEVEL * last:
                return number
            last = now
        return slices_max

    def _wrk(self, url, seconds):
        shape = ["-t1", f"-c{self.connections}", f"-d{seconds}s", "--latency"]
        command = ["taskset", "-c", str(self.core), "wrk", *shape, "-H", "Connection: close", url]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _errors(words):
    """Socket errors and answers other than 2xx and 3xx."""
    sockets = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", words)
    answers = re.search(r"Non-2xx or 3xx responses: (\d+)", words)
    return sum(map(int, sockets.groups() if sockets else ())) + int(answers.group(1) if answers else 0)


def _p99_millis(words):
    """Not a number where wrk says none."""
    found = re.search(r"99%\s+([\d.]+)(us|ms|s|m)\b", words)
    unit = {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}
    return float(found.group(1)) * unit[found.group(2)] if found else math.nan


def median(values):
    """Of those that are numbers."""
    return statistics.median([value for value in values if not math.isnan(value)] or [math.nan])
