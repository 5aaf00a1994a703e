"""A coordinator's decision as the rows that it changes, before and after.

Rows are plain values under the table's name: {"rules": {key: row or None}, "capacity":
{place: number}, "pauses": {id: row or None}}. Putting the rows before back in their
place takes the decision back.
"""

from datetime import date, timedelta

from django.db.models import Q

from mentorship.charter.models import Cohort
from mentorship.participants.models import Participant, Pause
from pairing.models import PairRule

Rows = dict[str, dict]
# What a coordinator says in a rule.
SAID = ("kind", "reason", "by", "at")


def key_of(mentor, mentee) -> str:
    """A rule's key: it is about two people, and there is one at most."""
    return f"{mentor}:{mentee}"


# ------------------------------------------------------------------ what shall hold
def pin(cohort: Cohort, *, mentor, mentee, by, at, reason: str = "") -> Rows:
    """Keep two people together; whoever was kept with the mentee is let go."""
    is_pin = Q(kind=PairRule.Kind.PIN) | Q(instead_of__kind=PairRule.Kind.PIN)
    mine = PairRule.objects.filter(is_pin, mentee=mentee)
    gone = {key_of(m, mentee.pk): None for m in mine.values_list("mentor", flat=True)}
    kept = rule_row(mentor, mentee, PairRule.Kind.PIN, reason, by, at)
    return {"rules": gone | {key_of(mentor.pk, mentee.pk): kept}}


def never(cohort: Cohort, *, mentor, mentee, by, at, reason: str = "") -> Rows:
    """Never pair two people."""
    row = rule_row(mentor, mentee, PairRule.Kind.NEVER, reason, by, at)
    return {"rules": {key_of(mentor.pk, mentee.pk): row}}


def drop(cohort: Cohort, *, mentor, mentee, by, at) -> Rows:
    """Take a rule about two people back."""
    return {"rules": {key_of(mentor.pk, mentee.pk): None}}


def capacity(cohort: Cohort, *, mentor, places: int, by, at) -> Rows:
    """Give a mentor so many places in all."""
    return {"capacity": {str(mentor.pk): places}}


def pause(cohort: Cohort, *, person, by, at) -> Rows:
    """Leave somebody out of the pairing from today on, until it is taken back."""
    today = cohort.program.today(at)
    if Pause.objects.open_on(today).filter(participant=person).exists():
        return {"pauses": {}}
    row = Pause(participant=person, starts_on=today, at=at)
    return {"pauses": {str(row.pk): pause_row(row)}}


def resume(cohort: Cohort, *, person, by, at) -> Rows:
    """End somebody's break, so that they can be paired from today on.

    A row is kept, for whoever wrote a reason to it; a break that began today is told
    as one of yesterday alone.
    """
    today = cohort.program.today(at)
    over = today - timedelta(days=1)
    found = Pause.objects.open_on(today).filter(participant=person)
    for row in (rows := list(found)):
        row.starts_on, row.ends_on = min(row.starts_on, over), over
    return {"pauses": {str(row.pk): pause_row(row) for row in rows}}


def rule_row(mentor, mentee, kind: str, reason: str, by, at) -> dict:
    """A rule in plain values."""
    return {
        "mentor": str(mentor.pk),
        "mentee": str(mentee.pk),
        "kind": str(kind),
        "reason": reason,
        "by": str(by.pk),
        "at": at.isoformat(),
    }


def pause_row(row: Pause) -> dict:
    """A break in plain values."""
    return {
        "participant": str(row.participant_id),
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on and row.ends_on.isoformat(),
    }


# ---------------------------------------------------------------- reading and writing
def as_they_are(cohort: Cohort, rows: Rows) -> Rows:
    """What stands now where `rows` would be put."""
    return {table: READ[table](cohort, kept) for table, kept in rows.items()}


def way_back(cohort: Cohort, change: dict) -> Rows:
    """The rows before a change, but for those that somebody has changed again since:
    a mentor's own number of places is not a coordinator's to take back."""
    before, after = change.get("before", {}), change.get("after", {})
    now = as_they_are(cohort, after)
    return {
        table: {
            key: before[table][key]
            for key, row in made.items()
            if key in before[table] and now[table].get(key) == row
        }
        for table, made in after.items()
    }


def put(cohort: Cohort, rows: Rows) -> None:
    """Make the rows stand, in the caller's transaction."""
    for table, kept in rows.items():
        WRITE[table](cohort, kept)


def read_rules(cohort, kept) -> dict:
    """{key: row or None} of what coordinators said under the same keys, also where it
    waits behind a rule of the program itself; that one is not theirs to move."""
    found = {
        key_of(rule.mentor_id, rule.mentee_id): said_by_coordinators(rule)
        for rule in PairRule.objects.filter(cohort=cohort)
    }
    return {key: found.get(key) for key in kept}


def said_by_coordinators(rule: PairRule) -> dict | None:
    """A rule in plain values, or the one that waits behind it; None without one."""
    said = rule.instead_of if rule.is_private else rule.plain
    two = {"mentor": str(rule.mentor_id), "mentee": str(rule.mentee_id)}
    return said and {**two, **said}


def write_rules(cohort, kept) -> None:
    """Set and drop rules; where one of the program itself stands, what coordinators
    say waits behind it."""
    for key, row in kept.items():
        mentor, mentee = key.split(":")
        two = {"mentor_id": mentor, "mentee_id": mentee}
        said = {name: row[name] for name in SAID} if row else {}
        rules = PairRule.objects.filter(cohort=cohort, **two)
        if rules.of_the_program().update(instead_of=said):
            continue
        rules.delete()
        if said:
            by = said.pop("by")
            PairRule.objects.create(cohort=cohort, by_id=by, **two, **said)


def read_capacity(cohort, kept) -> dict:
    """{place: number of places}."""
    mentors = Participant.objects.filter(cohort=cohort, pk__in=kept)
    return {str(pk): places for pk, places in mentors.values_list("pk", "capacity")}


def write_capacity(cohort, kept) -> None:
    """Set mentors' places, each locked as whoever accepts there would lock it."""
    for mentor, places in sorted(kept.items()):
        place = Participant.objects.filter(cohort=cohort, pk=mentor, is_mentor=True)
        list(place.order_by("pk").select_for_update(no_key=True))
        place.update(capacity=places)


def read_pauses(cohort, kept) -> dict:
    """{id: row or None} of the breaks under the same ids."""
    rows = Pause.objects.filter(participant__cohort=cohort, pk__in=kept)
    found = {str(row.pk): pause_row(row) for row in rows}
    return {id: found.get(id) for id in kept}


def write_pauses(cohort, kept) -> None:
    """Begin, end and take back breaks."""
    for id, row in kept.items():
        if row is None:
            Pause.objects.filter(participant__cohort=cohort, pk=id).delete()
            continue
        days = {name: as_day(row[name]) for name in ("starts_on", "ends_on")}
        open_ended = Pause.objects.filter(participant=row["participant"], ends_on=None)
        if days["ends_on"] is None and open_ended.exclude(pk=id).exists():
            continue  # they are on a break of their own already
        Pause.objects.update_or_create(
            pk=id, defaults={"participant_id": row["participant"], **days}
        )


def as_day(text: str | None) -> date | None:
    """A stored day."""
    return date.fromisoformat(text) if text else None


READ = {"rules": read_rules, "capacity": read_capacity, "pauses": read_pauses}
WRITE = {"rules": write_rules, "capacity": write_capacity, "pauses": write_pauses}
