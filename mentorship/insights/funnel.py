"""The way from an invitation to a first session: how far people have come, how long
each step took, and where they wait now. Live, from facts, in one statement."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mentorship.charter.models import Cohort, Program
from mentorship.participants.models import Participant

from .subqueries import subquery


@dataclass(frozen=True)
class Way:
    """What a step is called and who waits for it; the days, as columns of JOURNEYS,
    since which somebody can take it and on which they did, if that is known."""

    label: Promise
    waiting: Promise
    since: str
    until: str
    is_dated: bool = True

    @property
    def waits(self) -> str:
        """The condition, as SQL, that somebody waits for this step."""
        return f"{self.since} is not null and {self.until} is null and is_here"


# The three in the middle are done in any order, and whoever has done them is ready.
STEPS: dict[str, Way] = {
    "joined": Way(_("Joined"), _("Invited and not joined"), "invited", "joined"),
    "profile": Way(
        _("Profile complete"),
        _("Joined, with a profile to complete"),
        "joined",
        "profile",
        is_dated=False,
    ),
    "agreed": Way(
        _("Charter agreed to"),
        _("Joined, with the charter to agree to"),
        "joined",
        "agreed",
    ),
    "oriented": Way(
        _("Orientation done"), _("Joined, with orientation to do"), "joined", "oriented"
    ),
    "ready": Way(_("Ready to be paired"), _("Joined and not ready"), "joined", "ready"),
    "offered": Way(_("Got an offer"), _("Ready, without an offer"), "ready", "offered"),
    "paired": Way(_("In a pair"), _("With an offer, and no pair"), "offered", "paired"),
    "met": Way(
        _("Met for the first time"),
        _("In a pair, before the first session"),
        "paired",
        "met",
    ),
}
IN_ANY_ORDER = ("profile", "agreed", "oriented")

# One row for each place, with the day of each step that it has taken. Whoever got an
# offer had been ready: a charter that asks again takes nobody back. Profiles follow
# people from cohort to cohort and say whether they are complete, not since when.
JOURNEYS = """
    with cohorts as (
        select c.id, c.stage, program.zone
        from charter_cohort c join charter_program program on program.id = c.program_id
        where program.id = %(program)s
        and (%(cohort)s::uuid is null or c.id = %(cohort)s)
    ), places as (
        select place.id, place.user_id, place.is_mentee, zone,
            (coalesce(invited_at, joined_at) at time zone zone)::date as invited,
            (joined_at at time zone zone)::date as joined,
            (oriented_at at time zone zone)::date as oriented,
            left_at is null and state not in ('finished', 'declined')
                and stage <> 'alumni' as is_here
        from cohorts join participants_participant place on place.cohort_id = cohorts.id
        where coalesce(invited_at, joined_at) is not null
        and (%(places)s::uuid[] is null or place.id = any(%(places)s))
    ), complete as (
        select f.user_id from participants_profile f
        where f.user_id in (select user_id from places)
        and f.languages <> '{}' and f.goals <> ''
        and exists (select from participants_availability where profile_id = user_id)
        and (exists (select from participants_offeredskill where profile_id = user_id)
            or exists (select from participants_wantedskill where profile_id = user_id))
    ), versions as (
        select id from charter_charterversion
        where program_id = %(program)s and number >= (
            select coalesce(max(number), 0) from charter_charterversion
            where program_id = %(program)s and asks_again and published_at is not null)
    ), agreed as (
        select user_id, min(at) as at from charter_acknowledgment
        where charter_id in (select id from versions)
        and user_id in (select user_id from places) group by user_id
    ), offered as (
        select place.id, min(offered_at) as at
        from pairing_proposal o join pairing_round r on r.id = o.round_id,
            lateral (values (o.mentor_id), (o.mentee_id)) as place (id)
        where r.cohort_id in (select id from cohorts) and offered_at is not null
        group by place.id
    ), pairs as materialized (
        select mentor_id, mentee_id, started_on, (
            select min(held_on) from pairing_session s
            where s.pair_id = pair.id and s.state = 'held') as met_on
        from pairing_pair pair where cohort_id in (select id from cohorts)
        and (%(places)s::uuid[] is null
            or mentor_id = any(%(places)s) or mentee_id = any(%(places)s))
    ), paired as (
        select place.id, min(started_on) as paired, min(met_on) as met
        from pairs, lateral (values (mentor_id), (mentee_id)) as place (id)
        group by place.id
    ), done as (
        select places.id, is_mentee, is_here, invited, joined, oriented, paired, met,
            complete.user_id is not null as has_profile,
            (agreed.at at time zone zone)::date as agreed,
            coalesce((offered.at at time zone zone)::date, paired) as offered
        from places left join complete using (user_id) left join agreed using (user_id)
        left join offered using (id) left join paired using (id)
    ), days as materialized (
        select id, is_mentee, is_here, invited, paired, met, offered,
            coalesce(joined, offered) as joined, coalesce(agreed, offered) as agreed,
            coalesce(oriented, offered) as oriented,
            case when has_profile or offered is not null
                then coalesce(joined, offered) end as profile,
            coalesce(case when has_profile and agreed - oriented is not null
                then greatest(joined, agreed, oriented) end, offered) as ready
        from done
    )
"""

# A day that lies before the one from which it counts, as it may after an import,
# counts as the same day.
COUNTED = """
    count({since}), count({until}), count(*) filter (where {waits}),
    count(*) filter (where {waits} and is_mentee),
    percentile_cont(0.5) within group (order by greatest({until} - {since}, 0))
        filter (where {until} is not null and {is_dated}),
    percentile_cont(0.5) within group (order by %(today)s - {since})
        filter (where {waits})
"""
FIGURES = 6  # of each step


@dataclass(frozen=True)
class Step:
    """One step: of `able` people who could take it, `done` did, in a median of `days`;
    `waiting` have not, `mentees` of them as mentees, half of them for `waited` days or
    longer. Days are None where there is nobody to count."""

    name: str
    able: int
    done: int
    waiting: int
    mentees: int
    days: float | None
    waited: float | None

    @property
    def label(self) -> Promise:
        return STEPS[self.name].label

    @property
    def waiting_label(self) -> Promise:
        return STEPS[self.name].waiting

    @property
    def stopped(self) -> int:
        """People who left, or whose cohort ended, before this step."""
        return self.able - self.done - self.waiting

    @property
    def is_in_any_order(self) -> bool:
        return self.name in IN_ANY_ORDER


class Funnel:
    """The steps of a program's people, or of one cohort's, as of `today`."""

    def __init__(self, program: Program, cohort: Cohort | None, today: date):
        self.program, self.cohort, self.today = program, cohort, today

    @cached_property
    def steps(self) -> list[Step]:
        """Every step in order, also those that nobody could take so far."""
        columns = ", ".join(
            COUNTED.format(waits=way.waits, **asdict(way)) for way in STEPS.values()
        )
        with connection.cursor() as cursor:
            cursor.execute(f"{JOURNEYS} select {columns} from days", self.params())
            figures = cursor.fetchone()
        told = (figures[at : at + FIGURES] for at in range(0, len(figures), FIGURES))
        return [Step(name, *each) for name, each in zip(STEPS, told, strict=True)]

    @property
    def invited(self) -> int:
        return self.steps[0].able

    @property
    def longest_queue(self) -> Step | None:
        """Where most people wait on the way; None when nobody does."""
        way = [step for step in self.steps if not step.is_in_any_order]
        most = max(way, key=lambda step: step.waiting)
        return most if most.waiting else None

    def waiting(self, step: str):
        """The people who wait for a step, by name."""
        sql = f"{JOURNEYS} select id from days where {STEPS[step].waits}"
        ids = subquery(sql, self.params())
        people = Participant.objects.filter(pk__in=ids)
        return people.select_related("user", "cohort").order_by(
            "user__family_name", "user__given_name", "pk"
        )

    def since(self, step: str, places: Iterable[Participant]) -> dict[UUID, date]:
        """Since when each of some places has been able to take a step."""
        sql = f"{JOURNEYS} select id, {STEPS[step].since} from days"
        params = self.params([place.pk for place in places])
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return dict(cursor.fetchall())

    def params(self, places: list[UUID] | None = None) -> dict:
        return {
            "program": self.program.pk,
            "cohort": self.cohort and self.cohort.pk,
            "places": places,
            "today": self.today,
        }
