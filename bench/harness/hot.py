"""Where a server spends its CPU time: Java Flight Recorder, under the load of its part."""

import subprocess

import servers as who
from measure import say, start
from process import Failed, Process, free_port

EVENTS = ["jdk.CPUTimeSample#enabled=true", "jdk.CPUTimeSample#throttle=1ms"]
VIEWS = ["cpu-time-hot-methods", "allocation-by-class"]


def methods(wanted, known, parts, plan, scratch):
    """Prints tables; the recording stays in bench/target."""
    key = wanted.profile
    part = next((parts[p] for p in wanted.parts if p in parts and key in parts[p].servers), None)
    if part is None:
        raise SystemExit(f"bench: no part has a server {key!r}; one of: {', '.join(known)}")
    delay_port = free_port()
    options = [f"-Dbench.delay.port={delay_port}", *plan.java_options]
    site = who.Site(free_port(), scratch, options, plan.junicorn_options)
    file = who.BENCH / f"target/{key}.jfr"
    with (
        Process(who.delay(delay_port, scratch), scratch / "delay.log", plan.load.core),
        start(known[key], site, plan.server_core) as process,
    ):
        process.await_answer(site.port, part.shape)
        plan.load.warm_up(process, site.port, part.shape, plan.warm_ups_max)
        pid = process.family()[-1]
        _run("jcmd", pid, "JFR.start", "name=hot", "settings=profile", *EVENTS)
        found = plan.load.slice(process, site.port, part.shape, max(5, plan.slice_seconds))
        _run("jcmd", pid, "JFR.dump", "name=hot", f"filename={file}")
    say(f"{known[key].name}: {found.per_cpu_second:.0f} requests per CPU-second while recorded")
    for view in VIEWS:
        print(_run("jfr", "view", "--width", 150, "--truncate", "beginning", view, file))
    say(f"the recording is {file.relative_to(who.ROOT)}")


def _run(tool, *arguments):
    command = [str(who.java()[0].with_name(tool)), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"{tool} {arguments[1]}: {done.stdout}{done.stderr}")
    return done.stdout
