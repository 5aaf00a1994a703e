"""Pairs mentees with mentors: pure functions on plain values, for a Django layer above.

Hard limits remove pairs, weighted factors score the rest, and an exact assignment
chooses the plan. No Django, no clock, no chance beyond a seed: the same problem and
policy give the same plan.
"""

from .alternatives import Alternative, Move, alternatives, bounds
from .availability import availability_bits
from .bound import bound_of
from .candidates import Candidates, candidates
from .conflicts import Conflict, conflicts
from .explain import Factor, explain, explain_pairs, reasons
from .features import FORBIDDEN
from .limits import Limit, limit_names, limits_between, manager_chains
from .market import UNDER_FLOOR
from .person import Person
from .plan import ENGINE_VERSION, Plan, Relaxation, Shortage, Unpaired
from .problem import Policy, Problem, Rule
from .questions import Costs, Equal, HardConflict, Swap, swap, why_not
from .repair import LOYALTY, changes, repair
from .scores import limits, score_block
from .solving import solve
from .weights import Weights

__all__ = [
    "ENGINE_VERSION",
    "FORBIDDEN",
    "LOYALTY",
    "UNDER_FLOOR",
    "Alternative",
    "Candidates",
    "Conflict",
    "Costs",
    "Equal",
    "Factor",
    "HardConflict",
    "Limit",
    "Move",
    "Person",
    "Plan",
    "Policy",
    "Problem",
    "Relaxation",
    "Rule",
    "Shortage",
    "Swap",
    "Unpaired",
    "Weights",
    "alternatives",
    "availability_bits",
    "bound_of",
    "bounds",
    "candidates",
    "changes",
    "conflicts",
    "explain",
    "explain_pairs",
    "limit_names",
    "limits",
    "limits_between",
    "manager_chains",
    "reasons",
    "repair",
    "score_block",
    "solve",
    "swap",
    "why_not",
]
