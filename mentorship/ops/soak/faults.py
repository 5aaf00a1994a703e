"""The list of faults. Each module of this package adds its own with `fault`."""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Finding:
    """What was seen: figures for the page, and in words whatever broke its demand."""

    figures: dict[str, Any] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    # Why it could not be made on this machine; then there are no figures.
    not_made: str = ""


@dataclass(frozen=True)
class Fault:
    """`inject(seed=…, short=…)` makes the fault and returns its Finding. It brings its
    own servers and leaves nothing behind."""

    id: str
    what: str
    demand: str
    inject: Callable[..., Finding]


FAULTS: dict[str, Fault] = {}


def unmet(demands: dict[str, bool]) -> list[str]:
    """The demands that did not hold, in their own words."""
    return [words for words, holds in demands.items() if not holds]


def fault(id: str, what: str, *, demand: str):
    """Add the decorated function to the list; `inject(*, seed: int, short: bool)`."""

    def add(inject: Callable[..., Finding]) -> Callable[..., Finding]:
        FAULTS[id] = Fault(id, what, demand, inject)
        return inject

    return add


def every_fault() -> dict[str, Fault]:
    """All faults by their ids, in order, with the modules of this package imported."""
    package = Path(__file__).parent
    for module in pkgutil.iter_modules([str(package)]):
        import_module(f"{__package__}.{module.name}")
    return dict(sorted(FAULTS.items(), key=lambda item: in_order(item[0])))


def in_order(id: str) -> tuple[str, int]:
    """F2 before F10, and letters in their order."""
    return id[0], int(id[1:])
