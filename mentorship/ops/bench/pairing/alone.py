"""One solve in a process of its own, so that its memory and its threads are its own.

    python -m mentorship.ops.bench.pairing.alone '{"seed": 0, "mentees": 1000}'

prints one JSON object; `solve_alone` starts it and reads that.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from pairing.engine import Plan, Policy, solve

from .program import Kind, program

MODULE = "mentorship.ops.bench.pairing.alone"
CHECKOUT = Path(__file__).resolve().parents[4]
MIB = 2**20
STATUS = Path("/proc/self/status")
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def solve_alone(*, threads: int | None = None, **asked: Any) -> dict[str, Any]:
    """Solve `program(seed, mentees, kind)` elsewhere. `peak` and `extra` are MiB: the
    highest resident memory in all, and above what the problem itself took."""
    own = dict.fromkeys(THREADS, str(threads)) if threads else {}
    done = subprocess.run(
        [sys.executable, "-m", MODULE, json.dumps(asked)],
        cwd=CHECKOUT,
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1:] or done.returncode)
    return json.loads(done.stdout)


def solve_here(
    seed: int,
    mentees: int,
    kind: Kind = "loose",
    floor_share: float = 0.0,
    dense: bool | None = None,
) -> dict[str, Any]:
    """What `solve_alone` tells, measured in this process."""
    problem = program(seed, mentees, kind)
    before = forget_peak()
    began = time.perf_counter()
    plan = solve(problem, Policy(floor_share=floor_share), dense=dense)
    seconds = time.perf_counter() - began
    peak = memory("VmHWM")
    return {
        "mentees": mentees,
        "seconds": seconds,
        "peak": peak,
        "extra": peak - before,
        "paired": len(plan.mentor_of),
        "total": plan.total,
        "gap": plan.gap,
        "plan": fingerprint(plan),
    }


def fingerprint(plan: Plan) -> str:
    """The same text for the same pairs, whatever their order."""
    pairs = json.dumps(sorted(plan.mentor_of.items()))
    return hashlib.sha256(pairs.encode()).hexdigest()[:16]


def forget_peak() -> float:
    """Start counting the peak anew, where the system can; the memory in use, in MiB."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return memory("VmHWM")
    return memory("VmRSS")


def memory(field: str) -> float:
    """A figure of this process's memory from the kernel, in MiB."""
    for line in STATUS.read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1024 / MIB
    raise LookupError(field)


if __name__ == "__main__":
    print(json.dumps(solve_here(**json.loads(sys.argv[1]))))
