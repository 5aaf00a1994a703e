"""The mentee's development plan, and the pair's words about steps and outcomes."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.acting import acting_as
from milestones import actions
from milestones.actions import Promised
from milestones.models import Evidence, Progress
from milestones.planning import plan_of
from milestones.templatetags.milestones_panels import balance, steps
from pairing.actions import take_away, workspace
from pairing.models import File
from tests.factories import (
    MilestoneFactory,
    OutcomeFactory,
    PairFactory,
    ProfileFactory,
)
from tests.uploads import a_pdf

NOW = timezone.now()


@pytest.fixture
def pair(db):
    pair = PairFactory()
    ProfileFactory(user=pair.mentee.user, goals="Lead a ward one day.")
    pair.hers = OutcomeFactory(pair=pair)
    pair.his = OutcomeFactory(pair=pair, side="mentor", title="Ask before advising")
    MilestoneFactory(pair=pair, title="Present once", outcome=pair.hers)
    MilestoneFactory(pair=pair, title="Ask three times", outcome=pair.his)
    promised = [
        Promised("Send the draft", "mentee", "mentee"),
        Promised("Read the draft", "mentor", "mentee"),
    ]
    actions.promise(pair, promised, by=pair.mentee.user, at=NOW)
    return pair


@pytest.fixture
def mentee(client, pair):
    client.force_login(pair.mentee.user)
    return pair.mentee.user


def words_of(pair, left_out=frozenset()):
    with acting_as(pair.mentee.user):
        sections = plan_of(pair, left_out)
    return [item.words for section in sections for item in section.taken]


def test_the_plan_is_made_from_all_that_is_the_mentees(pair):
    assert words_of(pair) == [
        "Lead a ward one day.",
        "Speak in case reviews",
        "Present once",
        "Send the draft",
    ]


def test_what_is_left_out_stays_on_the_page_and_out_of_the_paper(client, pair, mentee):
    key = str(pair.hers.pk)
    assert "Speak in case reviews" not in words_of(pair, {key})
    url = reverse("milestones:plan", args=[pair.pk])
    body = client.get(url, {"shown": [key]}).content.decode()
    assert "Speak in case reviews" in body


def test_the_pdf_holds_what_was_ticked(client, pair, mentee, monkeypatch):
    said = []
    monkeypatch.setattr(
        "milestones.views.plan.Paper.item",
        lambda self, words, detail="": said.append(words),
    )
    shown = [str(pair.hers.pk), "goals"]
    url = reverse("milestones:plan_pdf", args=[pair.pk])
    answer = client.get(url, {"shown": shown, "take": ["goals"]})
    assert answer["Content-Disposition"].startswith("attachment")
    assert said == ["Present once", "Send the draft"]


def test_the_mentor_and_coordinators_never_see_the_plan(client, pair):
    client.force_login(pair.mentor.user)
    for name in ("plan", "plan_pdf"):
        url = reverse(f"milestones:{name}", args=[pair.pk])
        assert client.get(url).status_code == 403


def test_an_outcome_tells_how_both_see_it(client, pair, mentee):
    url = reverse("milestones:progress", args=[pair.hers.pk])
    client.post(url, {"how": "on the way", "words": "One point."})
    client.force_login(pair.mentor.user)
    assert "One point." in client.get(url).content.decode()
    assert not Progress.objects.exists()  # outside of acting_as


def test_the_words_of_a_day_replace_each_other(pair):
    by = pair.mentee.user
    for words in ("First", "Better"):
        actions.note_progress(pair.hers, by=by, at=NOW, how="not yet", words=words)
    with acting_as(by):
        assert [one.words for one in Progress.objects.all()] == ["Better"]


def evidence_url(pair):
    return reverse("milestones:evidence", args=[pair.milestones.first().pk])


def test_evidence_sent_twice_is_kept_once(client, pair, mentee):
    words = {"url": "https://wiki.example/a", "form_id": str(uuid4())}
    for _again in range(2):
        assert client.post(evidence_url(pair), words).status_code == 302
    with acting_as(mentee):
        assert Evidence.objects.get().url == "https://wiki.example/a"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "wiki",
        "//host",
        "data:text/html,x",
        "http://[::1",
        "https://bank.example@elsewhere.example/",
    ],
)
def test_a_link_that_is_no_web_address_is_refused(client, pair, mentee, url):
    answer = client.post(evidence_url(pair), {"url": url})
    assert answer.status_code == 422
    assert "beginning with https://" in answer.content.decode()


def test_one_of_words_link_and_file_is_needed(client, pair, mentee):
    answer = client.post(evidence_url(pair), {"words": " "})
    assert answer.status_code == 422
    assert "in a few words" in answer.content.decode()


def send_a_file(client, pair, content=None, **more):
    file = SimpleUploadedFile("talk.pdf", content or a_pdf())
    data = {"upload": file, "form_id": str(uuid4()), **more}
    return client.post(evidence_url(pair), data, follow=True)


def test_a_new_file_shows_a_step_and_lies_in_the_workspace(client, pair, mentee):
    page = send_a_file(client, pair).content.decode()
    with acting_as(mentee):
        file = File.objects.get(pair=pair)
        assert Evidence.objects.get().file_id == file.pk
    assert reverse("pairing:file", args=[file.pk]) in page


def test_a_file_sent_twice_shows_a_step_once(client, pair, mentee):
    form_id = str(uuid4())
    for _again in range(2):
        send_a_file(client, pair, form_id=form_id)
    with acting_as(mentee):
        assert (File.objects.count(), Evidence.objects.count()) == (1, 1)


def test_a_page_in_a_files_clothes_is_refused_beside_it(client, pair, mentee):
    answer = send_a_file(client, pair, b"<html><script>alert(1)</script>", words="Hi")
    assert answer.status_code == 422
    assert "upload" in answer.context["form"].errors
    assert answer.context["form"]["words"].value() == "Hi"


def test_a_full_workspace_says_where_to_make_room(client, pair, mentee, monkeypatch):
    monkeypatch.setitem(workspace.MOST, File, 0)
    answer = send_a_file(client, pair, words="My talk")
    assert answer.status_code == 422
    assert "Delete one in your workspace" in answer.content.decode()
    with acting_as(mentee):
        assert not Evidence.objects.exists()


def test_evidence_whose_file_is_gone_says_so(client, pair, mentee):
    send_a_file(client, pair)
    with acting_as(mentee):
        file = File.objects.get()
    take_away(file, by=mentee)
    assert "The file was deleted." in client.get(evidence_url(pair)).content.decode()


def test_one_file_is_chosen_not_two(client, pair, mentee):
    send_a_file(client, pair)
    with acting_as(mentee):
        file = File.objects.get()
    answer = send_a_file(client, pair, file=str(file.pk))
    assert answer.status_code == 422
    assert "or a new one" in answer.content.decode()


def test_an_ended_pair_reads_its_evidence_and_adds_none(client, pair, mentee):
    pair.state, pair.ending = "ended", "completed"
    pair.ended_at, pair.ended_by = NOW, pair.mentor.user
    pair.save()
    page = client.get(evidence_url(pair))
    assert page.status_code == 200
    assert reverse("home:log", args=[pair.pk]) not in page.text
    assert client.post(evidence_url(pair), {"words": "Late"}).status_code == 403


def test_the_road_says_what_kind_of_step_is_missing(pair):
    for title in ("Read", "Watch"):
        MilestoneFactory(pair=pair, title=title, kind="formal learning")
    said = balance(pair, steps(pair))
    assert (said["learning"], said["work"], said["reflection"]) == (2, 2, 0)
    assert (said["mentor"], said["mentee"], said["both"]) == (1, 1, 2)
    assert said["missing"] == "reflection"


def test_a_short_road_is_not_judged(db):
    step = MilestoneFactory()
    assert balance(step.pair, steps(step.pair))["missing"] == ""
