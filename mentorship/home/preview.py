"""The next reminder of one kind to one person, as they would get it, or why not."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from feedback.reminding import CHECK_INS_TO_COME
from mentorship.charter.models import CharterVersion, Rhythm
from mentorship.charter.planning import (
    NIL,
    Reminder,
    facts_of,
    planned,
    rhythms_of_cohorts,
)
from mentorship.home.reminding import REMINDERS
from mentorship.outbox.actions import most_a_week
from mentorship.outbox.letter import compose, unsubscribe_url
from mentorship.outbox.models import Kind, Notice, Preference
from mentorship.outbox.quiet import quiet_until
from mentorship.participants.models import Participant, Pause

FAR = timedelta(days=90)
# Whether one of these comes would tell what somebody has not written or answered yet.
THEIRS_ALONE = {Rhythm.Kind.REFLECTION, Rhythm.Kind.PILOT, Rhythm.Kind.DIGEST}
PREVIEWED: dict[str, Reminder] = {**REMINDERS, Rhythm.Kind.CHECK_IN: CHECK_INS_TO_COME}


@dataclass(frozen=True)
class Preview:
    """A mail that was never queued. `at` is when it would go out by the reader's clock,
    or None; `remarks` say what keeps or moves it."""

    mail: EmailMultiAlternatives
    at: datetime | None
    remarks: list[str]
    # The link that unsubscribes the reader works without a sign-in, so it is theirs.
    secret: str

    @property
    def text(self) -> str:
        return str(self.mail.body).replace(self.secret, settings.SITE_URL)

    @property
    def html(self) -> str:
        html = str(self.mail.alternatives[0][0])
        return html.replace(self.secret, settings.SITE_URL)


def preview(place: Participant, kind: str, now: datetime) -> Preview:
    """The next mail, from the planner's own statement and the sender's own templates;
    an example where none is due within three months. About eight queries."""
    rhythm = rhythms_of_cohorts(kind, only=place.cohort)[place.cohort][kind]
    notice = next_notice(place, kind, now)
    remarks = remarks_on(place, rhythm, notice, now)
    at = notice.due_at if notice else None
    if at and (until := quiet_until(place.user, at)):
        at = until
    mail = compose(notice or example(place, rhythm, now))
    secret = unsubscribe_url(place.user_id, kind)
    return Preview(mail, at and at.astimezone(place.user.tz), remarks, secret)


def next_notice(place: Participant, kind: str, now: datetime) -> Notice | None:
    """What the planner would queue next for this place, unsaved."""
    reminder = replace(PREVIEWED[kind], folds=False)
    if kind in THEIRS_ALONE:
        return None
    selected = planned(reminder, now, ahead=FAR, only=place)
    if selected is None:
        return None
    sql, params = selected
    with connection.cursor() as cursor:
        cursor.execute(
            "select notice_key, due_at, context from ("
            f"{sql}) planned where cohort_id = %s and due_at > %s"
            " order by due_at limit 1",
            [*params, place.cohort_id, now],
        )
        found = cursor.fetchone()
    return found and unsaved(place, kind, *found)


def unsaved(place: Participant, kind: str, key: str, due_at, context) -> Notice:
    if isinstance(context, str):  # jsonb, as a cursor gives it
        context = json.loads(context)
    return Notice(
        recipient=place.user,
        kind=kind,
        template=PREVIEWED[kind].template,
        key=key,
        due_at=due_at,
        context=context,
        program_id=place.cohort.program_id,
        cohort_id=place.cohort_id,
    )


def example(place: Participant, rhythm: Rhythm, now: datetime) -> Notice:
    """A mail with invented facts, for a kind that has nothing to come."""
    day = now.astimezone(place.user.tz) + timedelta(days=rhythm.days)
    with translation.override(place.user.language):
        partner = pgettext("in place of a partner’s name", "Alex")
    context = {
        "path": "/",
        "log_path": "/",
        "partner": partner,
        "program": place.cohort.program.name,
        "cohort": str(NIL),  # what waits for them is not for others to see
        "day": day.date().isoformat(),
        "starts_at": day.isoformat(),
        **facts_of(rhythm, None),
    }
    return unsaved(place, rhythm.kind, f"example:{place.pk}", now, context)


def remarks_on(place, rhythm: Rhythm, notice: Notice | None, now) -> list[str]:
    """What keeps the next mail back, or moves it, in sentences for a coordinator. Only
    what the person chose for all their mail, never why."""
    user = place.user
    today = now.astimezone(user.tz).date()
    wants = Preference.objects.unwanted_by(user).filter(kind=rhythm.kind)
    away = Pause.objects.filter(participant=place).open_on(today)
    folds = user.reminders_together and PREVIEWED[rhythm.kind].folds
    capped = rhythm.kind in Kind.reminders() and is_capped(place, now)
    remarks = {
        _("This kind is switched off, so nobody gets it."): not rhythm.is_on,
        nothing_to_come(rhythm): rhythm.is_on and notice is None,
        _("They have switched off this kind, so it is not sent."): wants.exists(),
        _("They are on a break; reminders wait until they are back."): away.exists(),
        _("They chose one mail a week; this would be a line in it."): folds,
        _("It falls into their quiet hours and comes when these end."): (
            notice and quiet_until(user, notice.due_at)
        ),
        _("They have had as many reminders this week as they may."): capped,
    }
    return [words for words, applies in remarks.items() if applies]


def nothing_to_come(rhythm: Rhythm) -> str:
    if rhythm.kind in THEIRS_ALONE:
        return _("What waits for them is theirs alone to know.")
    return _("Nothing of this kind is to come within three months.")


def is_capped(place: Participant, now: datetime) -> bool:
    """Whether one more reminder today would be over this person's weekly cap."""
    sent = Notice.objects.reminding(now).filter(recipient=place.user).count()
    charter = CharterVersion.objects.in_force().filter(program=place.cohort.program_id)
    promised = charter.values_list("reminders_a_week", flat=True).first()
    return sent >= most_a_week(place.user, promised)
