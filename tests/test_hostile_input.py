"""Two hundred hostile values for every form: no failure of ours, nothing typed is lost,
and what is wrong stands beside its field.

One post carries hostile values in two of three fields, so that long forms need fewer
posts; what is counted are the values. A new form needs a row in FORMS, written by
hand: its address as in the access matrix, who sends it, and the values with which it is
accepted; what the page already holds need not be repeated. `on` names the page a form
stands on when its own address only takes what is sent, `button` the button that is
pressed. Without its row, a new form makes `test_every_form_is_tried` fail.
HOSTILE_VALUES=20 is enough while you work on one.
"""

import os
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as settings_of_hypothesis

from feedback.models import Pack
from mentorship.accounts.acting import acting_as
from mentorship.outbox.models import ChatRoom
from mentorship.participants.actions import complete_orientation
from milestones.models import SharedLesson
from tests.hostile import HOSTILE, SCRIPT, TYPED, Page, at_once, variations
from tests.test_access_matrix import ROWS, address
from tests.uploads import a_pdf
from tests.world import ROLES, a_world

VALUES = int(os.environ.get("HOSTILE_VALUES", "200"))
FEWEST_POSTS = min(15, VALUES)
FINE = {200, 302, 403, 404, 405, 409, 410, 422}
IN_THREE_DAYS = (timezone.now() + timedelta(days=3)).date().isoformat()
SOMEBODY = "somebody@kestrel.example"
LONG = "seven kestrels over the ward"
TODAY = timezone.now().date().isoformat()


@dataclass(frozen=True)
class Form:
    """An address that takes words, who sends them, and values that are accepted."""

    name: str
    who: str = "mentee"
    valid: dict = field(default_factory=dict)
    on: str = ""
    # The button pressed, where it has a name.
    button: dict = field(default_factory=dict)
    # What a button or a later step sends instead of the page's fields.
    sends: Callable | None = None
    # The status of success.
    done: int = 302
    # How many values are tried.
    values: int = VALUES
    # What has happened to the program before, and parts of its address.
    before: Callable = lambda program: None
    fixed: dict = field(default_factory=dict)

    def __str__(self):
        return self.name


A_STORY = {
    "kind": "words",
    "text": "I said it, and someone wrote it down.",
    "audience": "program",
    "months": "6",
    "alone": "on",
}


SHARED = "5f0c7c1e-8a51-4f0e-9d0a-1d6f4c3f7a21"
A_THEME = {"text": "Many began smaller than they had meant to.", "lessons": SHARED}


def a_lesson_is_shared(program):
    program.lesson.shared = SharedLesson.objects.create(
        pk=SHARED,
        lesson=program.lesson,
        program=program.program,
        side="mentee",
        text="Start small.",
        shared_on=timezone.localdate().replace(day=1),
    )


def measures_have_values(program):
    for days in (0, 30):
        program.measure.values.create(
            cohort=program.cohort,
            group="taking part",
            on=timezone.localdate() - timedelta(days=days),
            value=days,
            people=12,
            imported_by=program.people["coordinator"],
        )


def is_closing(program):
    program.pair.state = "closing"
    program.pair.closing_asked_at = timezone.now()
    program.pair.save()


def nothing_is_proposed(program):
    program.pair.sessions.filter(state="proposed").update(state="canceled")


def no_room_yet(program):
    ChatRoom.objects.of_program(program.program.pk).delete()


def a_time_that_was_found(program) -> dict:
    found = f"{IN_THREE_DAYS}T10:00:00+00:00"
    return {"slot": found, "minutes": "45", "channel": "video"}


def values_that_were_shown(program) -> dict:
    head = "measure,cohort,group,day,value,people"
    row = f"Time alone,{program.cohort.name},others,2026-03-31,82.5,40"
    return {"text": f"{head}\n{row}\n", "keep": "yes"}


def a_pack_is_loaded(program):
    Pack.objects.create(
        slug="pack",
        title="Pack",
        source="Somebody, 2020",
        license="CC BY 4.0",
        license_confirmed_by=program.people["coordinator"],
        license_confirmed_at=timezone.now(),
        items=[],
    )


def there_is_a_site(program):
    program.participant.site = "Hamburg"
    program.participant.save()


def orientation_is_read(program):
    complete_orientation(program.participant, at=timezone.now())


FORMS = [
    # The workspace and the notebook
    Form("pairing:add_note", valid={"body": "Next time"}, on="pairing:workspace"),
    Form(
        "pairing:add_link",
        valid={"url": "https://example.org", "title": "The rota"},
        on="pairing:workspace",
    ),
    Form("pairing:note", valid={"body": "Better"}),
    Form("pairing:notebook", valid={"body": "Not yet"}),
    Form("pairing:notebook_page", valid={"body": "Now"}),
    # Sessions
    Form(
        "pairing:plan",
        valid={"on": IN_THREE_DAYS, "at": "10:00", "channel": "video", "minutes": "45"},
    ),
    Form(
        "pairing:move",
        valid={"on": IN_THREE_DAYS, "at": "10:00", "channel": "video", "minutes": "45"},
    ),
    Form(
        "home:log",
        valid={
            "held_on": TODAY,
            "channel": "video",
            "minutes": "45",
            "topics": "wellbeing",
        },
        button={"same": "no"},
    ),
    Form("feedback:reflect", valid={"thought": "I waited too long."}),
    # Breaks, offers and the pair
    Form("participants:break", valid={"starts_on": TODAY, "words": "The ward."}),
    Form(
        "pairing:offer",
        "mentor",
        {"code": "other", "words": "Busy"},
        button={"answer": "decline"},
    ),
    Form("pairing:limits", "mentor"),
    Form("pairing:say", valid={"value": "3"}),
    Form("pairing:pilot", valid={"choice": "continue"}),
    Form("feedback:check_in", valid={"answer": "worth it"}),
    Form("pairing:nudge", "coordinator", {"words": "How are you two?"}),
    Form("milestones:milestone_new", valid={"title": "Ask", "due_on": IN_THREE_DAYS}),
    Form("milestones:milestone", valid={"title": "Ask", "due_on": IN_THREE_DAYS}),
    Form(
        "milestones:outcome_new",
        valid={
            "title": "Speak up in case reviews",
            "observable": "She opens at least one point herself",
            "measure": "Points opened",
            "baseline": "0",
            "target": "3",
            "due_on": IN_THREE_DAYS,
        },
    ),
    Form("milestones:outcome", valid={"title": "Speak up sooner"}),
    # What coordinators write
    Form("charter:create", "coordinator", {"name": "Second Steps"}),
    Form("charter:draft", "coordinator"),
    Form(
        "charter:roles",
        "coordinator",
        {"email": "kim@kestrel.example", "kind": "steering"},
    ),
    Form("charter:create_cohort", "coordinator", {"name": "Autumn"}),
    Form("charter:cohort", "coordinator", {"name": "Spring"}),
    Form(
        "charter:program_rhythm",
        "coordinator",
        {"days": "1", "at": "09:00"},
        fixed={"kind": "session"},
        values=60,
    ),
    Form(
        "charter:cohort_rhythm",
        "coordinator",
        {"days": "1", "at": "09:00"},
        fixed={"kind": "session"},
        values=60,
    ),
    Form(
        "participants:add",
        "coordinator",
        {"given_name": "Kim", "email": "kim@kestrel.example", "joins_as": "mentee"},
    ),
    Form("participants:edit", "coordinator", {"site": "North"}),
    Form("pairing:weights", "coordinator", {"because": "Skills first"}),
    # One's own
    Form("participants:charter", valid={"agree": "on"}),
    Form(
        "participants:profile", valid={"wanted-0-skill": "Law", "wanted-0-level": "3"}
    ),
    Form("accounts:settings", valid={"called": "Linh"}),
    # Agreement, reviews and closing
    Form(
        "pairing:agreement_write",
        valid={"goals": "Speak up", "channels": "video", "ending": "With thanks"},
    ),
    Form("home:review", valid={"changes": "Nothing, it works"}),
    Form(
        "home:review",
        valid={"continues": "Coffee", "thanks": "For your time"},
        before=is_closing,
        fixed={"kind": "closing"},
    ),
    Form("pairing:afterwards", valid={"choice": "again"}),
    # Finding a time, calendars, and how it went
    Form(
        "pairing:find_time",
        valid={"on": IN_THREE_DAYS, "at": "10:00", "channel": "video"},
        before=nothing_is_proposed,
    ),
    Form("pairing:find_time", sends=a_time_that_was_found, before=nothing_is_proposed),
    Form(
        "pairing:counter",
        valid={"on": IN_THREE_DAYS, "at": "10:00", "channel": "video"},
    ),
    Form(
        "charter:video_room",
        "coordinator",
        {"video_room": "https://meet.example/{session}"},
    ),
    Form("outbox:preferences", valid={"wanted": ["session"], "shown": ["session"]}),
    Form(
        "ops:rooms",
        "coordinator",
        {
            "label": "General",
            "address": "jsons://chat.example.org/hook",
            "kinds": ["announcement"],
            "language": "en",
        },
        before=no_room_yet,
    ),
    Form("home:answer", "mentor"),
    Form("home:answer_by_link", "anonymous", {"answer": "no"}),
    # Growth: what shows a step, what it taught, figures
    Form("milestones:progress", valid={"how": "on the way", "words": "Twice now"}),
    Form("milestones:evidence", valid={"words": "The new rota hangs in the ward"}),
    Form("milestones:lesson", valid={"text": "Ask sooner"}),
    Form("milestones:lesson_share", valid={"text": "Ask sooner"}),
    Form(
        "milestones:measure_new",
        "coordinator",
        {"name": "Staying", "unit": "months", "better": "higher"},
    ),
    Form("milestones:measure_values", "coordinator", sends=values_that_were_shown),
    Form(
        "insights:workforce",
        "coordinator",
        {"counted_on": TODAY, "text": "kind,name,people\nsite,Leeds,400\n"},
    ),
    Form(
        "home:guided",
        valid={
            "answer_0": "I waited",
            "promise_0": "Ask Ada",
            "due_0": IN_THREE_DAYS,
        },
    ),
    Form("feedback:asking"),
    Form("home:observe", valid={"behavior": "other", "own": "Asks first", "seen": "2"}),
    Form(
        "feedback:observe",
        "anonymous",
        {"seen": "2", "example": "In the meeting"},
        done=200,
    ),
    Form("feedback:give", valid={"strength": "You listen"}),
    Form("feedback:measures", "coordinator", before=a_pack_is_loaded),
    # Ideas
    Form(
        "library:new",
        "coordinator",
        {
            "title": "Ours",
            "summary": "How we begin",
            "body": "Begin with tea.",
            "stages": "pilot",
            "outcome_kinds": "behavior",
        },
    ),
    Form("library:write", "coordinator", {"outcome_kinds": "behavior"}),
    # In confidence
    # What is published
    Form("insights:rule", "coordinator", {"minimum": "6", "breakdowns": "cohort"}),
    Form("insights:regions", "coordinator", {"site0": "North"}, before=there_is_a_site),
    Form(
        "insights:period",
        "coordinator",
        {"narrative": "Most pairs meet."},
        button={"act": "narrate"},
    ),
    Form("insights:theme_new", "coordinator", A_THEME, before=a_lesson_is_shared),
    Form("insights:theme", "coordinator", A_THEME, before=a_lesson_is_shared),
    Form(
        "participants:orientation",
        valid={"value": "4"},
        button={"helped": "answer"},
        before=orientation_is_read,
    ),
    Form("feedback:raise_concern", valid={"text": "I would rather not meet alone."}),
    Form("feedback:concern", valid={"text": "One more thing."}),
    # Stories
    Form("feedback:tell", valid=A_STORY),
    Form("feedback:story_change", valid=A_STORY),
    Form(
        "insights:publishing",
        "coordinator",
        {"measure": "", "source": "HR, June"},
        before=measures_have_values,
        done=422,
        button={"measure": "of another program"},
    ),
    # The doors, which are allauth's
    Form(
        "account_login",
        "anonymous",
        {"login": "a@kestrel.example"},
        done=422,
        values=50,
    ),
    Form(
        "account_request_login_code",
        "anonymous",
        {"email": "a@kestrel.example"},
        values=50,
    ),
    Form(
        "account_reset_password", "anonymous", {"email": "a@kestrel.example"}, values=50
    ),
    Form(
        "account_set_password", valid={"password1": LONG, "password2": LONG}, values=50
    ),
    Form(
        "accounts:address", valid={"email": "new@kestrel.example"}, on="account_email"
    ),
]
# Forms of the access matrix that are not tried here, and why.
ELSEWHERE = {
    "allauth's own, behind a secret in the session": {
        "account_reset_password_from_key",
    },
    "files, tried byte by byte in their own tests": {
        "pairing:add_file",
        "participants:import_new",
        "participants:import_reading",
        "participants:import_columns",
    },
    "buttons and choices, tried in tests/test_bad_input.py": {
        "charter:move_cohort",
        "charter:rhythm",
        "charter:busy",
        "participants:waive",
        "participants:join",
        "pairing:change",
        "pairing:veto",
    },
}


@pytest.fixture(scope="module")
def shared_world(django_db_setup, django_db_blocker):
    """One world for all forms, gone after the last."""
    with django_db_blocker.unblock(), in_vain():
        yield a_world()


@pytest.fixture
def world(shared_world):
    """The world, with whatever a test changes undone."""
    with in_vain():
        yield shared_world


@contextmanager
def in_vain():
    """A transaction that is rolled back at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_form_is_tried(world):
    """A form is what refuses an empty post, and what has a field to type into."""
    forms = {row.name for row in ROWS if "bad" in row.post.split()}
    for who in ("anonymous", "mentee", "coordinator"):
        forms |= typed_into(world, who)
    tried = {form.name for form in FORMS}
    assert forms - tried == set().union(*ELSEWHERE.values())


def typed_into(world, who) -> set[str]:
    """The names of the addresses that somebody's pages send typed words to."""
    client, found = browser(world, who), set()
    for row in ROWS:
        if row.get.split()[ROLES.index(who)] != "ok":
            continue
        url = address(row, world.own)
        for target, controls in page_of(client.get(url), url).forms.items():
            if any(kind in TYPED for kind, _value in controls.values()):
                found.add(resolve(target).view_name)
    return found


def browser(world, who) -> Client:
    client = Client()
    if world.people[who]:
        client.force_login(world.people[who])
    return client


def ask(client, method, url, data=None):
    """The answer, with whatever the request changed undone."""
    with in_vain():
        return getattr(client, method)(url, data)


def page_of(answer, url) -> Page:
    return Page(answer.content.decode(errors="ignore"), url)


@dataclass
class Ready:
    """A form in a browser: its client, its address and what it holds."""

    client: Client
    url: str
    controls: dict

    def send(self, data):
        return ask(self.client, "post", self.url, data)


def opened(form, world) -> Ready:
    form.before(world.own)
    client = browser(world, form.who)
    rows = {row.name: row for row in ROWS}
    row = rows[form.name]
    url = address(replace(row, fixed=row.fixed | form.fixed), world.own)
    if form.sends:
        sent = form.sends(world.own)
        return Ready(client, url, {name: ("hidden", sent[name]) for name in sent})
    page = address(rows[form.on], world.own) if form.on else url
    controls = page_of(client.get(page), page).forms[url]
    controls.pop("csrfmiddlewaretoken", None)
    for name, value in form.valid.items():
        assert name in controls, f"{form} has no field {name}"
        controls[name] = (controls[name][0], value)
    buttons = {name: ("button", value) for name, value in form.button.items()}
    return Ready(client, url, controls | buttons)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_form_takes_what_is_meant_and_stands_what_is_hostile(form, world, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    ready = opened(form, world)
    meant = {name: value for name, (_, value) in ready.controls.items()}
    assert ready.send(meant).status_code == form.done
    posts, each = [], at_once(ready.controls)

    @up_to(max(FEWEST_POSTS, -(-form.values // each)))
    @given(variations(ready.controls))
    def stands(data):
        posts.append(data)
        answer = ready.send(data)
        assert answer.status_code in FINE
        assert SCRIPT.encode() not in answer.content
        if answer.status_code == 422 and not form.sends:
            nothing_is_lost(ready, data, answer)

    stands()
    assert len(posts) * each >= form.values


def up_to(posts: int):
    """As many posts, the same in every run."""
    return settings_of_hypothesis(
        max_examples=posts,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def test_a_name_of_a_file_is_hostile(world):
    """What is kept is shown without its markup and leaves under a harmless name."""
    pair, client = world.own.pair, browser(world, "mentee")
    page, to = (
        reverse(name, args=[pair.pk])
        for name in ("pairing:workspace", "pairing:add_file")
    )
    answers = []

    @up_to(min(50, VALUES))
    @given(HOSTILE)
    def stands(name):
        file = SimpleUploadedFile("plan.pdf", a_pdf())
        file.name = f"{name}.pdf"
        with in_vain():
            answer = client.post(to, {"form_id": str(uuid4()), "file": file})
            answers.append(answer.status_code)
            assert answers[-1] in FINE
            assert SCRIPT.encode() not in answer.content
            assert SCRIPT.encode() not in client.get(page).content
            if answers[-1] == 302:
                leaves_harmless(client, pair)

    stands()
    assert len(answers) == min(50, VALUES)
    assert answers.count(302) > len(answers) // 2


def leaves_harmless(client, pair):
    """The newest file, as its download."""
    with acting_as(pair.mentee.user):
        file = pair.files.first()
    sent = client.get(reverse("pairing:file", args=[file.pk]))
    assert sent.status_code == 200
    named = sent.headers["Content-Disposition"]
    assert named.startswith("attachment")
    assert not set(named) & set("\r\n\x00/")


def nothing_is_lost(ready, data, answer):
    """What was typed is still there, and every refused field points to its sentence."""
    page = page_of(answer, ready.url)
    kept = page.forms[ready.url]
    for name, (kind, _value) in ready.controls.items():
        if kind in TYPED:
            assert as_shown(kept[name][1]) == as_shown(data[name]), name
    assert page.ids & {"error-summary"}
    sentences = {one for one in page.ids if one.endswith("_error")}
    assert sentences <= page.described
    for describes in page.invalid:
        assert sentences & set(describes.split())


def as_shown(text: str) -> str:
    """A browser ends every line alike and has no sign for NUL."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
