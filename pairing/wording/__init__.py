"""Pairing in words. The engine gives facts; the sentences are made here."""

from .changes import move, what_came_of_it, what_is_asked, what_was_done
from .factors import (
    NAMES,
    bars,
    factors_of,
    skill_labels,
    weakness,
    why,
)
from .limits import LIMITS, about_yourself, day_of, why_not
from .numbers import begun, is_worth_telling, listed, points, spelled
from .plans import contradiction, fit, price, proof, shortage, why_unpaired
from .to_you import why_you

__all__ = [
    "LIMITS",
    "NAMES",
    "about_yourself",
    "bars",
    "begun",
    "contradiction",
    "day_of",
    "factors_of",
    "fit",
    "is_worth_telling",
    "listed",
    "move",
    "points",
    "price",
    "proof",
    "shortage",
    "skill_labels",
    "spelled",
    "weakness",
    "what_came_of_it",
    "what_is_asked",
    "what_was_done",
    "why",
    "why_not",
    "why_unpaired",
    "why_you",
]
