"""When an answer asks for a kind word to whoever gave it, and to nobody else."""

from collections.abc import Mapping

LOW = 2
CLEAR_DROP = 2


def low_scales(pulse: Mapping[str, int | None], last=None) -> list[str]:
    """The scales answered low, or clearly lower than in the `last` pulse. A scale that
    was left out says nothing."""
    return [
        scale
        for scale, answer in pulse.items()
        if answer and (answer <= LOW or fell(answer, getattr(last, scale, None)))
    ]


def fell(answer: int, before: int | None) -> bool:
    return before is not None and before - answer >= CLEAR_DROP
