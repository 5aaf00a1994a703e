"""A program's own ideas: a draft, then published, and taken back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries, assertRedirects

from mentorship.accounts.models import AuditEntry
from mentorship.library import actions
from mentorship.library.models import Item, ItemText, ItemVersion
from mentorship.library.reading import shelf
from tests.factories import (
    ItemFactory,
    ItemTextFactory,
    ItemVersionFactory,
    ParticipantFactory,
    RoleFactory,
)
from tests.races import at_once

NOW = timezone.now()
CANARY = "canary-30fe"


@pytest.fixture
def role(db):
    return RoleFactory(program__name="Rising Leads")


@pytest.fixture
def program(role):
    return role.program


@pytest.fixture
def signed_in(client, role):
    client.force_login(role.user)
    return client


def url(name, program, *more):
    return reverse(f"library:{name}", args=[program.pk, *more])


def sent(**changes):
    """What the browser sends for a whole idea."""
    return {
        "version": "0",
        "title": "Night shifts",
        "summary": "How to stay in touch when your nights are days.",
        "body": "# Before\n\nSend a message.",
        "kind": "playbook",
        "side": "both",
        "topics": "Rhythm, night work, rhythm",
        "steps-TOTAL_FORMS": "3",
        "steps-INITIAL_FORMS": "0",
        "steps-0-minutes": "10",
        "steps-0-title": "Arrive",
        "steps-0-text": "How tired are you?",
        "steps-1-title": "",
        "steps-2-title": "",
        **changes,
    }


def draft_of(program, slug="first-meeting"):
    return ItemText.objects.get(
        version__item__program=program,
        version__item__slug=slug,
        version__state="draft",
    )


def read_by(user, slug):
    return shelf(user).filter(version__item__slug=slug).first()


# ------------------------------------------------------------------ the way it goes
def test_a_new_idea_is_looked_at_then_published(signed_in, role, program):
    page = signed_in.post(url("new", program), sent(), follow=True)
    assertRedirects(page, url("preview", program, "night-shifts"))
    assert "<h2>Before</h2>" in page.text
    assert "In 10 minutes" in page.text
    assert read_by(role.user, "night-shifts") is None
    draft = draft_of(program, "night-shifts")
    assert draft.version.topics == ["rhythm", "night-work"]
    assert draft.steps == [
        {"minutes": 10, "title": "Arrive", "text": "How tired are you?"}
    ]
    data = {"version": draft.version.version}
    page = signed_in.post(url("publish", program, "night-shifts"), data, follow=True)
    assert "Your own words" in page.text
    assert read_by(role.user, "night-shifts").title == "Night shifts"


def test_an_idea_of_the_product_is_changed_for_one_program_only(
    signed_in, role, program
):
    page = signed_in.get(url("write", program, "first-meeting"))
    assert 'value="The first meeting"' in page.text
    assert not Item.objects.filter(program=program).exists()
    signed_in.post(url("write", program, "first-meeting"), sent(title="On the ward"))
    draft = draft_of(program)
    actions.publish_item(
        draft.version, version=draft.version.version, by=role.user, at=NOW
    )
    assert read_by(role.user, "first-meeting").title == "On the ward"
    elsewhere = RoleFactory().user
    assert read_by(elsewhere, "first-meeting").title == "The first meeting"
    signed_in.post(url("take_back", program, "first-meeting"))
    assert read_by(role.user, "first-meeting").title == "The first meeting"
    assert ItemVersion.objects.filter(item__program=program).count() == 1
    verbs = AuditEntry.objects.of_program(program.pk).order_by("at")
    assert [entry.verb for entry in verbs] == [
        "drafted idea",
        "published idea",
        "took back idea",
    ]


def test_a_draft_changes_neither_words_nor_readers_before_it_is_published(
    signed_in, role, program
):
    mentee = ParticipantFactory(cohort__program=program).user
    form = sent(title="For us alone", side="staff")
    signed_in.post(url("write", program, "first-meeting"), form)
    assert read_by(mentee, "first-meeting").version.side == "both"
    draft = draft_of(program, "first-meeting").version
    actions.publish_item(draft, version=draft.version, by=role.user, at=NOW)
    signed_in.post(url("write", program, "first-meeting"), sent(side="both"))
    assert read_by(role.user, "first-meeting").title == "For us alone"
    assert read_by(mentee, "first-meeting").title == "The first meeting"


def test_the_next_draft_begins_with_the_programs_own_words(signed_in, role, program):
    own = ItemTextFactory(
        version__item__program=program, version__item__slug="stuck", title="Ours"
    )
    assert 'value="Ours"' in signed_in.get(url("write", program, "stuck")).text
    draft = actions.start_draft(program, "stuck", by=role.user, at=NOW)
    assert (draft.number, draft.texts.get().title) == (2, "Ours")
    actions.publish_item(draft, version=1, by=role.user, at=NOW)
    own.version.refresh_from_db()
    assert own.version.state == "replaced"


def test_a_draft_is_the_coordinators_alone_and_words_stay_out_of_the_log(
    client, signed_in, program
):
    signed_in.post(url("new", program), sent(body=f"Words {CANARY}"))
    assert CANARY in signed_in.get(url("preview", program, "night-shifts")).text
    assert CANARY not in str(list(AuditEntry.objects.values()))
    client.force_login(RoleFactory(program=program, kind="facilitator").user)
    assert client.get(url("preview", program, "night-shifts")).status_code == 403
    assert client.get(reverse("library:item", args=["night-shifts"])).status_code == 404


# ----------------------------------------------------------------- what is refused
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "Please fill this in"),
        ({"title": "First meeting"}, "There is an idea of this name"),
        ({"summary": "x" * 301}, "300"),
        ({"kind": "sermon"}, "valid choice"),
        ({"steps-0-title": ""}, "Give this part a name"),
        ({"steps-0-minutes": "0"}, "1 to 120 minutes"),
        ({"steps-0-minutes": "9" * 26}, "1 to 120 minutes"),
        ({"topics": ",".join("abcdefghi")}, "up to eight"),
        ({"topics": "x" * 61}, "up to eight"),
        ({"review_on": "soon"}, "valid date"),
        ({"body": "\x00"}, "Null characters"),
        ({"version": "-1"}, ""),
        ({"steps-TOTAL_FORMS": "nonsense"}, ""),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_stays(signed_in, program, changes, said):
    body = {"body": f"Kept {CANARY}", **changes}
    response = signed_in.post(url("new", program), sent(**body))
    assert response.status_code == 422
    assert said in response.text
    assert "body" in changes or CANARY in response.text
    assert not Item.objects.filter(program=program).exists()


def test_markup_is_shown_as_words(signed_in, program):
    evil = "<script>alert(1)</script> [x](javascript:alert(1)) ![i](http://x/y.png)"
    steps = {"steps-0-title": "<b>bold</b>", "steps-0-text": "<img src=x>"}
    page = signed_in.post(
        url("new", program), sent(body=evil, summary="<i>s</i>", **steps), follow=True
    )
    for raw in ("<script>alert", 'href="javascript', "<img", "<b>bold", "<i>s"):
        assert raw not in page.text


def test_a_draft_saved_meanwhile_is_not_written_over_unseen(signed_in, role, program):
    actions.start_draft(program, "first-meeting", by=role.user, at=NOW)
    seen = draft_of(program).version.version
    form = sent(version=seen, title="Mine")
    facets = {"side": "staff"}
    words = {"title": "Theirs", "summary": "s", "body": "b", "steps": []}
    actions.save_draft(
        draft_of(program).version,
        version=seen,
        facets=facets,
        words=words,
        by=role.user,
        at=NOW,
    )
    response = signed_in.post(url("write", program, "first-meeting"), form)
    assert response.status_code == 409
    assert 'value="Mine"' in response.text
    assert draft_of(program).title == "Theirs"
    # The page now knows what is stored, so that saving again is a decision.
    again = {**form, "version": draft_of(program).version.version}
    assert f'value="{again["version"]}"' in response.text
    signed_in.post(url("write", program, "first-meeting"), again)
    assert draft_of(program).title == "Mine"


def test_a_form_opened_before_somebody_began_a_draft_is_not_saved_over_it(
    signed_in, role, program
):
    earlier = NOW - timedelta(hours=1)
    actions.start_draft(program, "first-meeting", by=role.user, at=earlier)
    response = signed_in.post(url("write", program, "first-meeting"), sent())
    assert response.status_code == 409
    assert draft_of(program).title == "The first meeting"


@pytest.mark.parametrize("version", ["", "x", "²", "7", "9" * 30])
def test_only_the_draft_that_was_seen_is_published(signed_in, role, program, version):
    actions.start_draft(program, "first-meeting", by=role.user, at=NOW)
    data = {"version": version}
    signed_in.post(url("publish", program, "first-meeting"), data)
    assert draft_of(program)


def test_an_idea_that_nobody_wrote_is_not_found(signed_in, program):
    assert signed_in.get(url("write", program, "nothing")).status_code == 404
    assert signed_in.post(url("take_back", program, "nothing")).status_code == 404
    # Another program's own is not there either.
    ItemTextFactory(version__item__program=RoleFactory().program, title="Theirs")
    theirs = Item.objects.exclude(program=None).get()
    assert signed_in.get(url("write", program, theirs.slug)).status_code == 404


def test_the_list_marks_what_should_be_read_again(signed_in, program):
    ItemTextFactory(
        version__item__program=program,
        version__review_on=timezone.localdate() - timedelta(days=1),
    )
    assert signed_in.get(url("own", program)).text.count("Read it again") == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_any_number(signed_in, program, rows):
    for state in ("draft", "in force"):
        ItemTextFactory.create_batch(
            rows, version__item__program=program, version__state=state
        )
    signed_in.get(url("own", program))
    with assertNumQueries(7):
        signed_in.get(url("own", program))


# ---------------------------------------------------------- what the database keeps
@pytest.mark.parametrize(
    ("make", "constraint"),
    [
        (lambda: ItemFactory(slug="stuck"), "one_item_per_program_and_slug"),
        (lambda: ItemVersionFactory(kind="sermon"), "an_item_is_of_a_known_kind"),
        (lambda: ItemVersionFactory(side="boss"), "an_item_is_for_somebody"),
        (lambda: another("stuck", "in force"), "one_item_version_in_force"),
        (lambda: [another("stuck", "draft", n) for n in (8, 9)], "one_item_draft"),
        (lambda: another("stuck", "replaced", 1), "item_versions_are_numbered"),
        (lambda: ItemTextFactory(title=""), "has_a_title_and_a_summary"),
        (lambda: ItemVersionFactory(published_at=None), "published_items_say_when"),
    ],
)
@pytest.mark.django_db
def test_the_database_refuses(make, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()


def another(slug, state, number=9):
    item = Item.objects.get(program=None, slug=slug)
    return ItemVersionFactory(item=item, state=state, number=number)


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_begin_at_once_share_one_draft():
    role = RoleFactory()

    def begin():
        return actions.start_draft(role.program, "stuck", by=role.user, at=NOW).pk

    first, second = at_once(begin, begin)
    assert first == second
    assert ItemVersion.objects.filter(item__program=role.program).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_draft_published_twice_at_once_is_published_once():
    role = RoleFactory()
    draft = actions.start_draft(role.program, "stuck", by=role.user, at=NOW)

    def publish():
        seen = ItemVersion.objects.select_related("item__program").get(pk=draft.pk)
        actions.publish_item(seen, version=1, by=role.user, at=NOW)

    results = at_once(publish, publish)
    assert sum(isinstance(r, actions.DraftHasChanged) for r in results) == 1
    assert results.count(None) == 1
    assert ItemVersion.objects.in_force().filter(item=draft.item).count() == 1
