"""The ideas that come with the product: well made, and loaded once."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from mentorship.charter.models import CoreOutcome
from mentorship.library.actions import load_pack
from mentorship.library.models import ItemText, ItemVersion
from mentorship.library.packing import Packed, read_file, read_pack
from mentorship.library.suggesting import MOMENTS, PLAIN
from mentorship.library.topics import WORDS
from tests.races import at_once

NOW = timezone.now()
PACK = list(read_pack())
ASKED_FOR = {
    *("first-meeting", "setting-outcomes", "questions-first", "giving-feedback"),
    *("receiving-feedback", "stuck", "career-clarity", "real-work", "midpoint"),
    *("difficult-conversation", "overload", "saying-no", "after-a-gap", "closing"),
    *("guide-conflict", "guide-burnout", "guide-momentum"),
}


def packed(**changes):
    words = {"title": "A walk", "summary": "Side by side.", "body": "Walk."}
    facets = {"slug": "a-walk", "language": "en", "kind": "agenda", "side": "both"}
    return Packed(**{**facets, **words, **changes})


def test_everything_that_pages_point_at_is_in_the_pack():
    slugs = {file.slug for file in PACK}
    assert slugs >= ASKED_FOR | MOMENTS | {PLAIN, "looking-back", "mentors-mirror"}


@pytest.mark.parametrize("file", PACK, ids=lambda file: file.slug)
def test_a_file_of_the_pack_is_whole(file):
    assert file.kind in ItemVersion.Kind.values
    assert file.side in ItemVersion.Side.values
    assert set(file.stages) <= set(ItemVersion.Stage.values)
    assert set(file.outcome_kinds) <= set(CoreOutcome.Kind.values)
    assert set(file.topics) <= WORDS.keys()
    assert file.review_on
    assert 20 < len(file.summary) <= 300
    assert len(file.body.split()) >= 30
    assert "!" not in file.body + file.summary


@pytest.mark.parametrize("file", PACK, ids=lambda file: file.slug)
def test_conversations_are_timed_and_reflections_ask_three_to_five_questions(file):
    if file.kind == "reflection sheet":
        assert 3 <= len(file.steps) <= 5
        assert all(step["title"].endswith("?") for step in file.steps)
    elif file.kind != "prompt":
        assert len(file.steps) >= 4
        assert 20 <= sum(step["minutes"] for step in file.steps) <= 60


def test_every_topic_has_words_and_every_word_a_file():
    assert {topic for file in PACK for topic in file.topics} == WORDS.keys()


@pytest.mark.django_db
def test_migrating_has_loaded_the_pack_and_loading_again_changes_nothing():
    in_force = ItemText.objects.in_force().filter(version__item__program=None)
    assert in_force.count() == len(PACK)
    before = list(ItemVersion.objects.order_by("pk").values())
    assert load_pack(at=NOW) == []
    assert list(ItemVersion.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_a_changed_file_makes_a_new_version(capsys):
    load_pack(at=NOW, pack=[packed()])
    later = NOW + timedelta(days=1)
    (item,) = load_pack(at=later, pack=[packed(body="Walk further.")])
    old, new = item.versions.order_by("number")
    assert (old.state, new.state) == ("replaced", "in force")
    assert (new.number, new.published_at) == (2, later)
    assert new.texts.get().body == "Walk further."
    assert load_pack(at=later, pack=[packed(body="Walk further.")]) == []
    call_command("load_pack")
    assert capsys.readouterr().out == ""


@pytest.mark.django_db
def test_a_change_of_what_an_item_is_for_is_a_new_version_too():
    load_pack(at=NOW, pack=[packed()])
    (item,) = load_pack(at=NOW, pack=[packed(topics=["rhythm"])])
    assert [v.topics for v in item.versions.order_by("number")] == [[], ["rhythm"]]


@pytest.mark.django_db
def test_a_translation_belongs_to_the_version_it_was_made_from(settings):
    settings.LANGUAGES = [("en", "English"), ("nl", "Nederlands")]
    dutch = packed(language="nl", title="Een wandeling")
    (item,) = load_pack(at=NOW, pack=[packed(), dutch])
    english, translated = item.versions.get().texts.order_by("language")
    assert translated.translated_from == english
    found = ItemText.objects.in_force().filter(version__item=item)
    assert found.one_of_each("nl").get() == translated
    assert found.one_of_each("ar").get() == english


@pytest.mark.django_db(transaction=True)
def test_two_that_load_at_once_make_one_version():
    def load():
        return len(load_pack(at=NOW, pack=[packed()]))

    assert sorted(at_once(load, load)) == [0, 1]
    assert ItemVersion.objects.filter(item__slug="a-walk").count() == 1


def test_a_file_without_front_matter_is_refused(tmp_path):
    (tmp_path / "bad.md").write_text("A title\n+++\n+++\n")
    with pytest.raises(ValueError, match=r"bad\.md"):
        read_file(tmp_path / "bad.md")
