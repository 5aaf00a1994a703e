"""What this app does when something happens below."""

from collections import defaultdict

from django.dispatch import receiver

from feedback import actions
from feedback.models import CheckIn
from mentorship.participants.signals import place_withdrawn
from pairing.health import Fact, Reason
from pairing.signals import looking_for_health_facts, pairs_ended

HEAVY = {CheckIn.Answer.STUCK, CheckIn.Answer.TOO_MUCH}


@receiver(pairs_ended)
def forget(sender, pairs, **kwargs):
    actions.forget_check_ins(pairs)
    actions.forget_to_ask(pairs)
    actions.forget_askings(pairs)
    actions.forget_requests(pairs)


@receiver(looking_for_health_facts)
def what_check_ins_say(sender, pairs, today, **kwargs) -> list[Fact]:
    """Who said twice in a row that it is a bit stuck, and mentors who said last that it
    is more than they can carry. Each is about its writer, who alone hears first."""
    said: dict = defaultdict(list)
    answered = CheckIn.objects.answered().filter(pair__in=pairs)
    answered = answered.order_by("pair", "participant", "-asked_for")
    for row in answered.values_list(
        "pair", "participant", "pair__mentor", "answer", "asked_for"
    ):
        said[row[:3]].append(row[3:])
    found = []
    for (pair, writer, mentor), answers in said.items():
        newest, on = answers[0]
        if newest == CheckIn.Answer.TOO_MUCH and writer == mentor:
            found.append(Fact(pair, Reason.OVERLOADED, on, writer))
        elif len(answers) > 1 and {answer for answer, _on in answers[:2]} <= HEAVY:
            found.append(Fact(pair, Reason.STUCK, on, writer))
    return found


@receiver(place_withdrawn)
def take_stories_along(sender, participant, by, at, **kwargs):
    """Nobody's story outlasts their time in the program."""
    if participant.user:
        program = participant.cohort.program
        actions.leave_stories(participant.user, program, by=by, at=at)
