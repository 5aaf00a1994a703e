from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mentorship.charter.permissions import permit
from mentorship.ui.pdf import BOLD, SERIF, Paper, download
from pairing.models import Pair
from pairing.permissions import can_take_certificate


@require_safe
def certificate(request, pair):
    """What one of the two took part in, as a page to keep."""
    visible = Pair.objects.visible_to(request.user).with_people()
    pair = get_object_or_404(visible.select_related("cohort__program"), pk=pair)
    permit(can_take_certificate(request.user, pair))
    held = pair.sessions.held().count()
    return download(drawn(pair, pair.place_of(request.user), held), "certificate")


def drawn(pair, place, held):
    """The page for one of the two; the other one is not named on it."""
    program, name = pair.cohort.program.name, place.name
    title = _("Certificate of %(name)s, %(program)s") % {
        "name": name,
        "program": program,
    }
    page = Paper(title=title, language=get_language() or "en", author=program)
    page.set_y(80)
    page.aside(program, align="C")
    page.ln(8)
    page.say(name, SERIF, size=30, after=6, align="C")
    page.say(took_part(pair, place), size=14, after=6, align="C")
    page.say(between(pair), size=12, after=2, align="C")
    page.say(met(held), size=12, after=24, align="C")
    page.say(_("With thanks from the program."), BOLD, size=12, align="C")
    day = whole_day(pair.today_at(timezone.now()))
    page.aside(_("Made on %(day)s") % {"day": day}, align="C")
    return page


def took_part(pair, place):
    if place.pk == pair.mentor_id:
        return _("took part as a mentor and accompanied a colleague")
    return _("took part as a mentee and worked towards aims of their own")


def between(pair):
    return _("from %(first)s to %(last)s") % {
        "first": whole_day(pair.started_on),
        "last": whole_day(pair.today_at(pair.ended_at)),
    }


def met(held):
    words = ngettext("in %(count)s conversation", "in %(count)s conversations", held)
    return words % {"count": held} if held else ""


def whole_day(on):
    """A day with its year: the page is read years later."""
    return date_format(on, pgettext("date format", "j F Y"))
