"""Committing rosters, importing them again, and taking them back."""

import json
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from mentorship.accounts.models import AuditEntry, User
from mentorship.participants.actions.import_undo import TooLateToUndo, undo_import
from mentorship.participants.actions.imports import (
    AlreadyImported,
    choose_columns,
    choose_reading,
    commit_import,
    forget_old_imports,
    start_import,
)
from mentorship.participants.models import Import, Participant, Profile, Skill
from mentorship.participants.proposing import propose, read_sheet
from mentorship.participants.roster.columns import guess
from tests import factories as make

FOLDER = Path(__file__).parents[1] / "fixtures" / "rosters"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
HEADER = "Employee ID,Email,First name,Last name,Role,Capacity,Skills offered,Goals"

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    program = make.ProgramFactory(zone="Europe/Berlin")
    return make.CohortFactory(program=program, stage="onboarding")


@pytest.fixture
def coordinator(cohort):
    return make.RoleFactory(program=cohort.program).user


def drafted(cohort, by, *lines, header=HEADER):
    content = "\n".join([header, *lines]).encode()
    return mapped(
        start_import(cohort=cohort, by=by, file_name="r.csv", content=content)
    )


def mapped(draft):
    sheet = read_sheet(draft)
    headers = sheet.rows[draft.options["header_row"] - 1]
    chosen = {column: g.field for column, g in guess(headers).items()}
    choose_columns(import_=draft, sheet=sheet, chosen=chosen)
    return draft


def file_drafted(cohort, by, name):
    content = (FOLDER / name).read_bytes()
    draft = start_import(cohort=cohort, by=by, file_name=name, content=content)
    order = EXPECTED[name]["options"].get("date_order", "")
    choose_reading(import_=draft, options=draft.options | {"date_order": order})
    return mapped(draft)


def committed(draft):
    commit_import(import_=draft, by=draft.by, at=timezone.now())
    return draft.result["counts"]


@pytest.mark.parametrize("name", EXPECTED)
def test_each_roster_creates_its_valid_people_and_again_changes_nothing(
    name, cohort, coordinator
):
    facts = EXPECTED[name]

    first = committed(file_drafted(cohort, coordinator, name))
    second = committed(file_drafted(cohort, coordinator, name))

    assert (first["created"], first["failed"]) == (
        facts["created"],
        facts["error_rows"],
    )
    assert Participant.objects.filter(cohort=cohort).count() == facts["created"]
    assert (second["created"], second["updated"]) == (0, 0)
    assert second["unchanged"] == facts["created"]


def test_a_row_becomes_a_person_a_place_and_a_profile(cohort, coordinator):
    committed(file_drafted(cohort, coordinator, "spring-cohort.csv"))

    place = Participant.objects.select_related("user__profile").get(
        user__email="halina.wojcik@kestrel.example"
    )

    user, profile = place.user, place.user.profile
    assert (user.given_name, user.family_name) == ("Halina", "Wójcik")
    assert (user.external_id, user.zone) == ("K3345", "Europe/Warsaw")
    assert user.manager_email == "marta.zielinska@kestrel.example"
    assert not user.has_usable_password()
    assert (place.is_mentor, place.is_mentee, place.capacity) == (False, True, None)
    assert (place.function, place.site) == ("Nursing", "Warsaw")
    assert str(place.started_work_on) == "2018-03-12"
    assert profile.languages == ["pl", "de"]
    assert profile.interests == ["operations", "teaching"]
    assert (profile.working_style, profile.learning) == ("structured", "watching")
    assert (profile.channels, profile.remote) == (["phone"], True)
    assert profile.hours == "Tue pm, Wed 13-15, Thu 9-11"
    assert [
        (slot.weekday, slot.starts.hour, slot.ends.hour, slot.zone)
        for slot in profile.availability.all()
    ] == [
        (1, 13, 17, "Europe/Warsaw"),
        (2, 13, 15, "Europe/Warsaw"),
        (3, 9, 11, "Europe/Warsaw"),
    ]
    assert list(profile.offered.values_list("skill__slug", "level")) == [
        ("coaching", 2)
    ]
    assert profile.wanted.count() == 2


def test_unknown_skills_become_suggestions_and_known_ones_are_found_by_label(
    cohort, coordinator
):
    make.SkillFactory(
        program=cohort.program, slug="speaking", labels={"de": "Öffentlich reden"}
    )

    committed(
        drafted(
            cohort,
            coordinator,
            "1,a@x.org,Ana,,mentor,1,öffentlich REDEN (3); C++ (2); C# (1); C,",
        )
    )

    found = dict(Skill.objects.values_list("slug", "suggested"))
    assert found == {
        "speaking": False,
        "c-plus-plus": True,
        "c-sharp": True,
        "c": True,
    }


def test_an_import_sends_no_mail_and_is_audited(cohort, coordinator, mailoutbox):
    draft = drafted(cohort, coordinator, "1,a@x.org,Ana,,mentor,,,")
    committed(draft)

    entry = AuditEntry.objects.about(draft).get()
    assert mailoutbox == []
    assert (entry.by, entry.changes["created"]) == (coordinator, 1)
    assert entry.program_id == cohort.program_id


def test_empty_cells_leave_values_and_a_dash_clears_them(cohort, coordinator):
    committed(drafted(cohort, coordinator, "1,a@x.org,Ana,Ek,mentor,3,SQL,Grow"))

    counts = committed(drafted(cohort, coordinator, "1,a@x.org,Ana,,mentor,,,"))
    unchanged = Profile.objects.get(user__email="a@x.org").goals
    committed(drafted(cohort, coordinator, "1,a@x.org,Ana,-,mentor,,-,-"))

    profile = Profile.objects.get(user__email="a@x.org")
    assert (counts["unchanged"], unchanged) == (1, "Grow")
    assert (profile.goals, profile.offered.count()) == ("", 0)
    assert profile.user.family_name == ""
    assert Participant.objects.get(user=profile.user).capacity == 3


def test_people_missing_from_a_list_stay(cohort, coordinator):
    committed(drafted(cohort, coordinator, "1,a@x.org,A,,mentor,,,"))
    committed(drafted(cohort, coordinator, "2,b@x.org,B,,mentee,,,"))

    assert Participant.objects.filter(cohort=cohort).count() == 2


def test_the_employee_number_finds_a_person_whose_address_changed(cohort, coordinator):
    committed(drafted(cohort, coordinator, "1,old@x.org,Ana,,mentor,,,"))

    counts = committed(drafted(cohort, coordinator, "1,new@x.org,Ana,,mentor,,,"))

    assert counts["updated"] == 1
    assert User.objects.get(external_id="1").email == "new@x.org"


@pytest.mark.parametrize("fields", [{"last_login": timezone.now()}, {"is_staff": True}])
def test_a_list_cannot_move_an_account_to_another_address(cohort, coordinator, fields):
    make.UserFactory(external_id="1", email="boss@x.org", **fields)

    draft = drafted(cohort, coordinator, "1,thief@x.org,Ana,,mentor,,,")

    assert [e["kind"] for e in draft.result["errors"]] == ["email_is_theirs"]


def test_a_list_cannot_move_a_coordinators_address_either(cohort, coordinator):
    other = make.RoleFactory().user
    User.objects.filter(pk=other.pk).update(external_id="7")

    draft = drafted(cohort, coordinator, "7,thief@x.org,Ana,,mentor,,,")

    assert [e["kind"] for e in draft.result["errors"]] == ["email_is_theirs"]


def test_numbers_and_addresses_of_different_people_are_errors(cohort, coordinator):
    make.UserFactory(external_id="1", email="a@x.org")
    make.UserFactory(external_id="2", email="b@x.org")

    draft = drafted(
        cohort,
        coordinator,
        "1,b@x.org,Ana,,mentor,,,",
        "9,a@x.org,Ana,,mentor,,,",
        ",the-program-itself@invalid.invalid,Eve,,mentor,,,",
    )

    assert [(e["row"], e["kind"]) for e in draft.result["errors"]] == [
        (2, "email_in_use"),
        (3, "id_in_use"),
        (4, "email_in_use"),
    ]


def test_one_person_found_in_two_ways_counts_once(cohort, coordinator):
    make.UserFactory(external_id="1", email="a@x.org")

    draft = drafted(
        cohort, coordinator, "1,n@x.org,A,,mentor,,,", ",a@x.org,A,,mentor,,,"
    )

    error = draft.result["errors"][0]
    assert (error["row"], error["kind"], error["first_row"]) == (3, "same_person", 2)


def test_somebody_who_left_is_not_brought_back(cohort, coordinator):
    make.MentorFactory(
        cohort=cohort,
        user__email="a@x.org",
        state="withdrawn",
        left_at=timezone.now(),
    )

    draft = drafted(cohort, coordinator, ",a@x.org,Ana,,mentor,,,")
    committed(draft)

    assert [w["kind"] for w in draft.result["warnings"]] == ["has_left"]
    assert Participant.objects.get(cohort=cohort).state == "withdrawn"


def test_a_list_does_not_speak_for_somebody_who_has_joined(cohort, coordinator):
    place = make.MentorFactory(cohort=cohort, user__email="a@x.org", capacity=1)
    make.ProfileFactory(user=place.user, goals="Listen more")
    place.user.last_login = timezone.now()
    place.user.save()

    draft = drafted(cohort, coordinator, ",a@x.org,Anna,,mentor,3,SQL,Talk more")
    committed(draft)

    assert [w["kind"] for w in draft.result["warnings"]] == ["says_so_themselves"]
    place = Participant.objects.select_related("user__profile").get(pk=place.pk)
    assert (place.user.given_name, place.capacity) == ("Anna", 3)
    assert place.user.profile.goals == "Listen more"
    assert not place.user.profile.offered.exists()


def test_a_person_known_from_another_cohort_gets_a_place_and_keeps_their_state(
    cohort, coordinator
):
    other = make.MentorFactory(user__email="a@x.org")

    committed(drafted(cohort, coordinator, ",a@x.org,Ana,,mentee,,,"))

    other.refresh_from_db()
    place = Participant.objects.get(cohort=cohort)
    assert (place.user, place.state) == (other.user, "imported")
    assert other.state == "joined"


def test_an_import_is_committed_once(cohort, coordinator):
    draft = drafted(cohort, coordinator, "1,a@x.org,Ana,,mentor,,,")
    committed(draft)

    with pytest.raises(AlreadyImported):
        committed(draft)


@pytest.mark.django_db(transaction=True)
def test_two_commits_at_once_import_once(cohort, coordinator):
    draft = drafted(cohort, coordinator, "1,a@x.org,Ana,,mentor,,,")
    outcomes, start = [], threading.Barrier(2)

    def commit():
        try:
            mine = Import.objects.select_related("cohort__program", "by").get()
            start.wait()
            committed(mine)
            outcomes.append("imported")
        except AlreadyImported:
            outcomes.append("too late")
        finally:
            connection.close()

    threads = [threading.Thread(target=commit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["imported", "too late"]
    assert Participant.objects.filter(cohort=draft.cohort).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_rosters_with_the_same_people_at_once_make_each_person_once(
    cohort, coordinator
):
    lines = [f"{n},p{n}@x.org,Ana,,mentor,,SQL," for n in range(50)]
    drafts = [drafted(cohort, coordinator, *lines) for _ in range(2)]
    created, start = [], threading.Barrier(2)

    def commit(draft):
        try:
            mine = Import.objects.select_related("cohort__program", "by").get(
                pk=draft.pk
            )
            start.wait()
            created.append(committed(mine)["created"])
        finally:
            connection.close()

    threads = [threading.Thread(target=commit, args=[draft]) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(created) == [0, 50]


class TestUndo:
    def undone(self, draft, at=None):
        return undo_import(import_=draft, by=draft.by, at=at or timezone.now())

    def test_what_the_import_created_is_gone(self, cohort, coordinator):
        people = User.objects.count()
        draft = file_drafted(cohort, coordinator, "spring-cohort.csv")
        committed(draft)

        counts = self.undone(draft)

        assert counts["removed"] == 46
        assert not Participant.objects.filter(cohort=cohort).exists()
        assert User.objects.count() == people
        assert not Skill.objects.exists()
        assert Import.objects.get().state == "undone"

    def test_what_it_changed_is_as_before(self, cohort, coordinator):
        committed(
            drafted(cohort, coordinator, "1,a@x.org,Ana,Ek,mentor,3,SQL (2),Grow")
        )
        draft = drafted(cohort, coordinator, "1,b@x.org,Eva,-,both,1,Lean,Rest")
        before = propose(draft, read_sheet(draft)).updates[0].changes
        committed(draft)

        counts = self.undone(draft)

        place = Participant.objects.select_related("user__profile").get()
        offered = place.user.profile.offered.values_list("skill__slug", "level")
        assert (counts["restored"], counts["values_kept"]) == (1, 0)
        assert propose(draft, read_sheet(draft)).updates[0].changes == before
        assert (place.user.email, place.user.name) == ("a@x.org", "Ana Ek")
        assert (place.is_mentee, place.capacity) == (False, 3)
        assert (place.user.profile.goals, list(offered)) == ("Grow", [("sql", 2)])

    def test_people_invited_since_stay(self, cohort, coordinator):
        draft = drafted(
            cohort, coordinator, "1,a@x.org,A,,mentor,,,", "2,b@x.org,B,,mentee,,,"
        )
        committed(draft)
        Participant.objects.filter(user__email="a@x.org").update(state="invited")

        counts = self.undone(draft)

        assert (counts["removed"], counts["places_kept"]) == (1, 1)
        assert list(User.objects.filter(external_id__in="12").values_list("email")) == [
            ("a@x.org",)
        ]

    def test_people_in_a_pair_stay_even_if_nobody_invited_them(
        self, cohort, coordinator
    ):
        draft = drafted(cohort, coordinator, "1,a@x.org,A,,mentor,,,")
        committed(draft)
        make.PairFactory(cohort=cohort, mentor=Participant.objects.get(cohort=cohort))

        assert self.undone(draft)["places_kept"] == 1

    def test_a_role_a_pair_rests_on_stays(self, cohort, coordinator):
        committed(drafted(cohort, coordinator, "1,a@x.org,A,,mentee,,,"))
        draft = drafted(cohort, coordinator, "1,a@x.org,Ana,,both,2,,")
        committed(draft)
        place = Participant.objects.get(cohort=cohort)
        make.PairFactory(cohort=cohort, mentor=place)

        counts = self.undone(draft)

        place.refresh_from_db()
        assert (place.is_mentor, place.capacity) == (True, 2)
        assert place.user.given_name == "A"
        assert (counts["restored"], counts["values_kept"]) == (1, 2)

    def test_what_somebody_changed_since_stays(self, cohort, coordinator):
        committed(drafted(cohort, coordinator, "1,a@x.org,Ana,,mentor,,,Grow"))
        draft = drafted(cohort, coordinator, "1,a@x.org,Eva,,mentor,,,Rest")
        committed(draft)
        Profile.objects.update(goals="My own words")

        counts = self.undone(draft)

        profile = Profile.objects.get()
        assert (profile.goals, profile.user.given_name) == ("My own words", "Ana")
        assert counts["values_kept"] == 1

    def test_after_a_day_it_is_too_late(self, cohort, coordinator):
        draft = drafted(cohort, coordinator, "1,a@x.org,Ana,,mentor,,,")
        committed(draft)

        with pytest.raises(TooLateToUndo):
            self.undone(draft, timezone.now() + timedelta(hours=25))
        assert Participant.objects.filter(cohort=cohort).exists()

    def test_it_can_be_taken_back_once(self, cohort, coordinator):
        draft = drafted(cohort, coordinator, "1,a@x.org,Ana,,mentor,,,")
        committed(draft)
        self.undone(draft)

        with pytest.raises(TooLateToUndo):
            self.undone(draft)


def test_stored_files_are_forgotten_when_they_cannot_be_taken_back(cohort, coordinator):
    old = drafted(cohort, coordinator, "1,a@x.org,Ana,,mentor,,,")
    committed(old)
    unused = drafted(cohort, coordinator, "2,b@x.org,Ben,,mentor,,,")

    assert forget_old_imports(timezone.now() + timedelta(days=8)) == 2

    old.refresh_from_db()
    assert (bytes(old.content), old.before) == (b"", {})
    assert not Import.objects.filter(pk=unused.pk).exists()


def test_reading_and_writing_take_the_same_queries_whatever_the_length(
    cohort, coordinator, django_assert_num_queries
):
    make.SkillFactory(program=cohort.program, slug="sql")
    for length in (1, 3):
        lines = [
            f"{length}-{n},p{length}-{n}@x.org,Ana,,mentor,,SQL," for n in range(length)
        ]
        draft = drafted(cohort, coordinator, *lines)
        with django_assert_num_queries(15):
            commit_import(import_=draft, by=coordinator, at=timezone.now())
