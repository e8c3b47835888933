"""What operators do to a server, and what its clients see of it: kill -9, reload, a process per request."""

import http.client
import os
import signal
import threading
import time
from contextlib import contextmanager

import servers
from load import median
from measure import CLOSING_HELLO, say, site_of, start
from process import Failed, ask, free_port

PATIENCE_SECONDS = 120
CLIENTS = 4
"""Of each kind: keep-alive, and a connection per request."""


def lifecycle(plan, scratch):
    """Not pinned: what is measured is how the processes of a server take turns."""
    return {
        "runs": plan.starts,
        "kills": [_kills(server, plan, scratch) for server in _one_worker()],
        "reloads": [_reloads(server, plan, scratch) for server in _four_workers()],
        "fresh": [_fresh(server, plan, scratch) for server in _fresh_processes()],
    }


def _one_worker():
    return [
        servers.junicorn(1, "", "--standby", 1),
        servers.junicorn(1, ""),
        servers.gunicorn("sync"),
    ]


def _four_workers():
    threads = ("--threads", 2)
    return [
        servers.junicorn(4, "", "-k", "gthread", *threads),
        servers.gunicorn("gthread", "--threads", "2", "-w", "4"),
    ]


def _fresh_processes():
    return [
        servers.junicorn(1, "", "--max-requests", 1, "--standby", 2),
        servers.gunicorn("sync", "--max-requests", "1"),
    ]


def _kills(server, plan, scratch):
    """Milliseconds from kill -9 of the only worker to an answer of its replacement."""
    site = site_of(free_port(), plan, scratch)
    with start(server, site) as process:
        process.await_answer(site.port, CLOSING_HELLO)
        millis = []
        for _ in range(plan.starts):
            process.await_quiet()
            worker = _serving(process, site.port)
            began = time.monotonic()
            os.kill(worker, signal.SIGKILL)
            _await_answer(site.port)
            millis.append((time.monotonic() - began) * 1000)
    found = {"name": server.name, "millis": median(millis), "most": max(millis)}
    say(f"kill -9 to the next answer: {server.name}: {found['millis']:.0f} ms, at most {found['most']:.0f} ms")
    return found


def _serving(process, port):
    """The worker that answers: a standby is there, too, and does nothing."""
    before = {pid: _ticks(pid) for pid in process.family()[1:]}
    for _ in range(300):
        ask(port, CLOSING_HELLO)
    return max(before, key=lambda pid: _ticks(pid) - before[pid])


def _ticks(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _await_answer(port):
    """A connection that the killed worker had accepted is its own loss; the next one counts."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            if ask(port, CLOSING_HELLO).right(CLOSING_HELLO):
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.001)
    raise Failed(f"no answer for {PATIENCE_SECONDS} s after kill -9")


def _reloads(server, plan, scratch):
    """Seconds from HUP until no old worker is left, and what clients saw meanwhile."""
    site = site_of(free_port(), plan, scratch)
    seconds, stalls, failed, requests = [], [], 0, 0
    with start(server, site) as process:
        process.await_answer(site.port, CLOSING_HELLO)
        for _ in range(plan.starts):
            process.await_quiet()
            with _clients(site.port) as clients:
                time.sleep(0.5)
                seconds.append(_reload(process))
                time.sleep(0.5)
            stalls.append(max(client.longest for client in clients) * 1000)
            failed += sum(client.failed for client in clients)
            requests += sum(client.requests for client in clients)
    found = {"name": server.name, "seconds": median(seconds), "stall": median(stalls), "longest": max(stalls)}
    say(
        f"reload of 4: {server.name}: {found['seconds']:.1f} s, longest stall {found['longest']:.0f} ms,"
        f" {failed} of {requests} failed"
    )
    return {**found, "failed": failed, "requests": requests}


def _reload(process):
    old = set(process.family()[1:])
    began = time.monotonic()
    os.kill(process.pid, signal.SIGHUP)
    while time.monotonic() - began < PATIENCE_SECONDS:
        workers = process.family()[1:]
        if not old & set(workers) and len(workers) >= len(old):
            return time.monotonic() - began
        time.sleep(0.01)
    raise Failed(f"old workers are still there {PATIENCE_SECONDS} s after HUP")


def _fresh(server, plan, scratch):
    """Requests per second, one after the other, where each has a process of its own."""
    site = site_of(free_port(), plan, scratch)
    with start(server, site) as process:
        process.await_answer(site.port, CLOSING_HELLO)
        process.await_quiet()
        count = 3 * plan.starts
        began = time.monotonic()
        millis = []
        for _ in range(count):
            asked = time.monotonic()
            _await_answer(site.port)
            millis.append((time.monotonic() - asked) * 1000)
        rate = count / (time.monotonic() - began)
    say(f"a process for each request: {server.name}: {rate:.2f} per second, {median(millis):.0f} ms each")
    return {"name": server.name, "per_second": rate, "millis": median(millis), "most": max(millis)}


class _Client(threading.Thread):
    """Asks one request after the other, and notes the longest wait."""

    def __init__(self, port, keep, ended):
        super().__init__(daemon=True)
        self._port, self._keep, self._ended = port, keep, ended
        self.longest, self.failed, self.requests = 0, 0, 0

    def run(self):
        connection = None
        while not self._ended.is_set():
            began = time.monotonic()
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
                connection.request("GET", "/hello", headers={} if self._keep else {"Connection": "close"})
                response = connection.getresponse()
                response.read()
                if response.status != 200:
                    self.failed += 1
                if response.will_close:
                    connection = _closed(connection)
            except (OSError, http.client.HTTPException):
                self.failed += 1
                connection = _closed(connection)
            self.requests += 1
            self.longest = max(self.longest, time.monotonic() - began)
            time.sleep(0.002)
        _closed(connection)


def _closed(connection):
    if connection is not None:
        connection.close()


@contextmanager
def _clients(port):
    ended = threading.Event()
    clients = [_Client(port, keep, ended) for keep in (True, False) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    try:
        yield clients
    finally:
        ended.set()
        for client in clients:
            client.join()
