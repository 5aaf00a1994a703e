"""One run: every fault in its order, each told as soon as it is known."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .faults import Fault, Finding


@dataclass(frozen=True)
class Result:
    """What became of one fault, and the seconds it took."""

    fault: Fault
    finding: Finding
    seconds: float


def run(
    faults: Sequence[Fault], *, seed: int, short: bool, say: Callable[[str], object]
) -> list[Result]:
    """Make each fault with the same seed. One that could not even be made counts as
    not survived."""
    say(f"seed {seed}")
    results = []
    for fault in faults:
        began = time.monotonic()
        try:
            finding = fault.inject(seed=seed, short=short)
        except Exception as error:
            finding = Finding(broken=[f"{type(error).__name__}: {error}"])
        result = Result(fault, finding, time.monotonic() - began)
        results.append(result)
        say(line(result))
    return results


def line(result: Result) -> str:
    """A result as one line of text."""
    words = [f"{verdict(result.finding):12} {result.fault.id:4} {result.fault.what}"]
    words += [f"{name} {value}" for name, value in result.finding.figures.items()]
    words += [f"BROKEN: {demand}" for demand in result.finding.broken]
    words += [result.finding.not_made] if result.finding.not_made else []
    return "; ".join(words) + f" ({result.seconds:.1f} s)"


def verdict(finding: Finding) -> str:
    if finding.broken:
        return "not survived"
    return "not made" if finding.not_made else "survived"
