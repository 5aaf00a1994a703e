"""Two hundred hostile variations of every form: no failure of ours, nothing typed is
lost, and what is wrong stands beside its field.

A new form needs a row in FORMS, written by hand: its address as in the access matrix,
who sends it, and the values with which it is accepted; what the page already holds need
not be repeated. `on` names the page a form stands on when its own address only takes
what is sent, `button` the button that is pressed. Without its row, a new form makes
`test_every_form_is_tried` fail. HOSTILE_VARIATIONS=20 is enough while you work on one.
"""

import os
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.hostile import SCRIPT, TYPED, Page, variations
from tests.test_access_matrix import ROWS, address
from tests.world import a_world

pytestmark = pytest.mark.django_db(databases=["default", "steer"])
VARIATIONS = int(os.environ.get("HOSTILE_VARIATIONS", "200"))
FINE = {200, 302, 403, 404, 405, 409, 422}
IN_THREE_DAYS = (timezone.now() + timedelta(days=3)).date().isoformat()
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

    def __str__(self):
        return self.name


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
]
# Forms of the access matrix that are not tried here, and why.
ELSEWHERE = {
    "allauth's own, with limits on how often": {
        "account_login",
        "account_request_login_code",
        "account_reset_password",
        "account_reset_password_from_key",
        "account_set_password",
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


def test_every_form_is_tried():
    """A form is what refuses an empty post."""
    forms = {row.name for row in ROWS if "bad" in row.post.split()}
    tried = {form.name for form in FORMS}
    assert forms - tried == set().union(*ELSEWHERE.values())


def ask(client, method, url, data=None):
    """The answer, with whatever the request changed undone."""
    with transaction.atomic():
        answer = getattr(client, method)(url, data)
        transaction.set_rollback(True)
    return answer


def page_of(answer, url) -> Page:
    return Page(answer.content.decode(), url)


@dataclass
class Ready:
    """A form in a browser: its client, its address and what it holds."""

    client: Client
    url: str
    controls: dict

    def send(self, data):
        return ask(self.client, "post", self.url, data)


def opened(form) -> Ready:
    world, client = a_world(), Client()
    if world.people[form.who]:
        client.force_login(world.people[form.who])
    rows = {row.name: row for row in ROWS}
    url = address(rows[form.name], world.own)
    page = address(rows[form.on or form.name], world.own)
    controls = page_of(client.get(page), page).forms[url]
    controls.pop("csrfmiddlewaretoken", None)
    for name, value in form.valid.items():
        assert name in controls, f"{form} has no field {name}"
        controls[name] = (controls[name][0], value)
    buttons = {name: ("button", value) for name, value in form.button.items()}
    return Ready(client, url, controls | buttons)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_form_takes_what_is_meant_and_stands_what_is_hostile(form):
    ready, tried = opened(form), []
    meant = {name: value for name, (_, value) in ready.controls.items()}
    assert ready.send(meant).status_code == 302

    @settings(
        max_examples=VARIATIONS,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.shared(variations(ready.controls)))
    def stands(data):
        tried.append(data)
        answer = ready.send(data)
        assert answer.status_code in FINE
        assert SCRIPT.encode() not in answer.content
        if answer.status_code == 422:
            nothing_is_lost(ready, data, answer)

    stands()
    assert len(tried) >= min(VARIATIONS, 150)


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
