from datetime import date, time

import pytest
from django.utils import timezone

from mentorship.accounts.actions import AccountIsClosed
from mentorship.accounts.models import AuditEntry, User
from mentorship.charter import actions
from mentorship.charter.models import (
    Acknowledgment,
    CharterVersion,
    Cohort,
    Program,
    Role,
    StageChange,
)
from mentorship.charter.models.version import PROMISES, REQUIRED
from mentorship.charter.signals import charter_published
from mentorship.charter.stages import Blocker
from mentorship.outbox.models import Notice
from tests import factories as make
from tests.races import at_once

pytestmark = pytest.mark.django_db
NOW = timezone.now()
OUTCOMES = [
    {
        "slug": "",
        "side": side,
        "kind": "behavior",
        "statement": f"A {side} speaks up",
        "measure": "Reviews spoken in",
        "target": "3",
    }
    for side in ("mentor", "mentee")
]
STEPS = [{"title": "Tell a coordinator", "owner": None, "reply_days": 1}]
COMPLETE = dict.fromkeys(REQUIRED, "Words.")


def a_program(name="Rising Leads") -> Program:
    by = make.UserFactory()
    return actions.create_program(name=name, by=by, at=NOW)


def coordinator_of(program) -> User:
    return program.roles.get(kind=Role.Kind.COORDINATOR).user


def saved(draft, *, version=None, by=None, **changes):
    parts = {
        "promises": {},
        "sections": COMPLETE,
        "outcomes": OUTCOMES,
        "steps": STEPS,
        **changes,
    }
    by = by or coordinator_of(draft.program)
    version = version or draft.version
    return actions.save_draft(draft, version=version, by=by, at=NOW, **parts)


def published(program) -> CharterVersion:
    by = coordinator_of(program)
    draft = saved(actions.start_draft(program, by=by, at=NOW))
    return actions.publish_charter(draft, version=draft.version, by=by, at=NOW)


def raised_at_once(*calls) -> list:
    """What each of the calls raised that were made at the same moment."""
    results = at_once(*calls)
    return [type(each) if isinstance(each, Exception) else None for each in results]


# ------------------------------------------------------------------ programs, roles
def test_a_new_program_has_a_coordinator_and_an_empty_draft():
    program = a_program()
    assert program.roles.get().kind == Role.Kind.COORDINATOR
    assert program.versions.get().state == CharterVersion.State.DRAFT
    verbs = set(
        AuditEntry.objects.of_program(program.pk).values_list("verb", flat=True)
    )
    assert verbs == {"created program", "gave role", "drafted charter"}


def test_naming_a_new_coordinator_opens_an_account_without_a_password_and_tells_them():
    admin = make.UserFactory(is_staff=True)
    program = actions.create_program(
        name="Leads",
        zone="Europe/Oslo",
        coordinator=" New@Kestrel.example",
        by=admin,
        at=NOW,
    )
    user = coordinator_of(program)
    assert (user.email, user.zone) == ("new@kestrel.example", "Europe/Oslo")
    assert not user.has_usable_password()
    assert Notice.objects.get(recipient=user).template == "charter/role_given"


def test_a_role_is_given_once():
    program = a_program()
    with pytest.raises(actions.HasThatRole):
        actions.give_role(
            program,
            email=coordinator_of(program).email.upper(),
            kind=Role.Kind.COORDINATOR,
            by=coordinator_of(program),
            at=NOW,
        )


def test_a_closed_account_gets_no_role():
    program = a_program()
    make.UserFactory(email="gone@kestrel.example", is_active=False)
    with pytest.raises(AccountIsClosed):
        actions.give_role(
            program,
            email="gone@kestrel.example",
            kind=Role.Kind.SPONSOR,
            by=coordinator_of(program),
            at=NOW,
        )
    assert program.roles.count() == 1


def test_the_last_coordinator_stays():
    program = a_program()
    role = program.roles.get()
    with pytest.raises(actions.LastCoordinator):
        actions.take_role(role, by=role.user, at=NOW)
    assert program.roles.count() == 1


def test_taking_a_role_again_is_harmless_and_audited_once():
    program = a_program()
    by = coordinator_of(program)
    role = make.RoleFactory(program=program, kind=Role.Kind.SPONSOR)
    gone = Role.objects.get(pk=role.pk)
    actions.take_role(role, by=by, at=NOW)
    actions.take_role(gone, by=by, at=NOW)
    assert AuditEntry.objects.filter(verb="took role").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_cannot_remove_each_other_at_once():
    program = a_program()
    one = program.roles.get()
    two = make.RoleFactory(program=program)
    raised = raised_at_once(
        lambda: actions.take_role(one, by=two.user, at=NOW),
        lambda: actions.take_role(two, by=one.user, at=NOW),
    )
    assert sorted(raised, key=str) == [actions.LastCoordinator, None]
    assert program.roles.count() == 1


# ------------------------------------------------------------------------- charter
def test_a_draft_is_saved_incomplete():
    draft = a_program().versions.get()
    saved(draft, sections={"priorities": "Why"}, outcomes=[], steps=[])
    assert draft.texts.get().sections["priorities"] == "Why"
    assert len(actions.what_is_missing(draft)) == len(REQUIRED) - 1 + 3


def test_outcomes_keep_their_slugs_and_new_ones_get_their_own():
    draft = a_program().versions.get()
    rows = [{**OUTCOMES[0], "slug": "kept"}, OUTCOMES[1], OUTCOMES[1]]
    saved(draft, outcomes=rows)
    slugs = list(draft.outcomes.order_by("position").values_list("slug", flat=True))
    assert slugs == ["kept", "a-mentee-speaks-up", "a-mentee-speaks-up-2"]


def test_an_outcome_in_any_script_gets_a_slug():
    draft = a_program().versions.get()
    saved(draft, outcomes=[{**OUTCOMES[0], "statement": "Говорит на встречах"}])
    assert draft.outcomes.get().slug == "outcome"


def test_a_stale_save_is_refused_and_writes_nothing():
    draft = a_program().versions.get()
    read_at = draft.version
    saved(draft, sections={"priorities": "Theirs"})
    with pytest.raises(actions.DraftHasChanged):
        saved(draft, version=read_at, sections={"priorities": "Mine"}, steps=[])
    assert draft.texts.get().sections["priorities"] == "Theirs"
    assert draft.escalation.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_is_refused():
    draft = a_program().versions.get()
    by = coordinator_of(draft.program)

    def save():
        saved(draft, version=1, by=by, sections={"priorities": "Mine"})

    raised = raised_at_once(save, save)
    assert sorted(raised, key=str) == [actions.DraftHasChanged, None]
    assert CharterVersion.objects.get().version == 2


def test_an_incomplete_charter_is_not_published_and_says_what_it_needs():
    program = a_program()
    draft = program.versions.get()
    with pytest.raises(actions.CharterIsIncomplete) as raised:
        actions.publish_charter(
            draft, version=draft.version, by=coordinator_of(program), at=NOW
        )
    assert "Mentees have no core outcome yet." in raised.value.args[0]
    assert program.in_force is None


def test_publishing_tells_the_apps_above():
    heard = []

    def receiver(sender, version, by, at, **kwargs):
        heard.append((version.number, at))

    charter_published.connect(receiver)
    try:
        version = published(a_program())
    finally:
        charter_published.disconnect(receiver)
    assert heard == [(1, NOW)]
    assert version.asks_again
    assert version.published_by == coordinator_of(version.program)


def test_a_second_version_starts_as_a_copy_and_replaces_the_first():
    program = a_program()
    first = published(program)
    by = coordinator_of(program)
    second = actions.start_draft(program, by=by, at=NOW)
    assert second.number == 2
    assert second.text_in("en").sections == first.text_in("en").sections
    assert list(second.outcomes.values_list("slug")) == list(
        first.outcomes.values_list("slug")
    )
    assert [s.title for s in second.escalation.all()] == ["Tell a coordinator"]
    assert all(getattr(second, name) == getattr(first, name) for name in PROMISES)
    actions.publish_charter(second, version=second.version, by=by, at=NOW)
    first.refresh_from_db()
    assert first.state == CharterVersion.State.REPLACED
    assert program.versions.in_force().get() == second


def test_starting_a_draft_again_gives_the_same_one():
    program = a_program()
    by = coordinator_of(program)
    assert actions.start_draft(program, by=by, at=NOW) == program.versions.get()


def test_a_mere_correction_does_not_ask_again():
    program = a_program()
    published(program)
    by = coordinator_of(program)
    draft = saved(
        actions.start_draft(program, by=by, at=NOW), promises={"asks_again": False}
    )
    version = actions.publish_charter(draft, version=draft.version, by=by, at=NOW)
    assert version.asks_again is False


@pytest.mark.django_db(transaction=True)
def test_of_two_publishes_at_once_one_is_refused():
    program = a_program()
    by = coordinator_of(program)
    draft = saved(program.versions.get())

    def publish():
        mine = CharterVersion.objects.select_related("program").get(pk=draft.pk)
        actions.publish_charter(mine, version=draft.version, by=by, at=NOW)

    raised = raised_at_once(publish, publish)
    assert sorted(raised, key=str) == [actions.DraftHasChanged, None]
    assert AuditEntry.objects.filter(verb="published charter").count() == 1


def test_agreeing_keeps_the_digest_of_the_words_and_counts_once():
    version = published(a_program())
    user = make.UserFactory()
    actions.acknowledge(user, version, language="nb", at=NOW)
    actions.acknowledge(user, version, language="en", at=NOW)
    agreed = Acknowledgment.objects.get()
    assert agreed.sha256 == version.text_in("en").sha256
    assert agreed.language == "en"


def test_only_the_version_in_force_can_be_agreed_to():
    draft = a_program().versions.get()
    with pytest.raises(actions.CharterNotInForce):
        actions.acknowledge(make.UserFactory(), draft, language="en", at=NOW)


# ------------------------------------------------------------------------- cohorts
def a_cohort(stage=Cohort.Stage.CHARTER, **fields) -> Cohort:
    program = a_program()
    published(program)
    return make.CohortFactory(program=program, stage=stage, **fields)


def test_a_cohort_moves_one_stage_and_remembers_it():
    cohort = a_cohort()
    by = coordinator_of(cohort.program)
    actions.move_cohort(cohort, to="onboarding", by=by, at=NOW)
    cohort.refresh_from_db()
    assert cohort.stage == Cohort.Stage.ONBOARDING
    change = StageChange.objects.get()
    assert (change.from_stage, change.to_stage, change.by) == (
        "charter",
        "onboarding",
        by,
    )
    assert AuditEntry.objects.about(cohort).get().verb == "moved cohort"


@pytest.mark.parametrize("to", ["pairing", "charter", "alumni", "", "nonsense"])
def test_a_cohort_moves_to_a_neighbouring_stage_only(to):
    cohort = a_cohort()
    with pytest.raises(actions.CohortHasMoved):
        actions.move_cohort(cohort, to=to, by=make.UserFactory(), at=NOW)


def test_onboarding_needs_a_charter_dates_and_a_coordinator():
    cohort = make.CohortFactory(stage="charter", pilot_on=None)
    with pytest.raises(actions.StageIsBlocked) as raised:
        actions.move_cohort(cohort, to="onboarding", by=make.UserFactory(), at=NOW)
    assert [(b.text, b.waivable) for b in raised.value.args[0]] == [
        ("The charter is not published yet.", False),
        ("Some stages have no date yet.", False),
        ("Nobody coordinates this program.", False),
    ]


def test_a_hard_blocker_is_never_waived(heard_blockers):
    heard_blockers["pairing"] = [Blocker("No pair yet.")]
    cohort = a_cohort("onboarding")
    with pytest.raises(actions.StageIsBlocked):
        actions.move_cohort(
            cohort, to="pairing", by=make.UserFactory(), at=NOW, because="I want to"
        )


def test_a_warning_is_waived_with_a_reason_only(heard_blockers):
    heard_blockers["pairing"] = [Blocker("Two are not ready.", waivable=True)]
    cohort = a_cohort("onboarding")
    by = coordinator_of(cohort.program)
    with pytest.raises(actions.StageIsBlocked):
        actions.move_cohort(cohort, to="pairing", by=by, at=NOW)
    change = actions.move_cohort(
        cohort, to="pairing", by=by, at=NOW, because="They join next week."
    )
    assert change.waived_because == "They join next week."
    assert AuditEntry.objects.about(cohort).get().changes["waived"] is True


def test_a_reason_is_kept_only_where_something_was_waived():
    cohort = a_cohort()
    by = coordinator_of(cohort.program)
    change = actions.move_cohort(cohort, to="onboarding", by=by, at=NOW, because="So.")
    assert change.waived_because == ""


def test_a_cohort_goes_back_unless_something_depends_on_it(heard_blockers):
    cohort = a_cohort("pilot")
    by = coordinator_of(cohort.program)
    heard_blockers["pairing"] = [Blocker("Pairs are in their pilot.")]
    with pytest.raises(actions.StageIsBlocked):
        actions.move_cohort(cohort, to="pairing", by=by, at=NOW)
    heard_blockers.clear()
    actions.move_cohort(cohort, to="pairing", by=by, at=NOW)
    cohort.refresh_from_db()
    assert cohort.stage == Cohort.Stage.PAIRING


def test_closing_before_its_day_asks_for_a_reason():
    cohort = a_cohort("active")
    by = coordinator_of(cohort.program)
    with pytest.raises(actions.StageIsBlocked) as raised:
        actions.move_cohort(cohort, to="closing", by=by, at=NOW)
    assert [blocker.waivable for blocker in raised.value.args[0]] == [True]


@pytest.mark.django_db(transaction=True)
def test_of_two_moves_at_once_one_is_refused():
    cohort = a_cohort()
    by = coordinator_of(cohort.program)

    def move():
        actions.move_cohort(cohort, to="onboarding", by=by, at=NOW)

    raised = raised_at_once(move, move)
    assert sorted(raised, key=str) == [actions.CohortHasMoved, None]
    assert StageChange.objects.count() == 1


def test_only_what_differs_is_audited():
    cohort = a_cohort()
    by = coordinator_of(cohort.program)
    actions.change_cohort(cohort, by=by, at=NOW, name=cohort.name)
    actions.change_cohort(cohort, by=by, at=NOW, pilot_on=date(2030, 5, 1))
    entry = AuditEntry.objects.about(cohort).get()
    assert entry.changes == {"pilot_on": "2030-05-01"}


def test_a_rhythm_is_set_and_set_anew():
    cohort = a_cohort()
    by = coordinator_of(cohort.program)
    for weeks in (4, 2):
        actions.set_rhythm(
            cohort, weekday=0, time=time(9), every_weeks=weeks, by=by, at=NOW
        )
    assert cohort.rhythms.get().every_weeks == 2
