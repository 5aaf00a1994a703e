"""The list of faults. Each module of this package adds its own with `fault`."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """What was seen: figures for the page, and in words whatever broke its demand."""

    figures: dict[str, object] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Fault:
    """`inject(seed=…, short=…)` makes the fault and returns its Finding. It brings its
    own servers and leaves nothing behind."""

    id: str
    what: str
    demand: str
    inject: Callable[..., Finding]


FAULTS: dict[str, Fault] = {}


def fault(id: str, what: str, *, demand: str):
    """Add the decorated function to the list; `inject(*, seed: int, short: bool)`."""

    def add(inject: Callable[..., Finding]) -> Callable[..., Finding]:
        FAULTS[id] = Fault(id, what, demand, inject)
        return inject

    return add
