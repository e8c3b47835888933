"""What is measured: loads, who meets each, and the bars."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Shape:
    """A request as wrk repeats it, and the answer that every server owes."""

    path: str
    connections: int
    type: str
    length: int
    keep: bool = True
    script: str = ""
    """Of wrk, in bench/peers."""
    delayed: bool = False
    """The servlet asks the delay server."""
    longer: int = 1
    """How many times as long slices are: many connections take time to open."""


@dataclass(frozen=True)
class Bar:
    """How ours must compare with the best of the peers."""

    ours: str
    peers: tuple
    at_least: float
    measure: str = "per_cpu_second"
    """Or `per_second`, or `p99_millis`: then the peer's is divided by ours."""


@dataclass(frozen=True)
class Part:
    title: str
    about: str
    shape: Shape
    servers: tuple
    bars: tuple


HELLO = Shape("/hello", 64, "text/plain", 13)
JSON = Shape("/json", 64, "application/json", 1024)
DOWNLOAD = Shape("/download", 16, "application/octet-stream", 1 << 20)
UPLOAD = Shape("/upload", 16, "text/plain", 7, script="upload.lua")

OTHER_PARTS = {
    "idle": "10,000 idle connections",
    "starts": "time to the first answer",
    "memory": "memory of master and workers",
    "lifecycle": "kill -9, reload, a process for each request",
    "calls": "what a C call costs from Java",
}


def all_parts(threads=8):
    """By key, in the order of the report."""
    tomcat, jetty, undertow = f"tomcat-{threads}", f"jetty-{threads}", f"undertow-{threads}"
    containers = (tomcat, jetty)
    bodies = ("junicorn-gthread", *containers)
    return {
        "sync": _sync(),
        "gthread": Part(
            f"Hello servlet, keep-alive, {threads} threads",
            "The same servlet class everywhere, as many request threads everywhere; Gunicorn with an equal"
            " application.",
            HELLO,
            ("junicorn-gthread", tomcat, jetty, undertow, f"gunicorn-{threads}"),
            (
                Bar("junicorn-gthread", (tomcat, jetty, undertow), 1.35),
                Bar("junicorn-gthread", (f"gunicorn-{threads}",), 7.0),
            ),
        ),
        "virtual": Part(
            "Hello, keep-alive, virtual threads",
            "Servlets on virtual threads, and handlers of junicorn's and Helidon's own interfaces.",
            HELLO,
            ("junicorn-virtual", "junicorn-virtual-handler", "tomcat-virtual", "jetty-virtual", "helidon"),
            (
                Bar("junicorn-virtual", ("tomcat-virtual", "jetty-virtual"), 1.35),
                Bar("junicorn-virtual-handler", ("helidon",), 1.0),
            ),
        ),
        "async": Part(
            "Hello, keep-alive, on the loop",
            "The servlet and the handler run on the thread that polls; the peers are handlers.",
            HELLO,
            ("junicorn-async", "junicorn-async-handler", "jetty-core", "netty", "vertx", "c-keep"),
            (
                Bar("junicorn-async-handler", ("netty",), 1.0),
                Bar("junicorn-async-handler", ("vertx",), 1.3),
                Bar("junicorn-async-handler", ("c-keep",), 0.8),
            ),
        ),
        "blocking": Part(
            "10 ms of blocking I/O in each request, virtual threads",
            "The servlet writes a byte to another process and blocks in a read until the answer comes, 10 ms"
            " later. That process shares the core of the load.",
            Shape("/delay", 1000, "text/plain", 13, delayed=True, longer=2),
            ("junicorn-virtual", "tomcat-virtual"),
            (
                Bar("junicorn-virtual", ("tomcat-virtual",), 1.0, "per_second"),
                Bar("junicorn-virtual", ("tomcat-virtual",), 1.0, "p99_millis"),
            ),
        ),
        "json": Part(
            "1 KiB of JSON", "Made anew for each request.", JSON, bodies, _bodies_bar(containers)
        ),
        "download": Part(
            "1 MiB download", "One write of 1 MiB.", DOWNLOAD, bodies, _bodies_bar(containers)
        ),
        "upload": Part(
            "1 MiB upload", "POST; the servlet reads and counts.", UPLOAD, bodies, _bodies_bar(containers)
        ),
    }


def _sync():
    ours = "junicorn-sync"
    return Part(
        "Hello servlet, a connection per request",
        "Each request on a connection of its own (`Connection: close`), because that is what `sync` serves;"
        " Tomcat and Jetty with their own numbers of threads.",
        replace(HELLO, connections=16, keep=False),
        (ours, "junicorn-sync-plain", "junicorn-sync-2", "gunicorn-sync", "tomcat", "jetty")
        + ("c", "c-defer", "c-merge"),
        (
            Bar(ours, ("gunicorn-sync",), 3.0),
            Bar(ours, ("tomcat", "jetty"), 1.5),
            Bar(ours, ("c",), 0.7),
            Bar(ours, ("c-defer",), 0.7),
            Bar(ours, ("c-merge",), 0.7),
        ),
    )


def _bodies_bar(peers):
    return (Bar("junicorn-gthread", peers, 1.0),)
