"""From a roster to people who have joined."""

from collections.abc import Collection
from datetime import date, timedelta

from mentorship.charter.actions import acknowledge
from mentorship.charter.models import CharterVersion, Cohort
from mentorship.participants.actions import (
    accept_invitation,
    add_participant,
    choose_columns,
    commit_import,
    complete_orientation,
    invite,
    say_whether_it_helped,
    start_import,
)
from mentorship.participants.models import Participant, Profile, Skill
from mentorship.participants.models.profile import VALUES
from mentorship.participants.proposing import guess_columns, read_sheet

from .say import describe
from .story import HERE, Story, local_part, read_people

State = Participant.State


def import_roster(story: Story, cohort: Cohort, name: str, day: date) -> None:
    """Import a file of rosters/ with every guess accepted, and keep its skills."""
    by = story.coordinator
    at = story.at(day, 9, 30)
    file = HERE / "rosters" / f"{name}.csv"
    draft = start_import(
        cohort=cohort, by=by, file_name=file.name, content=file.read_bytes()
    )
    sheet = read_sheet(draft)
    guesses = guess_columns(sheet.rows[draft.options["header_row"] - 1])
    chosen = {column: field for column, (field, _how) in guesses.items()}
    choose_columns(import_=draft, sheet=sheet, chosen=chosen)
    commit_import(import_=draft, by=by, at=at)
    Skill.objects.filter(program=cohort.program).update(suggested=False)
    add_values(story, cohort)
    describe(story, cohort)


def add_values(story: Story, cohort: Cohort) -> None:
    """A roster has no column for what people value; they say it when they join."""
    profiles = Profile.objects.filter(user__places__cohort=cohort, values=[])
    chosen = list(profiles.select_related("user"))
    for profile in chosen:
        profile.values = story.dice("values", profile.user.email).sample([*VALUES], 2)
    Profile.objects.bulk_update(chosen, ["values"])


def add_latecomers(story: Story, cohort: Cohort, day: date) -> None:
    """People beside the roster, in every state before joining."""
    by = story.coordinator
    at = story.at(day, 11)
    state_of = {}
    for row in read_people("not-joined"):
        state = row.pop("state")
        role, capacity = row.pop("role"), row.pop("capacity")
        place = add_participant(
            cohort,
            by=by,
            at=at,
            is_mentor=role == "Mentor",
            is_mentee=role == "Mentee",
            capacity=int(capacity) if capacity else None,
            **row,
        )
        state_of.setdefault(state, []).append(place.pk)
    for state in (State.WAITING, State.APPLIED):
        Participant.objects.filter(pk__in=state_of[state]).update(state=state)
    invite(Participant.objects.filter(pk__in=state_of[State.INVITED]), by=by, at=at)


def invite_all(story: Story, cohort: Cohort, day: date) -> None:
    imported = cohort.participants.filter(state=State.IMPORTED)
    invite(imported, by=story.coordinator, at=story.at(day, 14))


def join(
    story: Story, cohort: Cohort, first: date, last: date, but: Collection[str] = ()
) -> None:
    """Everyone invited joins on some day from `first` to `last`, but for those named
    by the first part of their address."""
    charter = CharterVersion.objects.in_force().get(program=cohort.program)
    for place in invited(cohort):
        if local_part(place.user) not in but:
            dice = story.dice("join", cohort.name, place.user.email)
            day = first + timedelta(days=dice.randint(0, (last - first).days))
            set_up(story, place, day, dice.randint(8, 17), charter)


def join_one(
    story: Story, cohort: Cohort, name: str, day: date, agrees: bool = True
) -> None:
    """One person joins, and agrees to the charter or puts that off."""
    charter = CharterVersion.objects.in_force().get(program=cohort.program)
    place = invited(cohort).get(user__email=f"{name}@kestrel.example")
    set_up(story, place, day, 12, charter if agrees else None)


def invited(cohort: Cohort):
    places = cohort.participants.filter(state=State.INVITED)
    return places.select_related("user", "cohort__program").order_by("user__email")


def set_up(story, place, day: date, hour: int, charter: CharterVersion | None) -> None:
    """The way from the link in the mail to being ready."""
    accept_invitation(place, number=place.invitation, at=story.at(day, hour))
    complete_orientation(place, at=story.at(day, hour, 20))
    value = story.dice("orientation", place.user.email).choice([3, 4, 4, 5, None])
    at = story.at(day, hour, 22)
    say_whether_it_helped(place, by=place.user, value=value, at=at)
    if charter:
        at = story.at(day, hour, 25)
        acknowledge(place.user, charter, language="en", at=at)
