"""People who act at the same moment, or go on acting while something happens."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import connections

from .client import Answer


def at_once(*acts: Callable) -> list:
    """Run the acts in threads that start together; what each returned or raised."""
    gate = threading.Barrier(len(acts))
    results: list = [None] * len(acts)

    def run(number: int, act: Callable) -> None:
        try:
            gate.wait(30)
            results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=[number, act])
        for number, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@dataclass
class Busy:
    """A crowd in which everybody acts again and again, with a pause in between, until
    the block ends. `seen` holds (when it began, its answer) of every act."""

    acts: Sequence[Callable[[], Answer]]
    pause: float = 0.1
    seen: list[tuple[float, Answer]] = field(default_factory=list)

    def __enter__(self) -> "Busy":
        self.over = threading.Event()
        self.threads = [
            threading.Thread(target=self.go_on, args=[a]) for a in self.acts
        ]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def go_on(self, act: Callable[[], Answer]) -> None:
        while not self.over.wait(self.pause):
            began = time.monotonic()
            self.seen.append((began, act()))
        connections.close_all()

    @property
    def answers(self) -> list[Answer]:
        return [answer for _began, answer in self.seen]


def patience(short: bool) -> int:
    """Seconds that an answer may take. The short run shares its processors with other
    tests, so there it only tells slow from stuck."""
    return 15 if short else 3


def slowest_of_95(answers: Sequence[Answer]) -> float:
    """Seconds within which 95 of 100 were answered."""
    took = sorted(answer.seconds for answer in answers)
    return took[int(0.95 * (len(took) - 1))] if took else 0.0
