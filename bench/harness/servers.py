"""Who is measured: how each server is started, with which options."""

import os
import shlex
import shutil
import subprocess
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

BENCH = Path(__file__).resolve().parent.parent
ROOT = BENCH.parent
HELLO_CLASSES = ROOT / "examples/hello/target/classes"
HELLO_WAR = ROOT / "examples/hello/target/hello.war"

# A junicorn worker's options, for the peers too, so that the server is all that differs.
HEAP = "-Xmx256m"
WORKER_JAVA_OPTIONS = [
    "-XX:+UseSerialGC",
    "-XX:+UseCompactObjectHeaders",
    "-XX:-UsePerfData",
    "-Xms32m",
    HEAP,
]
SERVLETS = {
    "/hello": "hello.HelloServlet",
    "/json": "junicorn.bench.JsonServlet",
    "/download": "junicorn.bench.DownloadServlet",
    "/upload": "junicorn.bench.UploadServlet",
    "/delay": "junicorn.bench.DelayServlet",
}
CONNECTIONS_MAX = 11_000
IDLE_TIME = "10m"


@dataclass(frozen=True)
class Site:
    """Where a server is started, and what all JVMs are told beyond their servers' own options."""

    port: int
    scratch: Path
    java_options: list = field(default_factory=list)
    junicorn_options: list = field(default_factory=list)
    """These come last, so they win."""


@dataclass(frozen=True)
class Server:
    name: str
    facts: str
    command: Callable[[Site], list]
    ours: bool = False


def all_servers(threads=8):
    """By key; the first word of a key says who, the others how."""
    return {**_closing(), **_threads(threads), **_virtual(), **_loops()}


def _closing():
    """A connection for each request."""
    return {
        "junicorn-sync": junicorn(1, "its defaults: deferred accept, answer and end in one segment"),
        "junicorn-sync-plain": junicorn(1, "accepts at once, as the peers do", "--no-defer-accept"),
        "junicorn-sync-2": junicorn(2, "the same as the first, both workers on the one core"),
        "gunicorn-sync": gunicorn("sync"),
        "tomcat": tomcat("", "default", "up to 200 threads"),
        "jetty": jetty("", "default", "up to 200 threads"),
        "c": c("C epoll loop", "the limit: accept, read, send, close"),
        "c-defer": c("C epoll loop, deferred", "the same with deferred accept", "defer"),
        "c-merge": c(
            "C epoll loop, deferred, merged",
            "the same with deferred accept, answer and end in one segment: what junicorn does",
            "defer",
            "merge",
        ),
    }


def _threads(threads):
    many = f"{threads} threads"
    return {
        "junicorn-gthread": kept("servlet", "gthread", many, "--threads", threads),
        f"tomcat-{threads}": tomcat(f", {many}", threads, f"NIO connector, {many}"),
        f"jetty-{threads}": jetty(f", {many}", threads, f"{many} for requests, 1 selector, 1 acceptor"),
        f"undertow-{threads}": undertow(f", {many}", threads, f"servlets on {many}, 1 I/O thread"),
        f"gunicorn-{threads}": gunicorn("gthread", "--threads", str(threads)),
    }


def _virtual():
    return {
        "junicorn-virtual": kept("servlet", "virtual", "a virtual thread per request"),
        "junicorn-virtual-handler": kept("handler", "virtual", "junicorn.api.HttpHandler"),
        "tomcat-virtual": tomcat(", virtual", "virtual", "useVirtualThreads"),
        "jetty-virtual": jetty(", virtual", "virtual", "QueuedThreadPool with virtual threads"),
        "helidon": peer(
            "helidon", "helidon-webserver", "Helidon", "HelidonPeer", "default", "", "its own handler"
        ),
    }


def _loops():
    return {
        "junicorn-async": kept("servlet", "async", "the same servlet, on the loop"),
        "junicorn-async-handler": kept("handler", "async", "junicorn.api.HttpHandler"),
        "jetty-core": peer(
            "jetty", "jetty-server", "Jetty core", "JettyCorePeer", "default", "", "non-blocking Handler"
        ),
        "netty": peer(
            "netty", "netty-codec-http", "Netty", "NettyPeer", "default", "", "its codec, 1 loop, epoll"
        ),
        "vertx": peer(
            "vertx", "vertx-core", "Vert.x", "VertxPeer", "default", "", "1 verticle, native epoll"
        ),
        "c-keep": c("C epoll loop, keep-alive", "the limit: read, send; no parser", "keep"),
    }


def junicorn(workers, facts, *options):
    """As it comes: class sync and the example's WAR."""
    name = " ".join(["junicorn -w", str(workers), *map(str, options)])
    words = ["-w", workers, *options]
    return Server(name, facts, lambda site: _junicorn(site, words, [HELLO_WAR]), ours=True)


def kept(kind, worker_class, facts, *options):
    """One worker of a class that keeps connections, with servlets or with the handler."""
    name = " ".join(["junicorn -k", worker_class, *map(str, options)]) + f", {kind}"
    words = ["-w", 1, "-k", worker_class, *options]
    words += ["--worker-connections", CONNECTIONS_MAX, "--keep-alive", IDLE_TIME]

    def command(site):
        if kind == "handler":
            return _junicorn(site, [*words, "-C", BENCH / "target/classes"], ["junicorn.bench.HelloHandler"])
        return _junicorn(site, words, [_war(site.scratch)])

    return Server(name, facts, command, ours=True)


def _junicorn(site, options, application):
    java_options = shlex.join([HEAP, *site.java_options])
    command = [_distribution() / "bin/junicorn", "-b", f"127.0.0.1:{site.port}", *options]
    return [*command, f"--java-opts={java_options}", *site.junicorn_options, *application]


def gunicorn(worker_class, *options):
    def command(site):
        place = ["-b", f"127.0.0.1:{site.port}", "--worker-tmp-dir", site.scratch]
        return [_gunicorn(), "-w", "1", "-k", worker_class, *options, *place] + [
            *["--keep-alive", "600", "--worker-connections", str(CONNECTIONS_MAX)],
            *["--chdir", BENCH / "peers", "hello:app"],
        ]

    version = _words(_gunicorn(), "--version")
    name = " ".join(["Gunicorn -k", worker_class, *options])
    return Server(name, f"{version}, backlog 2048", command)


def tomcat(suffix, threads, facts):
    return peer("tomcat", "tomcat-embed-core", "Tomcat", "TomcatPeer", threads, suffix, facts)


def jetty(suffix, threads, facts):
    return peer("jetty", "jetty-server", "Jetty", "JettyPeer", threads, suffix, facts)


def undertow(suffix, threads, facts):
    return peer("undertow", "undertow-servlet", "Undertow", "UndertowPeer", threads, suffix, facts)


def peer(library, jar, title, main, threads, suffix, facts):
    """A server in a JVM of its own, with nobody else's libraries on its class path."""
    class_path = f"{BENCH}/target/classes:{BENCH}/target/lib/{library}/*:{HELLO_CLASSES}"
    served = [f"{path}={servlet}" for path, servlet in SERVLETS.items()]

    def command(site):
        options = [*WORKER_JAVA_OPTIONS, "--enable-native-access=ALL-UNNAMED", *site.java_options]
        options += [f"-Djava.io.tmpdir={site.scratch}", "-cp", class_path]
        return java(*options, f"junicorn.bench.{main}", site.port, threads, *served)

    return Server(f"{title} {_version(library, jar)}{suffix}", facts, command)


def c(name, facts, *options):
    return Server(name, facts, lambda site: [compiled("epoll", site.scratch), site.port, *options])


def delay(port, scratch):
    return [compiled("delay", scratch), port]


def java(*arguments):
    return [Path(os.environ["JAVA_HOME"]) / "bin/java", *arguments]


def compiled(name, scratch):
    program = scratch / name
    if not program.exists():
        source = BENCH / f"peers/{name}.c"
        subprocess.run(["gcc", "-O2", "-Wall", "-Wextra", "-o", program, source], check=True)
    return program


def _war(scratch):
    """All servlets that are measured, and nothing else."""
    war = scratch / "bench.war"
    if not war.exists():
        with zipfile.ZipFile(war, "w") as archive:
            for name in [*SERVLETS.values(), "junicorn.bench.Answers"]:
                file = f"{name.replace('.', '/')}.class"
                folder = HELLO_CLASSES if name.startswith("hello.") else BENCH / "target/classes"
                archive.write(folder / file, f"WEB-INF/classes/{file}")
    return war


def _distribution():
    found = [home for home in ROOT.glob("dist/target/junicorn-*/junicorn-*") if home.is_dir()]
    if len(found) != 1:
        raise SystemExit("bench: no distribution; run ./build bench")
    return found[0]


def _version(library, jar):
    """From the name of a jar in bench/target/lib."""
    for found in (BENCH / "target/lib" / library).glob(f"{jar}-[0-9]*.jar"):
        return found.stem[len(jar) + 1 :].removesuffix(".Final")
    raise SystemExit(f"bench: {jar} is not in bench/target/lib/{library}; run ./build bench")


def _gunicorn():
    """Debian's, whatever else is on the PATH."""
    return "/usr/bin/gunicorn" if os.access("/usr/bin/gunicorn", os.X_OK) else shutil.which("gunicorn")


def _words(*command):
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return found.strip().replace(" (version ", " ").rstrip(")")
