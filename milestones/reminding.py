"""Steps that come near: for mentorship.charter.planning."""

from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject

from mentorship.charter.models import Rhythm
from mentorship.charter.planning import NO_MOMENT, Reminder, key_of, path_to, plan
from mentorship.participants.reminding import reader, short_name
from milestones.models import Milestone
from pairing.models import Pair
from pairing.reminding import FARTHEST, SIDES


def steps_to_come(first: datetime, last: datetime) -> list[QuerySet]:
    """Planned steps of running pairs, for each of the two. Their words stay with the
    pair: the mail only says that there is one, and by when."""
    steps = Milestone.objects.filter(
        state=Milestone.State.PLANNED,
        pair__in=Pair.objects.running(),
        due_on__range=(first, last + FARTHEST),
    )
    return [
        steps.values(
            **reader(f"pair__{side}"),
            about=F("pk"),
            on_day=F("due_on"),
            not_before=F("created_at"),
            not_after=NO_MOMENT,
            notice_key=key_of("step-soon", "pk", "due_on", f"pair__{side}__user_id"),
            facts=JSONObject(
                path=path_to("milestones:milestone"),
                partner=short_name(f"pair__{partner}"),
                program=F("pair__cohort__program__name"),
                day=F("due_on"),
            ),
        )
        for side, partner in SIDES
    ]


STEP = Reminder(
    kind=Rhythm.Kind.MILESTONE,
    template="milestones/step_soon",
    about=Milestone,
    latest=timedelta(hours=36),
    subjects=steps_to_come,
)


def remind_of_steps(now: datetime) -> int:
    """Remind both of a step whose day comes near."""
    return plan(STEP, now)
