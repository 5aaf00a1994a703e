"""The machine and the versions that figures were measured with."""

import os
import platform
from importlib.metadata import version
from pathlib import Path


def machine() -> dict[str, str]:
    """What to name beside every figure, in the order in which it is read."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return {
        "Processor": processor(),
        "Cores": str(os.cpu_count()),
        "Memory": f"{memory():.0f} GiB",
        "System": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "numpy": version("numpy"),
        "scipy": version("scipy"),
        "Load at the start": f"{load} over 1, 5 and 15 minutes",
    }


def processor() -> str:
    """The model as the system names it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = [line.partition(":")[2].strip() for line in lines if "model name" in line]
    return names[0] if names else platform.machine()


def memory() -> float:
    """Physical memory in GiB."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
