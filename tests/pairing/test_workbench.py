"""The workbench and the offer page, as people see them."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from mentorship.accounts.models import User
from mentorship.participants.actions import withdraw
from mentorship.participants.models import Participant, Pause
from pairing import actions
from pairing.models import PairRule, Proposal, Round
from tests.factories import (
    CohortFactory,
    MentorFactory,
    PairFactory,
    PairRuleFactory,
    ParticipantFactory,
    RoleFactory,
    a_ready,
)

NOW = timezone.now()


@pytest.fixture
def cohort(db):
    return CohortFactory(stage="pairing")


@pytest.fixture
def coordinator(cohort, client):
    user = RoleFactory(program=cohort.program).user
    client.force_login(user)
    return user


def ready(cohort, mentees, mentors):
    return (
        [a_ready(ParticipantFactory, cohort) for _ in range(mentees)],
        [a_ready(MentorFactory, cohort) for _ in range(mentors)],
    )


def page(client, cohort):
    return client.get(reverse("pairing:workbench", args=[cohort.pk]))


def test_an_empty_cohort_is_told_what_comes_first(client, coordinator, cohort):
    assert "Nobody is proposed yet" in page(client, cohort).content.decode()


def test_proposals_come_with_reasons_in_words(client, coordinator, cohort):
    (mentee,), (mentor,) = ready(cohort, 1, 1)
    client.post(reverse("pairing:propose", args=[cohort.pk]))
    text = page(client, cohort).content.decode()
    assert f"{mentee.short_name} wants to build" in text
    assert "1 proposed pair" in text


def test_never_pairing_two_people_proposes_anew(client, coordinator, cohort):
    (mentee,), mentors = ready(cohort, 1, 2)
    client.post(reverse("pairing:propose", args=[cohort.pk]))
    first = Proposal.objects.get(state="proposed")
    client.post(
        reverse("pairing:change", args=[cohort.pk]),
        {
            "verb": "never",
            "mentor": first.mentor_id,
            "mentee": mentee.pk,
            "seen": first.round_id,
        },
    )
    assert Proposal.objects.get(state="proposed").mentor_id != first.mentor_id


def test_a_rule_that_cannot_be_pinned_says_why_and_keeps_what_was_typed(
    client, coordinator, cohort
):
    (mentee,), (mentor,) = ready(cohort, 1, 1)
    mentor.user.profile.languages = ["fi"]
    mentor.user.profile.save()
    answer = client.post(
        reverse("pairing:change", args=[cohort.pk]),
        {
            "mentor": mentor.pk,
            "mentee": mentee.pk,
            "verb": "pin",
            "reason": "They know each other",
        },
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "share no language" in text
    assert "They know each other" in text


def test_somebody_of_another_cohort_cannot_be_ruled_about(client, coordinator, cohort):
    stranger = ParticipantFactory()
    mentor = MentorFactory(cohort=cohort)
    answer = client.post(
        reverse("pairing:change", args=[cohort.pk]),
        {"mentor": mentor.pk, "mentee": stranger.pk, "verb": "pin"},
    )
    assert answer.status_code == 422
    assert not PairRule.objects.exists()


def test_publishing_a_plan_that_changed_meanwhile_shows_the_new_one(
    client, coordinator, cohort
):
    ready(cohort, 2, 1)
    seen = actions.propose(cohort, by=coordinator, at=NOW)
    actions.propose(cohort, by=coordinator, at=NOW)
    answer = client.post(
        reverse("pairing:publish", args=[cohort.pk]), {"seen": seen.pk, "all": "yes"}
    )
    assert answer.status_code == 409
    assert "The plan has changed meanwhile" in answer.content.decode()
    assert not Proposal.objects.offered().exists()


def test_publishing_offers_the_plan_on_the_screen(client, coordinator, cohort):
    ready(cohort, 2, 1)
    round_ = actions.propose(cohort, by=coordinator, at=NOW)
    client.post(
        reverse("pairing:publish", args=[cohort.pk]), {"seen": round_.pk, "all": "yes"}
    )
    assert Proposal.objects.offered().count() == 2


def test_an_offer_shows_reasons_and_no_score(client, coordinator, cohort):
    ready(cohort, 1, 1)
    round_ = actions.propose(cohort, by=coordinator, at=NOW)
    (offer,) = actions.publish_round(round_, by=coordinator, at=NOW)
    client.force_login(offer.mentee.user)
    text = client.get(reverse("pairing:offer", args=[offer.pk])).content.decode()
    assert "You want to build" in text
    assert "strong fit" not in text
    assert "Lead a first project." not in text  # goals are read once they are a pair
    seen = strip_tags(text.split("<main")[1])  # tokens and ids hold any digits
    assert not re.search(rf"\b{round(100 * offer.score)}\b", seen)


def test_an_offer_is_hidden_until_it_is_published(client, coordinator, cohort):
    ready(cohort, 1, 1)
    round_ = actions.propose(cohort, by=coordinator, at=NOW)
    proposal = round_.proposals.get()
    client.force_login(proposal.mentee.user)
    answer = client.get(reverse("pairing:offer", args=[proposal.pk]))
    assert answer.status_code == 404


def test_a_strange_answer_changes_nothing(client, coordinator, cohort):
    ready(cohort, 1, 1)
    round_ = actions.propose(cohort, by=coordinator, at=NOW)
    (offer,) = actions.publish_round(round_, by=coordinator, at=NOW)
    client.force_login(offer.mentee.user)
    client.post(reverse("pairing:offer", args=[offer.pk]), {"answer": "maybe"})
    offer.refresh_from_db()
    assert offer.state == "offered"


@pytest.mark.parametrize("people", [1, 3])
def test_the_workbench_takes_as_many_queries_for_one_as_for_three(
    client, coordinator, cohort, people, django_assert_num_queries
):
    ready(cohort, people + 1, people)
    actions.propose(cohort, by=coordinator, at=NOW)
    page(client, cohort)
    with django_assert_num_queries(11):
        page(client, cohort)


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_of_pairs_takes_as_many_queries_for_one_as_for_three(
    client, coordinator, cohort, people, django_assert_num_queries
):
    PairFactory.create_batch(people, cohort=cohort)
    address = reverse("pairing:pairs", args=[cohort.pk])
    client.get(address)
    with django_assert_num_queries(8):
        answer = client.get(address)
    assert answer.content.decode().count('class="duo"') == people


def test_an_offer_page_takes_few_queries(
    client, coordinator, cohort, django_assert_num_queries
):
    ready(cohort, 1, 1)
    round_ = actions.propose(cohort, by=coordinator, at=NOW)
    (offer,) = actions.publish_round(round_, by=coordinator, at=NOW)
    client.force_login(offer.mentor.user)
    with django_assert_num_queries(4):
        client.get(reverse("pairing:offer", args=[offer.pk]))


# ------------------------------------------------------------ what the page has to say
def post(client, name, thing, **data):
    return client.post(reverse(f"pairing:{name}", args=[thing.pk]), data)


def open_round(cohort):
    return Round.objects.get(cohort=cohort, state="proposed")


def test_rules_that_contradict_are_named_with_who_and_when(client, coordinator, cohort):
    mentees, (mentor,) = ready(cohort, 3, 1)
    for mentee in mentees:
        PairRuleFactory(
            cohort=cohort, mentor=mentor, mentee=mentee, kind="pin", by=coordinator
        )
    actions.propose(cohort, by=coordinator, at=NOW)
    text = page(client, cohort).content.decode()
    panel = text.split('id="contradictions"')[1].split("</section>")[0]
    assert "fewer places than people" in panel
    assert panel.count("Remove") == 3
    assert coordinator.name in panel


def test_who_is_left_over_comes_with_the_smallest_way_out(client, coordinator, cohort):
    _mentees, (mentor,) = ready(cohort, 3, 1)
    actions.propose(cohort, by=coordinator, at=NOW)
    text = page(client, cohort).content.decode()
    assert "Three mentees can only meet one mentor, who has two places." in text
    assert f"one more place with {mentor.short_name} would pair one person more" in text
    data = {"verb": "capacity", "mentor": mentor.pk, "places": 3}
    post(client, "change", cohort, seen=open_round(cohort).pk, **data)
    assert open_round(cohort).proposals.count() == 3


def test_too_many_places_are_refused_with_the_whole_page(client, coordinator, cohort):
    _mentees, (mentor,) = ready(cohort, 1, 1)
    actions.propose(cohort, by=coordinator, at=NOW)
    data = {"verb": "capacity", "mentor": mentor.pk, "places": 9}
    answer = post(client, "change", cohort, seen=open_round(cohort).pk, **data)
    assert answer.status_code == 422
    assert "A mentor can have up to 3 places." in answer.content.decode()


def test_what_happened_since_the_plan_is_said_and_can_be_mended(
    client, coordinator, cohort
):
    (gone, stays), _mentors = ready(cohort, 2, 1)
    actions.propose(cohort, by=coordinator, at=NOW)
    withdraw(gone, by=gone.user, at=NOW)
    late = a_ready(ParticipantFactory, cohort)
    mentor = a_ready(MentorFactory, cohort)
    text = page(client, cohort).content.decode()
    assert f"{gone.name} has left, is on a break or is not ready any more." in text
    assert f"{late.name} waits for a mentor now." in text
    assert f"{mentor.name} has room for a mentee now." in text
    assert stays.name not in text.split("Since this plan was made:")[1][:600]
    look = client.get(reverse("pairing:mending", args=[cohort.pk])).content.decode()
    assert late.name in look
    post(client, "mend", cohort, seen=open_round(cohort).pk)
    text = page(client, cohort).content.decode()
    assert "Since this plan was made:" not in text
    assert "The plan is up to date with who waits now." in text


def test_somebody_who_declined_waits_again(client, coordinator, cohort):
    ready(cohort, 2, 1)
    round_ = actions.propose(cohort, by=coordinator, at=NOW)
    first = round_.proposals.first()
    (offer,) = actions.publish_round(round_, by=coordinator, at=NOW, pairs=[first.pk])
    actions.decline_offer(offer, by=offer.mentor.user, at=NOW)
    text = page(client, cohort).content.decode()
    assert f"{offer.mentee.name} waits again" in text


def test_a_no_after_everything_is_published_is_said_and_mended(
    client, coordinator, cohort
):
    ready(cohort, 2, 2)
    round_ = actions.propose(cohort, by=coordinator, at=NOW)
    offer, other = actions.publish_round(round_, by=coordinator, at=NOW)
    assert "Since this plan was made:" not in page(client, cohort).content.decode()
    actions.decline_offer(offer, by=offer.mentee.user, at=NOW)
    text = page(client, cohort).content.decode()
    assert f"{offer.mentee.name} waits again" in text
    assert other.mentee.name not in text.split("Since this plan was made:")[1][:600]
    look = client.get(reverse("pairing:mending", args=[cohort.pk])).content.decode()
    assert "Nobody else moves. One mentee more has a mentor." in look
    post(client, "mend", cohort, seen="")
    mended = open_round(cohort).proposals.get()
    assert mended.mentee == offer.mentee
    assert mended.mentor != offer.mentor


def test_nobody_who_was_told_would_move_for_another(client, coordinator, cohort):
    (mentee, *_others), mentors = ready(cohort, 3, 3)
    Participant.objects.filter(pk__in=[it.pk for it in mentors]).update(capacity=1)
    round_ = actions.propose(cohort, by=coordinator, at=NOW)
    mine = round_.proposals.get(mentee=mentee)
    told, other = round_.proposals.exclude(pk=mine.pk)
    address = reverse("pairing:others", args=[cohort.pk, mentee.pk])
    text = client.get(address).content.decode()
    assert f"{told.mentee.short_name} would" in text
    actions.publish_round(round_, by=coordinator, at=NOW, pairs=[told.pk])
    text = client.get(address).content.decode()
    assert f"{told.mentee.short_name} would" not in text
    assert f"{other.mentee.short_name} would" in text


def test_somebody_whose_pair_has_ended_waits_for_a_mentor(client, coordinator, cohort):
    ready(cohort, 1, 2)
    round_ = actions.propose(cohort, by=coordinator, at=NOW)
    (offer,) = actions.publish_round(round_, by=coordinator, at=NOW)
    actions.accept_offer(offer, by=offer.mentor.user, at=NOW)
    pair = actions.accept_offer(offer, by=offer.mentee.user, at=NOW)
    assert "Since this plan was made:" not in page(client, cohort).content.decode()
    actions.end_pairs([pair], ending="switched", by=coordinator, at=NOW)
    text = page(client, cohort).content.decode()
    assert f"{offer.mentee.name} waits for a mentor now." in text


def test_what_others_did_meanwhile_is_told_and_nothing_typed_is_lost(
    client, coordinator, cohort
):
    (a, b), (mentor, other) = ready(cohort, 2, 2)
    seen = actions.propose(cohort, by=coordinator, at=NOW)
    piotr = RoleFactory(program=cohort.program).user
    said = {"seen": seen.pk, "by": piotr, "at": NOW}
    actions.change(cohort, "pin", mentor=mentor, mentee=a, **said)
    data = {"verb": "never", "mentor": other.pk, "mentee": b.pk, "reason": "A cousin"}
    answer = post(client, "change", cohort, seen=seen.pk, **data)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert f"{mentor.short_name} and {a.short_name} stay together." in text
    assert piotr.name in text
    assert 'name="reason" value="A cousin"' in text
    answer = post(client, "change", cohort, seen=open_round(cohort).pk, **data)
    assert answer.status_code == 302
    assert PairRule.objects.get(kind="never").reason == "A cousin"


@pytest.mark.parametrize(
    "seen", ["", "nonsense", "00000000-0000-0000-0000-000000000000"]
)
def test_a_post_that_saw_no_plan_does_nothing(client, coordinator, cohort, seen):
    (mentee,), (mentor,) = ready(cohort, 1, 1)
    actions.propose(cohort, by=coordinator, at=NOW)
    data = {"verb": "pin", "mentor": mentor.pk, "mentee": mentee.pk, "seen": seen}
    assert post(client, "change", cohort, **data).status_code == 409
    assert not PairRule.objects.exists()


def test_why_not_names_the_limit_with_its_facts(client, coordinator, cohort):
    (mentee,), (mentor, other) = ready(cohort, 1, 2)
    other.user.profile.languages = ["fi"]
    other.user.profile.save()
    actions.propose(cohort, by=coordinator, at=NOW)
    address = reverse("pairing:others", args=[cohort.pk, mentee.pk])
    text = client.get(address, {"mentor": other.pk}).content.decode()
    assert f"{other.short_name} speaks Finnish, {mentee.short_name} speaks English" in (
        text
    )


def test_why_not_names_the_rule_by_whom_and_when(client, coordinator, cohort):
    (mentee,), (mentor, other) = ready(cohort, 1, 2)
    rule = PairRuleFactory(
        cohort=cohort, mentor=other, mentee=mentee, kind="never", reason="One team"
    )
    actions.propose(cohort, by=coordinator, at=NOW)
    address = reverse("pairing:others", args=[cohort.pk, mentee.pk])
    text = client.get(address, {"mentor": other.pk}).content.decode()
    assert f"{rule.by.name} decided on" in text
    assert "One team" in text
    assert "Drop this rule" in text


def test_a_veto_is_told_without_saying_by_whom(client, coordinator, cohort):
    (mentee,), (mentor, other) = ready(cohort, 1, 2)
    PairRuleFactory(
        cohort=cohort,
        mentor=other,
        mentee=mentee,
        kind="never",
        by=User.objects.the_program(),
    )
    actions.propose(cohort, by=coordinator, at=NOW)
    address = reverse("pairing:others", args=[cohort.pk, mentee.pk])
    text = client.get(address, {"mentor": other.pk}).content.decode()
    assert "one of the two asked for it" in text
    assert "Drop this rule" not in text


def test_a_coordinator_in_the_cohort_reads_nothing_of_a_veto_of_them(client, cohort):
    (mentee,), (mentor, _other) = ready(cohort, 1, 2)
    RoleFactory(program=cohort.program, user=mentor.user)
    two = {"cohort": cohort, "mentor": mentor, "mentee": mentee, "kind": "never"}
    PairRuleFactory(**two, by=User.objects.the_program())
    by = RoleFactory(program=cohort.program).user
    actions.propose(cohort, by=by, at=NOW)
    address = reverse("pairing:others", args=[cohort.pk, mentee.pk])
    for reader, reads in ((by, True), (mentor.user, False)):
        client.force_login(reader)
        text = page(client, cohort).content.decode()
        assert ("One of the two asked not to" in text) is reads
        text = client.get(address, {"mentor": mentor.pk}).content.decode()
        assert ("one of the two asked for it" in text) is reads
        assert ("This is about yourself" in text) is not reads


def test_names_are_found_in_any_order(client, coordinator, cohort):
    ready(cohort, 1, 1)
    a_ready(ParticipantFactory, cohort, user__given_name="Rosa")
    actions.propose(cohort, by=coordinator, at=NOW)
    address = reverse("pairing:workbench", args=[cohort.pk])
    for order in ("best", "lowest", "name", "nonsense"):
        answer = client.get(address, {"q": "rosa", "order": order})
        assert answer.content.decode().count('class="prop"') == 1


def test_the_plan_is_put_aside_and_taken_up_again(client, coordinator, cohort):
    ready(cohort, 2, 1)
    round_ = actions.propose(cohort, by=coordinator, at=NOW)
    post(client, "set_aside", round_)
    assert "Take up again what was put aside" in page(client, cohort).content.decode()
    post(client, "reopen", cohort)
    assert open_round(cohort).proposals.count() == 2


def test_a_lone_coordinator_in_the_cohort_is_warned(client, cohort):
    _mentees, (mentor,) = ready(cohort, 1, 1)
    RoleFactory(program=cohort.program, user=mentor.user)
    client.force_login(mentor.user)
    assert "You are in this cohort yourself" in page(client, cohort).content.decode()
    RoleFactory(program=cohort.program)
    assert "You are in this cohort" not in page(client, cohort).content.decode()


def test_a_coordinator_is_told_to_leave_their_own_pair_to_another(client, cohort):
    (mentee,), (mentor,) = ready(cohort, 1, 1)
    RoleFactory(program=cohort.program, user=mentor.user)
    RoleFactory(program=cohort.program)
    client.force_login(mentor.user)
    round_ = actions.propose(cohort, by=mentor.user, at=NOW)
    data = {"verb": "pin", "mentor": mentor.pk, "mentee": mentee.pk}
    answer = post(client, "change", cohort, seen=round_.pk, **data)
    assert answer.status_code == 422
    assert "This is about yourself." in answer.content.decode()


def test_only_links_within_the_workbench_are_followed_in_place(
    client, coordinator, cohort
):
    ready(cohort, 3, 1)
    actions.propose(cohort, by=coordinator, at=NOW)
    bench = page(client, cohort).content.decode().split('id="work"')[1]
    links = re.findall(r"<a [^>]*>", bench.split('class="talk')[0])
    assert len(links) > 5
    for link in links:
        leads_on = 'hx-boost="false"' in link or "hx-get=" in link
        assert leads_on or re.search(r'href="[?#]', link), link


def test_who_fell_out_before_publishing_is_said(client, coordinator, cohort):
    mentees, _mentors = ready(cohort, 2, 2)
    round_ = actions.propose(cohort, by=coordinator, at=NOW)
    Pause.objects.create(participant=mentees[0], starts_on=NOW.date())
    address = reverse("pairing:publish", args=[cohort.pk])
    answer = client.post(address, {"seen": round_.pk, "all": "yes"}, follow=True)
    text = answer.content.decode()
    assert "1 pair has been told." in text
    assert "1 pair was not told" in text
