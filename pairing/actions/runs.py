"""One run of the engine: from the database or from what a round has kept, and back."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from uuid import UUID

from mentorship.participants.proposing import collector_paused
from pairing import engine
from pairing.models import Proposal, Round, Snapshot
from pairing.proposing import policy_of, problem_of, proposals_of, rest_after_of

# What a pair of the plan in work is worth beyond its score: while mending it, and when
# proposals that were put aside are taken up again, which come before all else.
LOYALTY = {"mend": engine.LOYALTY, "reopen": 1.0}

Watch = Callable[[str, float], None]

# Runs kept in this process's memory, the oldest first.
RECENT: dict[UUID, "Run"] = {}
REMEMBERED = 3


@dataclass(frozen=True)
class Run:
    """A problem with the policy and the pairs to hold on to."""

    problem: engine.Problem
    policy: engine.Policy
    keep: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def for_round(cls, round_: Round, today: date) -> "Run":
        """What a new round is to be worked out from, as the database stands."""
        weights = round_.weights
        keep, more = held_on_to(round_)
        problem = problem_of(
            round_.cohort,
            engine.Weights.from_dict(weights.values),
            today,
            rest_after_of(weights),
        )
        return cls(problem, policy_of(weights, **more), keep)

    @classmethod
    @collector_paused()
    def of(cls, round_: Round) -> "Run":
        """What a stored round was worked out from."""
        inputs = dict(round_.inputs)
        policy = engine.Policy(**inputs.pop("policy"))
        keep = inputs.pop("keep")
        problem = engine.Problem.from_json({**round_.snapshot.people, **inputs})
        return cls(problem, policy, keep)

    def solve(self, watch: Watch | None = None) -> engine.Plan:
        """The plan; always the same one."""
        return engine.solve(self.problem, self.policy, keep=self.keep, watch=watch)


def held_on_to(round_: Round) -> tuple[dict[str, str], dict[str, float | None]]:
    """{mentee: mentor} of the pairs to keep where that costs little, and fields of the
    policy: how little, and the floor.

    A change holds on to what the plan before it held on to, and to its floor: so it
    costs what was said beforehand, and taking it back gives that plan again. Under
    other weights the floor is another one.
    """
    base = round_.base
    if base is None or round_.verb == "propose":
        return {}, {}
    if round_.verb == "mend":
        return base.result["mentor_of"], {"loyalty": LOYALTY["mend"]}
    if round_.verb == "reopen":
        aside = base.proposals.filter(state=Proposal.State.DROPPED)
        pairs = aside.values_list("mentee", "mentor")
        return {str(a): str(b) for a, b in pairs}, {"loyalty": LOYALTY["reopen"]}
    loyalty = base.inputs.get("policy", {}).get("loyalty", 0)
    floor = plan_of(base).floor if base.weights_id == round_.weights_id else None
    return base.inputs.get("keep", {}), {"loyalty": loyalty, "floor": floor}


def run_of(round_id) -> Run:
    """The run of a stored round, from this process's memory if it was just used."""
    if round_id not in RECENT:
        remember(
            round_id, Run.of(Round.objects.select_related("snapshot").get(pk=round_id))
        )
    return RECENT[round_id]


def remember(round_id, run: Run) -> None:
    """Keep a run at hand, with what the engine has worked out of it, for whoever asks
    next. What a round was made of never changes."""
    RECENT[round_id] = run
    while len(RECENT) > REMEMBERED:
        del RECENT[next(iter(RECENT))]


def replay(round_: Round) -> engine.Plan:
    """The plan of a stored round, worked out again from its own snapshot."""
    return Run.of(round_).solve()


def plan_of(round_: Round) -> engine.Plan:
    """The plan that a round has kept."""
    result = {name: it for name, it in round_.result.items() if name != "conflicts"}
    return engine.Plan.from_json(result)


def keep(round_: Round, run: Run, plan: engine.Plan) -> None:
    """Fill in the round with its plan and all that is needed to replay it, and save
    it as proposed."""
    people, inputs = split(run)
    round_.snapshot = snapshot_of(people)
    round_.inputs = inputs
    round_.inputs_hash = hash_of({"people": round_.snapshot_id, **inputs})
    round_.seed, round_.gap = plan.policy.seed, plan.gap
    round_.engine_version = plan.version
    contradictions = [asdict(found) for found in engine.conflicts(run.problem)]
    round_.result = {**plan.to_json(), "conflicts": contradictions}
    round_.state, round_.progress, round_.lease_until = Round.State.PROPOSED, 100, None
    round_.save()
    remember(round_.pk, run)
    Proposal.objects.bulk_create(proposals_of(round_, plan), batch_size=5_000)


def split(run: Run) -> tuple[dict, dict]:
    """The people of a run, which many runs share, and everything else."""
    rest = run.problem.to_json()
    people = {side: rest.pop(side) for side in ("mentees", "mentors")}
    return people, {**rest, "policy": asdict(run.policy), "keep": dict(run.keep)}


def snapshot_of(people: dict) -> Snapshot:
    """The stored copy of these people, made when it is the first."""
    snapshot, _created = Snapshot.objects.defer("people").get_or_create(
        hash=hash_of(people), defaults={"people": people}
    )
    return snapshot


def hash_of(plain: dict) -> str:
    """SHA-256 of plain values."""
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def effect_of(
    before: Round | None, round_: Round, plan: engine.Plan, about: set[str]
) -> dict:
    """What a new plan does to the one before: how many mentees get another mentor,
    beside those whom the change is about, and what the whole gains or loses. Those who
    were told since count as if the plan before had given them nobody.

    Without `cost` where the two plans are not about the same mentees, or not measured
    by the same weights; the latter is `recounted`.
    """
    if before is None:
        return {}
    old, told = plan_of(before), those_told(before)
    moved = {move.mentee for move in engine.changes(old, plan)}
    effect = {
        "moved": sorted(moved - about - told),
        "paired": len(plan.mentor_of) - len(old.mentor_of.keys() - told),
    }
    if before.weights_id != round_.weights_id:
        effect["recounted"] = True
    elif everyone(old) == everyone(plan):
        effect["cost"] = round(old.total - plan.total, 6)
    return effect


def those_told(round_: Round) -> set[str]:
    """The mentees who had an offer from this round, whatever became of it."""
    told = round_.proposals.filter(offered_at__isnull=False)
    return {str(mentee) for mentee in told.values_list("mentee", flat=True)}


def everyone(plan: engine.Plan) -> set[str]:
    """The mentees a plan is about."""
    return plan.mentor_of.keys() | plan.unpaired.keys()
