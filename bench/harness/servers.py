"""Who is measured: how each server is started, with which defaults."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

BENCH = Path(__file__).resolve().parent.parent
ROOT = BENCH.parent
HELLO_CLASSES = ROOT / "examples/hello/target/classes"
HELLO_WAR = ROOT / "examples/hello/target/hello.war"
PATH = "/hello"

# A junicorn worker's options, for the peers too, so that the server is all that differs.
HEAP = "-Xmx256m"
WORKER_JAVA_OPTIONS = [
    "-XX:+UseSerialGC",
    "-XX:+UseCompactObjectHeaders",
    "-XX:-UsePerfData",
    "-Xms32m",
    HEAP,
]


@dataclass(frozen=True)
class Server:
    name: str
    facts: str
    command: Callable[[int, Path], list]
    """From port and scratch directory."""


def all_servers():
    """By key, in the order of the table."""
    return {
        "junicorn": junicorn(1, "its defaults: deferred accept, answer and end in one segment"),
        "junicorn-plain": junicorn(1, "accepts at once, as the peers do", "--no-defer-accept"),
        "junicorn-2": junicorn(2, "the same, both workers on the one core"),
        "gunicorn": Server(
            "Gunicorn -w 1",
            f"{_words(_gunicorn(), '--version')}, sync, backlog 2048",
            lambda port, scratch: [_gunicorn(), "-w", "1", "-b", f"127.0.0.1:{port}"]
            + ["--worker-tmp-dir", scratch, "--chdir", BENCH / "peers", "hello:app"],
        ),
        "tomcat": Server(
            f"Tomcat {_version('tomcat-embed-core')}",
            "embedded, NIO connector, up to 200 threads, backlog 100",
            lambda port, scratch: _peer("TomcatPeer", port) + [scratch],
        ),
        "jetty": Server(
            f"Jetty {_version('jetty-server')}",
            "embedded, ServletContextHandler, up to 200 threads",
            lambda port, _: _peer("JettyPeer", port),
        ),
        "c": c("C epoll loop", "the limit: accept, read, send, close"),
        "c-defer": c("C epoll loop, deferred", "the same with deferred accept", "defer"),
        "c-merge": c(
            "C epoll loop, deferred, merged",
            "the same with deferred accept, answer and end in one segment: what junicorn does",
            "defer",
            "merge",
        ),
    }


def junicorn(workers, facts, *options):
    command = [_distribution() / "bin/junicorn", "-w", workers, "--java-opts", HEAP, *options]
    return Server(
        " ".join(["junicorn -w", str(workers), *options]),
        facts,
        lambda port, _: command + ["-b", f"127.0.0.1:{port}", HELLO_WAR],
    )


def c(name, facts, *options):
    return Server(name, facts, lambda port, scratch: [_compiled(scratch), port, *options])


def java(*arguments):
    return [Path(os.environ["JAVA_HOME"]) / "bin/java", *arguments]


def _peer(main, port):
    class_path = f"{BENCH}/target/classes:{BENCH}/target/lib/*:{HELLO_CLASSES}"
    options = [*WORKER_JAVA_OPTIONS, "-cp", class_path]
    return java(*options, f"junicorn.bench.{main}", port, "hello.HelloServlet", PATH)


def _distribution():
    found = [home for home in ROOT.glob("dist/target/junicorn-*/junicorn-*") if home.is_dir()]
    if len(found) != 1:
        raise SystemExit("bench: no distribution; run ./build bench")
    return found[0]


def _version(jar):
    """From the name of a jar in bench/target/lib."""
    for found in (BENCH / "target/lib").glob(f"{jar}-[0-9]*.jar"):
        return found.stem[len(jar) + 1 :]
    raise SystemExit(f"bench: {jar} is not in bench/target/lib; run ./build bench")


def _gunicorn():
    """Debian's, whatever else is on the PATH."""
    return "/usr/bin/gunicorn" if os.access("/usr/bin/gunicorn", os.X_OK) else shutil.which("gunicorn")


def _compiled(scratch):
    program = scratch / "epoll"
    if not program.exists():
        source = BENCH / "peers/epoll.c"
        subprocess.run(["gcc", "-O2", "-Wall", "-Wextra", "-o", program, source], check=True)
    return program


def _words(*command):
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return found.strip().replace(" (version ", " ").rstrip(")")
