"""Where it is measured."""

import os
import platform
import re
from pathlib import Path


def machine():
    kernel = re.match(r"[\d.]*\d", platform.release()).group()
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    kib = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text()).group(1)
    return (
        f"{os.cpu_count()} cores {cpu.group(1) if cpu else platform.machine()},"
        f" {round(int(kib) / 2**20)} GiB, Linux {kernel}"
    )


def java():
    facts = Path(os.environ["JAVA_HOME"], "release").read_text()
    version = re.search(r'JAVA_RUNTIME_VERSION="(.*)"', facts).group(1)
    vendor = re.search(r'IMPLEMENTOR="(.*)"', facts)
    return f"JDK {version}" + (f" ({vendor.group(1)})" if vendor else "")
