"""From the engine's plan back to rows."""

from collections.abc import Iterable

from pairing import engine
from pairing.models import Proposal

# Other mentors named beside a pair.
ALTERNATES = 2


def proposals_of(round_, plan: engine.Plan) -> list[Proposal]:
    """The plan's pairs as unsaved proposals, without reasons: these are worked out
    again from the round's inputs for whoever looks, and kept once a pair is told."""
    return [
        Proposal(
            round=round_,
            mentor_id=mentor,
            mentee_id=mentee,
            score=plan.score[mentee],
            price=plan.price[mentor],
        )
        for mentee, mentor in plan.mentor_of.items()
    ]


def keep_reasons(
    proposals: Iterable[Proposal], problem: engine.Problem, plan: engine.Plan
) -> dict[str, int]:
    """Give each proposal the factors of its score and the two mentors who come next,
    unsaved; returns how many other mentors each mentee could have."""
    proposals, possible = list(proposals), {}
    pairs = [(str(p.mentee_id), str(p.mentor_id)) for p in proposals]
    explained = engine.explain_pairs(problem, pairs)
    for proposal, (mentee, mentor), factors in zip(
        proposals, pairs, explained, strict=True
    ):
        others = engine.bounds(problem, plan, mentee)
        others.pop(mentor, None)
        possible[mentee] = len(others)
        proposal.reasons = [plain(factor) for factor in factors]
        proposal.alternates = cheapest(others)
    return possible


def plain(factor: engine.Factor) -> dict:
    """A factor in plain values, rounded to what is told."""
    return {
        "name": factor.name,
        "weight": round(factor.weight, 6),
        "value": round(factor.value, 6),
        "points": round(factor.points, 6),
        "evidence": factor.evidence,
    }


def cheapest(bounds: dict[str, float]) -> list[dict]:
    """The two mentors whom the quick bound calls the cheapest."""
    mentors = sorted(bounds, key=lambda mentor: (bounds[mentor], mentor))
    return [
        {"mentor": mentor, "cost": round(bounds[mentor], 6)}
        for mentor in mentors[:ALTERNATES]
    ]
