"""Pairs mentees with mentors: pure functions on plain values, for a Django layer above.

Hard limits remove pairs, weighted factors score the rest, and an exact assignment
chooses the plan. No Django, no clock, no chance beyond a seed: the same problem and
policy give the same plan.
"""

from .alternatives import Alternative, Move, alternatives
from .availability import availability_bins
from .explain import Factor, explain, reasons
from .factors import score_block
from .limits import Limit, limit_names, limits, limits_between, manager_chains
from .pins import Conflict, conflicts
from .plan import ENGINE_VERSION, Plan, Unpaired, solve
from .problem import (
    Person,
    Policy,
    Problem,
    Rule,
    Weights,
    from_json,
    inputs_hash,
    to_json,
)

__all__ = [
    "ENGINE_VERSION",
    "Alternative",
    "Conflict",
    "Factor",
    "Limit",
    "Move",
    "Person",
    "Plan",
    "Policy",
    "Problem",
    "Rule",
    "Unpaired",
    "Weights",
    "alternatives",
    "availability_bins",
    "conflicts",
    "explain",
    "from_json",
    "inputs_hash",
    "limit_names",
    "limits",
    "limits_between",
    "manager_chains",
    "reasons",
    "score_block",
    "solve",
    "to_json",
]
