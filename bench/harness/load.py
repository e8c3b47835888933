"""One slice of load from wrk, and what it cost the server."""

import math
import re
import statistics
import subprocess
from dataclasses import dataclass, replace

from servers import BENCH

LEVEL = 0.04
WINDOWS = 3
WINDOW_SECONDS = 1
FEW = 16
UNITS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}


@dataclass(frozen=True)
class Slice:
    per_second: float
    per_cpu_second: float
    busy: float
    """CPU seconds of the server for each second."""
    p50_millis: float
    p99_millis: float
    errors: int


@dataclass(frozen=True)
class Load:
    core: int

    def slice(self, process, port, shape, seconds):
        before = process.cpu_seconds()
        words = self._wrk(port, shape, seconds * shape.longer)
        used = max(process.cpu_seconds() - before, 0.01)
        requests, took = re.search(r"(\d+) requests in ([\d.]+)s", words).groups()
        return Slice(
            per_second=int(requests) / float(took),
            per_cpu_second=int(requests) / used,
            busy=used / float(took),
            p50_millis=_within(50, words),
            p99_millis=_within(99, words),
            errors=_errors(words),
        )

    def warm_up(self, process, port, shape, windows_max):
        """Windows until the last three cost the same within 4 %, or no more are allowed; how many.

        Before them one with few connections: a cold server that is asked a thousand times at once
        would still answer clients that have gone when the next ask.
        """
        costs = []
        few = replace(shape, connections=min(shape.connections, FEW))
        self.slice(process, port, few, WINDOW_SECONDS)
        for _ in range(windows_max):
            costs.append(self.slice(process, port, shape, WINDOW_SECONDS).per_cpu_second)
            last = costs[-WINDOWS:]
            if len(costs) > WINDOWS and max(last) - min(last) < LEVEL * max(last):
                break
        return len(costs)

    def _wrk(self, port, shape, seconds):
        command = ["taskset", "-c", str(self.core), "wrk", "-t1", f"-c{shape.connections}"]
        command += [f"-d{seconds}s", "--latency", "--timeout", "10s"]
        command += [] if shape.keep else ["-H", "Connection: close"]
        command += ["-s", f"{BENCH}/peers/{shape.script}"] if shape.script else []
        command += [f"http://127.0.0.1:{port}{shape.path}"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _errors(words):
    """Socket errors and answers other than 2xx and 3xx."""
    sockets = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", words)
    answers = re.search(r"Non-2xx or 3xx responses: (\d+)", words)
    return sum(map(int, sockets.groups() if sockets else ())) + int(answers.group(1) if answers else 0)


def _within(percent, words):
    """Not a number where wrk says none."""
    found = re.search(rf"^ +{percent}%\s+([\d.]+)(us|ms|s|m)\b", words, re.MULTILINE)
    millis = float(found.group(1)) * UNITS[found.group(2)] if found else 0
    return millis or math.nan


def median(values):
    """Of those that are numbers."""
    return statistics.median([value for value in values if not math.isnan(value)] or [math.nan])
