"""Who may do what with pairs. Every function is a question."""

from mentorship.charter.models import Role
from mentorship.charter.permissions import FACILITATOR, can_coordinate, has_role
from pairing.models import Pair, Session


def can_pair(user, cohort) -> bool:
    """Propose, pin and publish pairs of the cohort."""
    return can_coordinate(user, cohort.program)


def can_decide_about(user, place) -> bool:
    """Pin, move or pause somebody: coordinators; about oneself only where nobody else
    coordinates the program."""
    if place.user_id != user.pk or not can_pair(user, place.cohort):
        return can_pair(user, place.cohort)
    coordinators = place.cohort.program.roles.filter(kind=Role.Kind.COORDINATOR)
    return not coordinators.exclude(user=user).exists()


def can_answer_offer(user, proposal) -> bool:
    """Accept or decline: the two people of the offer, nobody for them."""
    return user.pk in {proposal.mentor.user_id, proposal.mentee.user_id}


def can_wish(user, place) -> bool:
    """Rank mentors: a mentee, for their own place."""
    return place.user_id == user.pk and place.is_mentee


def can_set_limits(user, place) -> bool:
    """Say how many mentees, and how: a mentor, for their own place."""
    return place.user_id == user.pk and place.is_mentor


def can_veto(user, place) -> bool:
    """Rather not be paired with somebody: only the person themself."""
    return place.user_id == user.pk


def can_answer_say(user, question) -> bool:
    """Whether one had a say: only the person who is asked."""
    return question.participant.user_id == user.pk


def can_read_decline_reasons(user, program) -> bool:
    """Why people said no: facilitators, and nobody who pairs people."""
    return has_role(user, program, FACILITATOR)


def can_replan(user, pair) -> bool:
    """End a pilot so that both are paired anew: coordinators, but not of their own."""
    return can_nudge(user, pair) and pair.state == Pair.State.PILOT


def can_nudge(user, pair) -> bool:
    """Write to both people of a running pair: coordinators, but not of their own."""
    return (
        can_pair(user, pair.cohort)
        and not pair.side_of(user)
        and pair.state != Pair.State.ENDED
    )


def can_read_words(user, pair) -> bool:
    """Topics, places and what was useful: the two people of the pair."""
    return bool(pair.side_of(user))


def can_work_in(user, pair) -> bool:
    """Plan, log and write in the pair: its two people, until it has ended."""
    return can_read_words(user, pair) and pair.state != Pair.State.ENDED


def can_take_certificate(user, pair) -> bool:
    """Keep a page about having taken part: the two people of a completed pair."""
    return can_read_words(user, pair) and pair.ending == Pair.Ending.COMPLETED


def can_change_shared(user, thing) -> bool:
    """Reword or delete a note, a link or a file: whoever added it, until the end."""
    place = thing.pair.place_of(user)
    return (
        place is not None
        and place.pk == thing.author_id
        and can_work_in(user, thing.pair)
    )


def can_keep_page(user, page) -> bool:
    """Read, reword and delete a page of a notebook: its writer, and nobody else."""
    return page.author_id == user.pk


def can_answer_pilot(user, pair) -> bool:
    """The pilot question is for the two people alone, while the pilot runs."""
    return can_read_words(user, pair) and pair.state == Pair.State.PILOT


def can_change_plan(user, session) -> bool:
    """Move, cancel or call missed what is still planned."""
    planned = session.state == Session.State.PLANNED
    return planned and can_work_in(user, session.pair)


def can_confirm(user, session) -> bool:
    """Agree with or correct the partner's word: once, never one's own, and not once
    the pair has ended."""
    told_by = session.logged_by_id
    if not session.is_told or told_by is None or session.confirmed_at is not None:
        return False
    pair = session.pair
    return can_work_in(user, pair) and pair.place_of(user).pk != told_by
