from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from feedback.signals import story_ended
from mentorship.charter.models import Cohort
from mentorship.charter.signals import looking_for_blockers
from mentorship.charter.stages import Blocker
from mentorship.ui.templatetags.ui import day_words

from . import actions
from .models import Period


@receiver(looking_for_blockers)
def a_period_is_still_open(sender, cohort, stage, **kwargs):
    """A cohort is over once the last period it counts in is closed."""
    if stage != Cohort.Stage.ALUMNI:
        return []
    period = Period.objects.open().filter(frozen_places__cohort=cohort).first()
    if period is None:
        return []
    words = _("The period reported to the steering group ends on %(day)s.")
    url = reverse("insights:report", args=[cohort.program_id])
    return [Blocker(words % {"day": day_words(period.ends_on)}, url)]


@receiver(story_ended)
def take_it_down(sender, story, **kwargs):
    """A story that ended is shown nowhere, at once."""
    actions.take_down(story)
