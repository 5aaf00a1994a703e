"""Published questions come in with a license that somebody confirmed, or not at all."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from feedback import actions
from feedback.growing.asked import themes_of
from feedback.growing.packs import BadPack, read_pack
from feedback.models import Answer, Asking, Pack
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import AuditEntry
from tests.factories import PairFactory, RoleFactory, UserFactory

NOW = timezone.now()
TEXT = """
slug = "working-together"
title = "Working together, twelve questions"
source = "Somebody and Others (2020), A Journal 1:2"
license = "CC BY 4.0"

[words]
en = ["Never", "Sometimes", "Always"]
de = ["Nie", "Manchmal", "Immer"]

[[items]]
slug = "aims"
side = "mentee"
moments = ["middle", "end"]
text = { en = "We share an aim.", de = "Wir haben ein Ziel." }

[[items]]
slug = "trust"
side = "both"
moments = ["start", "end"]
text = { en = "We trust each other." }
"""


@pytest.fixture
def operator(db):
    return UserFactory(email="ada@kestrel.example")


@pytest.fixture
def pack(operator):
    return load(TEXT, operator)


def load(text, by, confirmed="CC BY 4.0"):
    return actions.load_pack(read_pack(text), confirmed=confirmed, by=by, at=NOW)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "pack.toml"
    path.write_text(TEXT)
    return str(path)


def test_a_pack_says_who_confirmed_which_license_when(pack, operator):
    assert (pack.license, pack.license_confirmed_by) == ("CC BY 4.0", operator)
    assert pack.license_confirmed_at == NOW
    assert AuditEntry.objects.get(verb="loaded a pack").by == operator


def test_nothing_is_loaded_without_the_words_of_its_license(operator, file):
    for said in ([], ["--confirm-license", "MIT"]):
        with pytest.raises(CommandError, match=r'--confirm-license "CC BY 4\.0"'):
            call_command("load_measures", file, "--by", operator.email, *said)
    assert not Pack.objects.exists()


def test_the_command_loads_a_pack_whose_license_is_confirmed(operator, file, capsys):
    confirmed = ["--confirm-license", "CC BY 4.0"]
    call_command("load_measures", file, "--by", "ADA@kestrel.example", *confirmed)
    assert Pack.objects.get().items[0]["text"]["en"] == "We share an aim."
    assert "2 questions" in capsys.readouterr().out
    with pytest.raises(CommandError, match="needs a higher number"):
        call_command("load_measures", file, "--by", operator.email, *confirmed)


def test_somebody_must_answer_for_the_license(db, file):
    with pytest.raises(CommandError, match="Nobody here has the address"):
        call_command("load_measures", file, "--by", "eve@kestrel.example")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('slug = "working-together"', 'slug = "a b"', "letters, digits and hyphens"),
        ('license = "CC BY 4.0"', "", "Add license"),
        ('"Never", "Sometimes"', '"Never"', "as many in every language"),
        ('side = "both"', 'side = "all"', "Item 2: side is"),
        ('["start", "end"]', '["now"]', "Item 2: moments are"),
        ('["start", "end"]', "[[1]]", "Item 2: moments are"),
        ('slug = "trust"', 'slug = "aims"', "a slug of its own"),
        ('{ en = "We trust each other." }', "3", "Item 2: text is"),
        ("[words]", "[words", "not TOML"),
        ('title = "', 'number = "2"\ntitle = "', "a whole number"),
    ],
)
def test_a_file_that_is_no_pack_is_told_what_to_mend(old, new, problem):
    with pytest.raises(BadPack, match=problem):
        read_pack(TEXT.replace(old, new))


def test_a_file_with_nothing_in_it_is_told_everything():
    with pytest.raises(BadPack) as refused:
        read_pack("")
    assert len(refused.value.problems) == 7


# ------------------------------------------------------------------ in a program
def keys(asking):
    return [item.key for theme in themes_of(asking) for item in theme.items]


def test_items_join_the_askings_of_their_side_and_moment(pack):
    pair = PairFactory()
    program = pair.cohort.program
    actions.switch_pack(pack, program, on=True, by=pack.license_confirmed_by)
    mentees = Asking.objects.create(participant=pair.mentee, moment="middle")
    mentors = Asking.objects.create(participant=pair.mentor, moment="middle")
    assert "pack:working-together:1:aims" in keys(mentees)
    assert not [key for key in keys(mentors) if key.startswith("pack:")]
    elsewhere = Asking.objects.create(participant=PairFactory().mentee, moment="middle")
    assert not [key for key in keys(elsewhere) if key.startswith("pack:")]


def test_a_packs_item_is_answered_in_its_own_words(client, pack):
    pair = PairFactory()
    by = pack.license_confirmed_by
    actions.switch_pack(pack, pair.cohort.program, on=True, by=by)
    asking = Asking.objects.create(participant=pair.mentee, moment="middle")
    user = pair.mentee.user
    user.language = "de"
    user.save()
    client.force_login(user)
    address = reverse("feedback:asking", args=[asking.pk])
    assert "Manchmal" in client.get(address).content.decode()
    client.post(address, {"pack:working-together:1:aims": "3"})
    with acting_as(user):
        assert Answer.objects.get().value == 3


def test_only_one_number_of_a_pack_is_asked_at_a_time(pack, operator):
    newer = load(TEXT.replace("title", "number = 2\ntitle"), operator)
    program = PairFactory().cohort.program
    for one in (pack, newer):
        actions.switch_pack(one, program, on=True, by=operator)
    assert list(program.packs.all()) == [newer]
    actions.switch_pack(newer, program, on=False, by=operator)
    assert not program.packs.exists()


def test_a_coordinator_switches_a_pack_on_and_off(client, pack):
    role = RoleFactory()
    address = reverse("feedback:measures", args=[role.program_id])
    client.force_login(role.user)
    assert "confirmed by" in client.get(address).content.decode()
    client.post(address, {"pack": pack.pk, "on": "1"})
    assert list(role.program.packs.all()) == [pack]
    assert "Asked here" in client.get(address).content.decode()
    client.post(address, {"pack": pack.pk})
    assert not role.program.packs.exists()
    assert AuditEntry.objects.filter(program_id=role.program_id).count() == 2
