"""What the library offers a pair for its next session, from three apps' facts."""

from django.utils import timezone
from django.utils.translation import get_language

from mentorship.accounts.prepared import prepared
from mentorship.library.models import ItemText, ItemVersion
from mentorship.library.suggesting import Aim, Facts, Suggestion, suggest
from milestones.models import fetch_work

# The sheet with which each side looks back on a session.
SHEETS = {"mentee": "looking-back", "mentor": "mentors-mirror"}
# What decides whether something fits a pair.
FITTING = ["kind", "side", "stages", "outcome_kinds", "topics"]


def suggestions(pairs, user) -> dict:
    """{pair's id: Suggestion or None}; one query for each program. The pairs bring
    their sessions and their cohort's program."""
    fetch_work(pairs, "outcomes", "milestones")
    texts = {
        program: texts_for([program], get_language())
        for program in {pair.cohort.program_id for pair in pairs}
    }
    return {
        pair.pk: suggestion(pair, user, texts[pair.cohort.program_id]) for pair in pairs
    }


def suggestion(pair, user, texts) -> Suggestion | None:
    """What fits one pair today."""
    return suggest(facts_of(pair, user, pair.today_at(timezone.now())), texts)


@prepared
def texts_for(programs, language):
    """What may be suggested in a program."""
    texts = ItemText.objects.in_force().of_programs(programs).without_guides()
    kinds = [ItemVersion.Kind.PLAYBOOK, ItemVersion.Kind.AGENDA]
    fitting = [f"version__{field}" for field in FITTING]
    chosen = texts.one_of_each(language).filter(version__kind__in=kinds)
    return chosen.only("title", "steps", "version__item__slug", *fitting)


def facts_of(pair, user, today) -> Facts:
    """How the pair stands on that day."""
    held, end = pair.held_sessions, pair.cohort.alumni_on
    last_on = held[0].held_on if held else pair.started_on
    outcomes = [o for o in pair.outcomes.all() if o.is_current]
    late = late_step(pair, today)
    whole = (end - pair.started_on).days if end else 0
    return Facts(
        side=pair.side_of(user),
        stage=pair.state,
        held=len(held),
        days_since=(today - last_on).days,
        rhythm_days=pair.rhythm_days,
        share_gone=(today - pair.started_on).days / whole if whole > 0 else 0,
        days_left=(end - today).days if end else None,
        without_outcome=tuple(
            getattr(pair, side).short_name
            for side in ("mentor", "mentee")
            if not any(outcome.side == side for outcome in outcomes)
        ),
        late_step=late.title if late else "",
        days_late=(today - late.due_on).days if late else 0,
        aims=tuple(aim_of(pair, outcome) for outcome in outcomes if outcome.is_open),
    )


def late_step(pair, today):
    """The open step that is late for longest, or None."""
    late = [s for s in pair.milestones.all() if s.state == "planned"]
    late = [step for step in late if step.due_on < today]
    return min(late, key=lambda step: step.due_on, default=None)


def aim_of(pair, outcome) -> Aim:
    """An outcome as the library understands it."""
    return Aim(
        title=outcome.title,
        kind=outcome.core_outcome.kind,
        slug=outcome.core_outcome.slug,
        whose=getattr(pair, outcome.side).short_name,
    )
