"""What an idle keep-alive connection costs in memory."""

import re
import socket
import subprocess
import time
from contextlib import contextmanager

import servers as who
from measure import say, start
from parts import HELLO
from process import Failed, free_port, pss_mib

HEAP_MIB = 2048
REQUESTS = 3
# All of the heap is there from the start: what PSS gains is not heap.
JAVA_OPTIONS = [f"-Xms{HEAP_MIB}m", f"-Xmx{HEAP_MIB}m", "-XX:+AlwaysPreTouch"]
WARM_UP_SECONDS = 3
AT_ONCE = 200
DEADLINE_SECONDS = 60
REQUEST = f"GET {HELLO.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


def servers(threads):
    return ("junicorn-gthread", "junicorn-virtual", "junicorn-async", f"tomcat-{threads}", f"jetty-{threads}")


def memory(chosen, plan, scratch):
    """For each key bytes for a connection: of the heap after a full collection, and of all else.

    After one request and after some: Jetty's parser gets its cache of fields with the second.
    """
    rows = {}
    for key, server in chosen.items():
        rows[key] = {"name": server.name, "ours": server.ours, "failed": None}
        try:
            rows[key].update(_memory(server, plan, scratch))
            say(f"idle: {server.name}: {rows[key]['first']:.0f}, later {rows[key]['later']:.0f} bytes")
        except Failed as failure:
            rows[key]["failed"] = str(failure)
            say(f"{server.name}: {failure}")
    return {"connections": plan.idle_connections, "servers": rows}


def _memory(server, plan, scratch):
    options = [*JAVA_OPTIONS, *plan.java_options]
    site = who.Site(free_port(), scratch, options, plan.junicorn_options)
    with start(server, site) as process:
        process.await_answer(site.port, HELLO)
        plan.load.slice(process, site.port, HELLO, WARM_UP_SECONDS)
        pid = process.family()[-1]
        with _open(site.port, plan.idle_connections // 10):
            pass  # what only the first of many connections costs is not counted
        none = _settled(pid)
        with _open(site.port, plan.idle_connections) as connections:
            first = _settled(pid)
            for _ in range(1, REQUESTS):
                _ask_again(connections)
            later = _settled(pid)
            _ask_again(connections)
    heap, native = _each(none, later, plan)
    return {"first": sum(_each(none, first, plan)), "heap": heap, "native": native, "later": heap + native}


def _each(before, after, plan):
    """What each costs; pages that the kernel took back meanwhile are not the connections' merit."""
    return [max(0, more - less) / plan.idle_connections for less, more in zip(before, after)]


def _settled(pid):
    """Bytes of live heap and of PSS, once collections find nothing more to free."""
    for _ in range(3):
        _jcmd(pid, "GC.run")
        time.sleep(0.3)
    used = re.findall(r"^(?:DefNew|Tenured) +total \d+K, used (\d+)K", _jcmd(pid, "GC.heap_info"), re.MULTILINE)
    if not used:
        raise Failed("jcmd GC.heap_info says nothing about generations: is it not the serial collector?")
    return sum(map(int, used)) * 1024, pss_mib(pid) * 2**20


def _jcmd(pid, command):
    jcmd = who.java()[0].with_name("jcmd")
    done = subprocess.run([jcmd, str(pid), command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"jcmd {command}: {done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def _open(port, count):
    """Connections that had a request each, closed at the end.

    From an address of its own, so that no port is waited for that another server's client had.
    """
    connections = []
    source = f"127.{count // 1000 + 1}.{port >> 8}.{port & 255}"
    try:
        while len(connections) < count:
            batch = [_connect(source, port) for _ in range(min(AT_ONCE, count - len(connections)))]
            connections += batch
            _ask_again(batch)
        yield connections
    finally:
        for connection in connections:
            connection.close()


def _connect(source, port):
    connection = socket.socket()
    connection.bind((source, 0))
    connection.connect(("127.0.0.1", port))
    return connection


def _ask_again(connections):
    """A request on each, not on all at once; all are answered and stay open."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    for first in range(0, len(connections), AT_ONCE):
        batch = connections[first : first + AT_ONCE]
        for connection in batch:
            connection.sendall(REQUEST)
        for connection in batch:
            connection.settimeout(max(0.01, deadline - time.monotonic()))
            _expect_answer(connection)


def _expect_answer(connection):
    try:
        answer = connection.recv(65536)
    except OSError as failure:
        raise Failed(f"an idle connection was not served: {failure}") from failure
    if not answer.startswith(b"HTTP/1.1 200"):
        raise Failed(f"an idle connection was answered {answer[:80]!r}")
