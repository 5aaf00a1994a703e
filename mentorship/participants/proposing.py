"""What an import would change: read and compared, nothing written."""

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.text import slugify

from mentorship.accounts.models import (
    SOMEONE_WHO_HAS_LEFT,
    THE_PROGRAM_ITSELF,
    User,
)
from mentorship.charter.models import Role

from .models import (
    Availability,
    Import,
    OfferedSkill,
    Participant,
    Profile,
    Skill,
    WantedSkill,
)
from .roster import state
from .roster.check import Problem, Result, check
from .roster.columns import fold, guess
from .roster.read import read

NOBODIES = {SOMEONE_WHO_HAS_LEFT, THE_PROGRAM_ITSELF}
REMEMBERED_IMPORTS = 20
LEFT = {Participant.State.FINISHED, Participant.State.WITHDRAWN}


@dataclass
class Change:
    """What one row would do to whom: `changes` is {key: [old, new]}. Who is not here
    yet has no user."""

    row: int
    user: User | None
    has_place: bool
    changes: dict

    @property
    def values(self):
        """{key: new value}."""
        return {key: new for key, (_old, new) in self.changes.items()}


@dataclass
class Plan:
    """An import read, checked and compared. `skills` are words not known so far, as
    {slug: label}."""

    result: Result
    creates: list = field(default_factory=list)
    updates: list = field(default_factory=list)
    unchanged: int = 0
    skills: dict = field(default_factory=dict)
    people: "People | None" = None

    @property
    def counts(self):
        """How many rows would create, update, leave unchanged or fail."""
        return {
            "people": len(self.result.rows),
            "created": len(self.creates),
            "updated": len(self.updates),
            "unchanged": self.unchanged,
            "failed": len(self.result.failed),
            "skipped": len(self.result.skipped),
        }


def read_sheet(import_, **choices):
    """The stored file as a Sheet, by the import's own or other choices."""
    options = import_.options | choices
    names = ("sheet", "encoding", "delimiter")
    chosen = {name: options.get(name) or None for name in names}
    return read(bytes(import_.content), import_.file_name, **chosen)


@contextmanager
def collector_paused():
    """Keep the garbage collector away: it would look through the loaded people again
    and again, which takes 40 % of the time, and they all stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@collector_paused()
def propose(import_, sheet):
    """Check the sheet's rows and compare them with who is here; a few queries
    whatever its length."""
    columns = import_.mapping.get("columns", {})
    result = check(
        sheet.rows,
        {int(column): name for column, name in columns.items()},
        header_row=import_.options.get("header_row", 1),
        date_order=import_.options.get("date_order") or None,
        known=set(User.objects.values_list(Lower("email"), flat=True)),
    )
    people = People(import_.cohort, result.valid)
    plan = Plan(result, people=people)
    for row in result.valid:
        person = people.find(row)
        if not row.errors:
            _compare(plan, row, person)
    plan.skills = people.skills.suggested
    return plan


def _compare(plan, row, user):
    people = plan.people
    current = people.state(user) if user else {}
    wanted = state.state_of(
        row.values,
        skill_slug=people.skills.slug,
        zone=current.get("zone") or people.cohort.program.zone,
        capacity=current.get("capacity"),
    )
    place = people.places.get(user.pk) if user else None
    found = state.changes(current, wanted)
    if user and user.last_login and found.keys() & state.THEIR_OWN:
        row.warnings.append(Problem(row.number, "email", "says_so_themselves"))
        found = {k: both for k, both in found.items() if k not in state.THEIR_OWN}
    change = Change(row.number, user, bool(place), found)
    if place and place.state in LEFT:
        row.warnings.append(Problem(row.number, "email", "has_left"))
    if not place:
        plan.creates.append(change)
    elif change.changes:
        plan.updates.append(change)
    else:
        plan.unchanged += 1


class Skills:
    """The program's skills by slug and label; unknown words become suggestions."""

    def __init__(self, program):
        self.suggested, self._slugs = {}, {}
        for skill in Skill.objects.filter(program=program):
            for word in (skill.slug, *skill.labels.values()):
                self._slugs.setdefault(word.casefold(), skill.slug)

    def slug(self, name):
        """The slug of a skill somebody named."""
        known = self._slugs.get(name.casefold())
        if known is None:
            slug = slug_of(name)
            known = self._slugs.get(slug, slug)
            if slug not in self._slugs:
                self.suggested[slug] = name
            self._slugs[name.casefold()] = self._slugs[slug] = known
        return known


def slug_of(name):
    """A slug that keeps C, C++ and C# apart and is never empty."""
    words = name.replace("+", " plus ").replace("#", " sharp ").replace("&", " and ")
    short = slugify(words, allow_unicode=True)[:80].strip("-_")
    return short or "skill-" + sha256(name.encode()).hexdigest()[:12]


class People:
    """Who of the rows is here already, with what an import may change of them."""

    def __init__(self, cohort, rows):
        self.cohort = cohort
        self.skills = Skills(cohort.program)
        emails = {row.values["email"] for row in rows}
        numbers = {row.values["external_id"] for row in rows if _number(row)}
        self._load_users(emails, numbers)
        self._load_rest([user.pk for user in self.users.values()])
        self._row_of = {}

    @classmethod
    def of_users(cls, cohort, ids):
        """The same for people known by id."""
        people = cls(cohort, [])
        people.users = User.objects.in_bulk(ids)
        people._load_rest(ids)
        return people

    def _load_users(self, emails, numbers):
        named = Q(address__in=emails) | Q(external_id__in=numbers)
        found = User.objects.alias(address=Lower("email")).filter(named)
        self.users = {user.pk: user for user in found}
        users = self.users.values()
        self._by_email = {user.email.lower(): user for user in users}
        self._by_number = {user.external_id: user for user in users if user.external_id}
        roles = Role.objects.filter(user__in=self.users)
        self._with_role = set(roles.values_list("user", flat=True))

    def _load_rest(self, ids):
        places = Participant.objects.filter(cohort=self.cohort, user__in=ids).order_by()
        self.places = {place.user_id: place for place in places}
        self.profiles = Profile.objects.in_bulk(ids)
        program = self.cohort.program_id
        self._offered = _skills_of(OfferedSkill, program, ids)
        self._wanted = _skills_of(WantedSkill, program, ids)
        self._slots = {}
        hours = Availability.objects.filter(profile__in=ids)
        hours = hours.order_by("weekday", "starts")
        slots = hours.values_list("profile", "weekday", "starts", "ends", "zone")
        for user, weekday, starts, ends, zone in slots:
            slot = [weekday, _minutes(starts), _minutes(ends), zone]
            self._slots.setdefault(user, []).append(slot)

    def find(self, row):
        """The person of a row: by employee number, else by address. Errors that only
        show here are added to the row."""
        by_email = self._by_email.get(row.values["email"])
        by_number = self._by_number.get(_number(row))
        kind = self._conflict(row, by_email, by_number)
        if kind:
            column = "external_id" if kind == "id_in_use" else "email"
            row.errors.append(Problem(row.number, column, kind, row.values[column]))
        user = by_number or by_email
        if user and not kind:
            first = self._row_of.setdefault(user.pk, row.number)
            if first != row.number:
                text = row.values["email"]
                problem = Problem(row.number, "email", "same_person", text, first)
                row.errors.append(problem)
        return user

    def _conflict(self, row, by_email, by_number):
        if by_email and (
            by_email.pk in NOBODIES or (by_number and by_email != by_number)
        ):
            return "email_in_use"
        if by_number is None:
            known = by_email.external_id if by_email else ""
            return "id_in_use" if known and _number(row) else ""
        # An address is a key to an account: a list may not hand one to another.
        new_address = by_number.email.lower() != row.values["email"]
        return "email_is_theirs" if new_address and self._signs_in(by_number) else ""

    def _signs_in(self, user):
        return bool(user.last_login or user.is_staff or user.pk in self._with_role)

    def state(self, user):
        """The person's state as it is stored now."""
        place, profile = self.places.get(user.pk), self.profiles.get(user.pk)
        found = {key: getattr(user, key) for key in state.USER_KEYS}
        if place:
            found |= {key: _plain(getattr(place, key)) for key in state.PLACE_KEYS}
        if profile:
            found |= {key: getattr(profile, key) for key in state.PROFILE_KEYS}
        return found | {
            "offered": self._offered.get(user.pk, []),
            "wanted": self._wanted.get(user.pk, []),
            "slots": self._slots.get(user.pk, []),
        }


def _skills_of(model, program, ids):
    """{user: [[slug, level], …]} by slug."""
    found = {}
    links = model.objects.filter(profile__in=ids, skill__program=program)
    for profile, slug, level in links.values_list("profile", "skill__slug", "level"):
        found.setdefault(profile, []).append([slug, level])
    return {profile: sorted(pairs) for profile, pairs in found.items()}


def _number(row):
    return row.values.get("external_id") or ""


def _minutes(time):
    return time.hour * 60 + time.minute


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def guess_columns(headers):
    """{column: (field, how)}: "remembered" from earlier imports, else "sure" or
    "likely" by the header's words. One query; each field at most once."""
    remembered = _remembered()
    guesses, taken = {}, set()
    for column, header in enumerate(headers):
        name = remembered.get(fold(header))
        if name and name not in taken:
            guesses[column] = (name, "remembered")
            taken.add(name)
    for column, found in guess(headers).items():
        known = fold(headers[column]) in remembered
        if found.field not in taken and not known:
            guesses[column] = (found.field, "sure" if found.sure else "likely")
    return guesses


def _remembered():
    """{header: field, or "" for left out} of the last imports, the newest first."""
    done = Import.objects.exclude(state=Import.State.DRAFT).order_by("-committed_at")
    headers = {}
    for mapping in done.values_list("mapping", flat=True)[:REMEMBERED_IMPORTS]:
        for header, name in mapping.get("headers", {}).items():
            headers.setdefault(header, name)
    return headers
