from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from mentorship.charter.models import Cohort, Rhythm
from mentorship.charter.shell import coordinated_cohort, coordinator_shell
from mentorship.home.forms import PreviewForm
from mentorship.home.preview import preview as preview_of
from mentorship.participants.models import Participant


@require_safe
@csp_update({"frame-src": [SELF]})
def preview(request, cohort, kind):
    """A reminder as one person of the cohort would get it next."""
    cohort = _cohort(request, cohort, kind)
    form = PreviewForm(request.GET or None, places=_places(cohort))
    place = form.chosen()
    context = {
        **coordinator_shell(cohort, nav="reminders"),
        "form": form,
        "kind": Rhythm.Kind(kind),
        "place": place,
        "preview": place and preview_of(place, kind, timezone.now()),
    }
    return render(request, "home/preview.html", context)


# Mail programs read inline styles only, so this one answer allows them, in exchange
# for scripts, which it forbids altogether.
@require_safe
@xframe_options_sameorigin
@csp_replace(
    {
        "style-src": ["'unsafe-inline'"],
        "script-src": [NONE],
        "frame-ancestors": [SELF],
    }
)
def preview_mail(request, cohort, kind, participant):
    """The same mail's HTML, for a frame; its links open outside."""
    cohort = _cohort(request, cohort, kind)
    place = get_object_or_404(_places(cohort), pk=participant)
    html = preview_of(place, kind, timezone.now()).html
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))


def _cohort(request, pk, kind) -> Cohort:
    cohort = coordinated_cohort(request.user, pk)
    if kind not in Rhythm.Kind.values:
        raise Http404
    return cohort


def _places(cohort):
    """Whoever has joined and so can be written to."""
    places = Participant.objects.joined().filter(cohort=cohort, user__is_active=True)
    return places.select_related("user", "cohort__program")
