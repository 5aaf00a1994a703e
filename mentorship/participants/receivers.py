"""What this app does when something happens in the apps below."""

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentorship.charter.models import Cohort
from mentorship.charter.signals import charter_published, looking_for_blockers
from mentorship.charter.stages import Blocker
from mentorship.library.signals import looking_for_programs
from mentorship.outbox.models import Notice

from .models import Participant
from .notices import charter_changed
from .reminding import AGREEMENT

# Pairing warns until so many of those who take part can be paired.
ENOUGH = 0.8


@receiver(looking_for_blockers)
def enough_people_are_ready(sender, cohort, stage, **kwargs) -> list[Blocker]:
    """A warning before pairing while many people could not be paired."""
    if stage != Cohort.Stage.PAIRING:
        return []
    places = Participant.objects.filter(cohort=cohort)
    ready = places.ready()
    everyone, n = places.taking_part().count(), ready.count()
    if n >= ENOUGH * everyone and ready.mentors().exists() and ready.mentees().exists():
        return []
    words = ngettext(
        "%(n)d of %(everyone)d people is ready to be paired.",
        "%(n)d of %(everyone)d people are ready to be paired.",
        n,
    ) % {"n": n, "everyone": everyone}
    if not everyone:
        words = _("Nobody takes part in this cohort so far.")
    url = reverse("participants:people", args=[cohort.pk]) + "?readiness=no"
    return [Blocker(words, url, waivable=True)]


@receiver(charter_published)
def ask_to_agree_again(sender, version, by, at, **kwargs) -> None:
    """Tell everybody who takes part that there is a new charter to agree to, unless
    it only corrects a slip."""
    if not version.asks_again:
        return
    earlier = Notice.objects.of_program(version.program_id)
    earlier.filter(template=AGREEMENT.template).cancel()
    places = (
        Participant.objects.joined()
        .filter(cohort__program=version.program_id)
        .exclude(cohort__stage=Cohort.Stage.ALUMNI)
        .select_related("cohort__program")
    )
    Notice.objects.queue([charter_changed(place, version, at=at) for place in places])


@receiver(looking_for_programs)
def programs_one_takes_part_in(sender, user, **kwargs) -> list:
    """Whose playbooks a person reads: those of every program they have a place in."""
    places = Participant.objects.of(user).joined()
    return list(places.values_list("cohort__program", flat=True))
