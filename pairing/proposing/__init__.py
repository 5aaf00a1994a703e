"""From rows to the engine's problem, one query for each table, and back."""

from .plans import keep_reasons, proposals_of
from .problem import (
    REST_AFTER,
    policy_of,
    problem_of,
    rest_after_of,
    window_of,
)
from .waiting import ready_mentors, waiting_mentees

__all__ = [
    "REST_AFTER",
    "keep_reasons",
    "policy_of",
    "problem_of",
    "proposals_of",
    "ready_mentors",
    "rest_after_of",
    "waiting_mentees",
    "window_of",
]
