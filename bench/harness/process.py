"""A server under test: started, asked, watched in /proc, and ended by its pid."""

import http.client
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
START_SECONDS_MAX = 60
STOP_SECONDS_MAX = 10
UPLOAD = b"0123456789abcdef" * 65536
"""What peers/upload.lua sends."""


class Failed(Exception):
    """A server did not do what it must do to be measured."""


class Process:
    """A command and all that it starts; gone, whatever happens, when its `with` block ends.

    It runs in a session of its own, so that Ctrl-C reaches the harness alone, which then ends it.
    """

    def __init__(self, command, log, core=None, environment=None):
        pinned = ["taskset", "-c", str(core)] if core is not None else []
        self.log = Path(log)
        self.started = time.monotonic()
        with open(log, "wb") as output:
            self._popen = subprocess.Popen(
                pinned + [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(environment or {})},
                start_new_session=True,
            )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    @property
    def pid(self):
        return self._popen.pid

    def stop(self):
        """Asks, then insists; then sees to whatever the process has left behind."""
        family = {pid: _started(pid) for pid in self.family()}
        self._popen.terminate()
        try:
            self._popen.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()
        for pid, started in family.items():
            if started is not None and _started(pid) == started:
                os.kill(pid, signal.SIGKILL)

    def await_answer(self, port, shape):
        """Waits for the first right answer; the seconds from exec to its last byte."""
        deadline = self.started + START_SECONDS_MAX
        last = "nothing"
        while time.monotonic() < deadline:
            if self._popen.poll() is not None:
                raise Failed(f"it ended with {self._popen.returncode}\n{self._last_words()}")
            try:
                last = ask(port, shape)
                if last.right(shape):
                    return time.monotonic() - self.started
            except (OSError, http.client.HTTPException) as refused:
                last = refused
            time.sleep(0.002)
        raise Failed(f"no right answer in {START_SECONDS_MAX} s, but {last}\n{self._last_words()}")

    def await_quiet(self):
        """Waits until all of the family have done with starting: no CPU time for a second."""
        used, deadline = None, time.monotonic() + START_SECONDS_MAX
        while used != self.cpu_seconds() and time.monotonic() < deadline:
            used = self.cpu_seconds()
            time.sleep(1)

    def family(self):
        """Pids of the process and of all its descendants, itself first."""
        children = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            fields = _stat(stat.parent.name)
            if fields:
                children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
        family = [self.pid]
        for pid in family:
            family += sorted(children.get(pid, []))
        return family

    def cpu_seconds(self):
        """CPU time of the whole family, of those too that have ended and were waited for."""
        ticks = 0
        for pid in self.family():
            fields = _stat(pid)
            if fields:
                ticks += sum(int(field) for field in fields[11:15])
        return ticks / TICKS

    def _last_words(self):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


def pss_mib(pid):
    """Proportional set size: what is shared by n processes counts 1/n for each."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise Failed(f"process {pid} has no Pss")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass(frozen=True)
class Answer:
    status: int
    type: str
    length: str
    dated: bool
    body: bytes

    def right(self, shape):
        facts = (200, shape.type, str(shape.length), True, shape.length)
        return facts == (self.status, self.type, self.length, self.dated, len(self.body))

    def __str__(self):
        return f"{self.status} {self.type} Content-Length {self.length}, {self.body[:80]!r}"


def ask(port, shape):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS_MAX)
    try:
        upload = UPLOAD if shape.script else None
        headers = {"Connection": "keep-alive" if shape.keep else "close"}
        connection.request("POST" if upload else "GET", shape.path, upload, headers)
        response = connection.getresponse()
        fields = response.headers
        kind = fields.get("Content-Type", "").partition(";")[0]
        return Answer(
            response.status, kind, fields.get("Content-Length"), "Date" in fields, response.read()
        )
    finally:
        connection.close()


def _stat(pid):
    """The fields of /proc/PID/stat from "state" (3rd) on, see proc_pid_stat(5); none if it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _started(pid):
    """Tells a process from a later one with the same pid; none if it is gone or a zombie."""
    fields = _stat(pid)
    return fields[19] if fields and fields[0] != "Z" else None
