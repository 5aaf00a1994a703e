"""Other ways to pair, each on the same instance as ours and timed without start-up."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pairing.engine import Problem

from ..bench import TOTAL_ALONE, Sizes, best_of_solves
from ..program import Kind, program
from ..rows import Row, at_least, at_most
from ..scores import blocks, total_of
from .environment import CannotInstall, python_of

PROGRAMS = Path(__file__).parent / "programs"


@dataclass(frozen=True)
class Peer:
    """A program of this folder; without a group it runs in our own environment."""

    name: str
    program: str
    size: str  # which of the sizes
    group: str | None = None
    kinds: tuple[Kind, ...] = ("loose", "scarce")


PEERS = (
    Peer("greedy by score, all pairs", "greedy", "small"),
    Peer("scipy, dense assignment", "dense", "small"),
    Peer("OR-Tools, minimum-cost flow", "flow", "small", "bench-ortools"),
    Peer(
        "matching, HospitalResident, 20 each",
        "hospital_resident",
        "stable",
        "bench-matching",
    ),
    Peer("mentor-match, Munkres", "munkres_rounds", "rounds", "bench-mentor-match"),
)


@dataclass(frozen=True)
class Result:
    """How a peer did on one instance, beside us; `refused` says why it could not."""

    peer: Peer
    kind: Kind
    mentees: int
    refused: str = ""
    paired: tuple[int, int] = (0, 0)  # theirs, ours
    total: float = 0.0  # theirs / ours
    seconds: tuple[float, float] = (0.0, 0.0)
    solving: float = 0.0  # our seconds without scoring

    @property
    def times(self) -> float:
        """Their time in ours, which includes scoring."""
        return self.seconds[0] / self.seconds[1]


def race(seed: int, sizes: Sizes, *, install: bool) -> Iterator[Result]:
    """Every peer on every instance meant for it; those that need an environment of
    their own only where that may be made."""
    for peer in PEERS:
        if peer.group and not install:
            continue
        for kind in peer.kinds:
            yield _run(peer, kind, seed, getattr(sizes, peer.size))


def target_rows(results: list[Result]) -> Iterator[Row]:
    """The rows of the table of targets that come from peers."""
    for it in results:
        ran = not it.refused
        if ran and it.peer.program == "greedy" and it.kind == "scarce":
            where = f"greedy by score over all pairs, n = {it.mentees} scarce"
            more = it.paired[1] - it.paired[0]
            yield at_least(f"total / {where}", 1.03, 1 / it.total)
            yield at_least(f"more people paired than {where}", 10, more)
        if ran and it.peer.group == "bench-matching":
            name = f"time / `matching` HospitalResident, n = {it.mentees} {it.kind}"
            note = f"{it.seconds[1]:.3f} s / {it.seconds[0]:.3f} s; "
            note += f"without scoring {it.solving / it.seconds[0]:.2g}"
            yield at_most(name, 0.05, 1 / it.times, note=note, why=SCORES_COUNT)


SCORES_COUNT = "ours scores every pair from profiles first; the peer is given its lists"


def _run(peer: Peer, kind: Kind, seed: int, size: int) -> Result:
    problem = program(seed, size, kind, pins=False)
    try:
        told = _told(peer, problem)
    except CannotInstall as refused:
        return Result(peer, kind, size, refused=f"could not be installed: {refused}")
    except subprocess.CalledProcessError as failed:
        last = (failed.stderr.strip() or "no words").splitlines()[-1]
        return Result(peer, kind, size, refused=f"failed: {last}")
    ours = best_of_solves(problem)
    mentor_of = {
        person.id: problem.mentors[column].id
        for person, column in zip(problem.mentees, told["mentor_of"], strict=True)
        if column >= 0
    }
    return Result(
        peer,
        kind,
        size,
        paired=(len(mentor_of), len(ours.plan.mentor_of)),
        total=total_of(problem, mentor_of, TOTAL_ALONE) / ours.plan.total,
        seconds=(told["seconds"], ours.seconds),
        solving=ours.stages["solve"],
    )


def _told(peer: Peer, problem: Problem) -> dict[str, Any]:
    python = python_of(peer.group) if peer.group else sys.executable
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance.npz"
        export(problem, instance)
        done = subprocess.run(
            [python, PROGRAMS / f"{peer.program}.py", instance],
            capture_output=True,
            text=True,
            check=True,
        )
    return json.loads(done.stdout)


def export(problem: Problem, path: Path) -> None:
    """The instance as peers read it; see `programs/clock.py`. Pins are not told."""
    np.savez(
        path,
        score=np.concatenate([block for _, block in blocks(problem)]),
        capacity=np.array([mentor.capacity for mentor in problem.mentors]),
        place_cost=TOTAL_ALONE.place_cost,
    )
