"""How people see their own growth: asked at five moments, answered once, or not."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from feedback import notices
from feedback.models import Answer, Asking, Moment
from mentorship.accounts.acting import acting_as
from mentorship.charter.models import CharterVersion, Cohort
from mentorship.outbox.models import Notice
from mentorship.participants.models import Participant, Pause
from pairing.models import Pair

# A start that is asked late measures something else; looking back makes up for it.
START_WITHIN = timedelta(days=21)
END_WITHIN = timedelta(days=30)
THREE_MONTHS = timedelta(days=91)
LATER_WITHIN = timedelta(days=42)


class NotYourAsking(Exception):
    """Somebody else was asked."""


class AskingIsClosed(Exception):
    """The time to answer it, or to change the answers, is over."""


@transaction.atomic
def ask_growth(now: datetime) -> int:
    """Ask everybody whose moment has come, once for each place and moment, but nobody
    on a break. Returns how many were asked; safe to repeat. Looking back is asked right
    after the end, by `answer_asking`."""
    asked = 0
    for moment, pairs in due_pairs(now).items():
        places = list(who_is_due(pairs, moment, now))
        rows = [Asking(participant=one, moment=moment, asked_at=now) for one in places]
        Asking.objects.bulk_create(rows, ignore_conflicts=True)
        caps = {one.pk: one.most_a_week for one in places}
        Notice.objects.queue(wanted(rows, caps, now))
        asked += len(rows)
    return asked


def due_pairs(now: datetime) -> dict[str, QuerySet]:
    """{moment: pairs that have come to it}."""
    pairs = Pair.objects.with_local_day(now)
    running = pairs.running().exclude(cohort__stage=Cohort.Stage.ALUMNI)
    completed = pairs.filter(state=Pair.State.ENDED, ending=Pair.Ending.COMPLETED)
    three_months_ago = now - THREE_MONTHS
    return {
        Moment.START: running.filter(
            started_on__gt=now.date() - START_WITHIN, started_on__lte=F("today")
        ),
        Moment.MIDDLE: running.active().half_way(),
        Moment.END: running.filter(state=Pair.State.CLOSING)
        | completed.filter(ended_at__range=(now - END_WITHIN, now)),
        Moment.LATER: completed.filter(
            ended_at__range=(three_months_ago - LATER_WITHIN, three_months_ago)
        ),
    }


def who_is_due(pairs: QuerySet, moment: str, now: datetime) -> QuerySet:
    """The people of these pairs who have not been asked at this moment, with the cap of
    their charter."""
    ids = pairs.values("pk")
    asked = Asking.objects.filter(moment=moment)
    away = Pause.objects.open_on(now.date())
    charter = CharterVersion.objects.in_force().filter(
        program=OuterRef("cohort__program")
    )
    return (
        Participant.objects.filter(
            Q(pairs_as_mentor__in=ids) | Q(pairs_as_mentee__in=ids),
            user__is_active=True,
        )
        .exclude(pk__in=asked.values("participant"))
        .exclude(pk__in=away.values("participant"))
        .annotate(most_a_week=Subquery(charter.values("reminders_a_week")))
        .select_related("user", "cohort__program")
        .distinct()
    )


def wanted(rows: list[Asking], caps: dict, now: datetime) -> list[Notice]:
    """One word to each who was asked just now; another night may have been first."""
    ours = Asking.objects.filter(pk__in=[row.pk for row in rows])
    kept = set(ours.values_list("pk", flat=True))
    return [
        notices.growth_asked(row, most_a_week=caps[row.participant_id], at=now)
        for row in rows
        if row.pk in kept
    ]


@transaction.atomic
def answer_asking(
    asking: Asking, *, by, values: Mapping[str, int | None], at: datetime
) -> Asking:
    """Keep {key: value}, for the writer alone, instead of what was said before under
    these keys; nothing at all is a skip. Raises NotYourAsking or AskingIsClosed."""
    asking = locked(asking, by=by, at=at)
    given = [
        Answer(asking=asking, author=by, item=key, value=value)
        for key, value in values.items()
        if value
    ]
    with acting_as(by):
        Answer.objects.filter(asking=asking, item__in=values).delete()
        Answer.objects.bulk_create(given)
    if not given:
        return settle(asking, Asking.State.SKIPPED, at)
    if asking.moment == Moment.END:
        look_back(asking, at)
    return settle(asking, Asking.State.ANSWERED, at)


@transaction.atomic
def skip_asking(asking: Asking, *, by, at: datetime) -> Asking:
    """Rather not, this time; nobody asks again, and what was answered stays. Raises
    NotYourAsking or AskingIsClosed."""
    asking = locked(asking, by=by, at=at)
    if asking.state == Asking.State.ANSWERED:
        return asking
    return settle(asking, Asking.State.SKIPPED, at)


def locked(asking: Asking, *, by, at: datetime) -> Asking:
    """The row, to be changed by whoever was asked. Raises NotYourAsking or
    AskingIsClosed."""
    asking = Asking.objects.select_for_update().get(pk=asking.pk)
    if asking.participant.user_id != by.pk:
        raise NotYourAsking
    if not asking.is_open(at):
        raise AskingIsClosed
    return asking


def settle(asking: Asking, state: str, at: datetime) -> Asking:
    """Keep that it was answered or skipped. A later change does not move the day, so
    that the time to change it has an end."""
    if asking.state != Asking.State.ANSWERED:
        asking.answered_at = at
    asking.state = state
    asking.save(update_fields=["state", "answered_at"])
    Notice.objects.about(asking).cancel()
    return asking


def look_back(asking: Asking, at: datetime) -> None:
    """Ask how the start looks from the end, after the end itself is answered: as a
    moment of its own, so that one does not color the other."""
    Asking.objects.bulk_create(
        [
            Asking(
                participant=asking.participant,
                moment=Moment.LOOKING_BACK,
                asked_at=at,
            )
        ],
        ignore_conflicts=True,
    )


def forget_askings(pairs) -> None:
    """Take back what pairs that have ended were asked on the way and nobody answered:
    whoever is paired anew begins anew."""
    over = Pair.objects.filter(pk__in=pairs)
    elsewhere = Pair.objects.running()
    asked = Asking.objects.filter(
        Q(participant__in=over.values("mentor"))
        | Q(participant__in=over.values("mentee")),
        moment__in=[Moment.START, Moment.MIDDLE],
        state=Asking.State.ASKED,
    )
    asked = asked.exclude(participant__in=elsewhere.values("mentor")).exclude(
        participant__in=elsewhere.values("mentee")
    )
    Notice.objects.filter(
        about_kind=Asking._meta.label_lower, about_id__in=asked.values("pk")
    ).cancel()
    asked.delete()
