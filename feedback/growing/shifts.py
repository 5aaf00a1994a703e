"""What has shifted between two moments, in one person's own answers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from feedback.growing.items import Item, Theme, Words


@dataclass(frozen=True)
class Shift:
    """Where somebody put themself before and now, from 1 to the number of words."""

    label: Words
    before: float
    now: float
    words: Sequence[Words]

    def in_words(self, value: float) -> Words:
        """The nearest of the words; half-way is the higher one."""
        return self.words[int(value + 0.5) - 1]


def shifts(themes: Iterable[Theme], before: dict, now: dict) -> list[Shift]:
    """One for each theme, from the items that were answered at both moments; `before`
    and `now` are {key: value}. A theme with none of those is left out."""
    found = []
    for label, items in lines(themes):
        keys = [one.key for one in items if one.key in before and one.key in now]
        if keys:
            words = items[0].words
            found.append(Shift(label, mean(before, keys), mean(now, keys), words))
    return found


def lines(themes: Iterable[Theme]) -> Iterator[tuple[Words, list[Item]]]:
    """What stands on a line of its own: a theme, or each item of one."""
    for theme in themes:
        if theme.each:
            yield from ((one.text, [one]) for one in theme.items)
        else:
            yield theme.title, list(theme.items)


def mean(answers: dict, keys: list[str]) -> float:
    return sum(answers[key] for key in keys) / len(keys)
