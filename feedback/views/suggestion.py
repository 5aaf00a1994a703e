from urllib.parse import quote, urlencode

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feedback.low import low_scales
from feedback.models import Pulse
from feedback.permissions import can_reflect
from feedback.wording import SUGGESTIONS
from mentorship.accounts.acting import acting_as
from mentorship.charter.models import Role
from mentorship.charter.permissions import permit

from .reflection import visible_reflection


@require_GET
def suggestion(request, reflection):
    """Something to try after a low answer, for its writer alone. To tell somebody is
    offered as a mail that the writer sends; nothing goes out from here."""
    reflection = visible_reflection(request.user, reflection)
    permit(can_reflect(request.user, reflection))
    low = low_in(reflection, request.user)
    if not low:
        return redirect("home:today")
    pair = reflection.session.pair
    partner = pair.partner_of(request.user)
    context = {
        "suggestions": [SUGGESTIONS[scale] for scale in low],
        "pair": pair,
        "partner": partner,
        "side": pair.side_of(request.user),
        "to_partner": partner.user and to_partner(request.user, partner),
        "to_coordinators": to_coordinators(request.user, pair),
        "nav": "pair",
    }
    return render(request, "feedback/suggestion.html", context)


def low_in(reflection, user):
    """The scales of a reflection that were answered low, by the writer's own pulse."""
    with acting_as(user):
        pulse = Pulse.objects.filter(reflection=reflection).values(*SUGGESTIONS).first()
        earlier = Pulse.objects.filter(
            reflection__author=reflection.author,
            reflection__session__held_on__lt=reflection.session.held_on,
        )
        last = earlier.order_by("-reflection__session__held_on").first()
    return low_scales(pulse or {}, last)


def to_partner(user, partner):
    """A mail to the partner, with words to begin with and none about the answers."""
    body = _(
        "Hello %(name)s,\n\nbefore our next topic I would like to talk for ten minutes "
        "about how we work together. Does that suit you?\n\n%(me)s"
    )
    words = {"name": partner.short_name, "me": user.short_name}
    return mail([partner.user.email], _("Our next session"), body % words)


def to_coordinators(user, pair):
    """A mail to the program's coordinators who are not in the pair, or None."""
    people = [place.user_id for place in pair.members if place.user_id]
    roles = pair.cohort.program.roles.filter(kind=Role.Kind.COORDINATOR)
    roles = roles.exclude(user__in=people).select_related("user")
    found = [role.user.email for role in roles]
    body = _(
        "Hello,\n\ncould we talk for ten minutes about how I get on in my pair?"
        "\n\n%(me)s"
    )
    words = {"me": user.short_name}
    return mail(found, _("A few minutes of your time"), body % words) if found else None


def mail(to, subject, body):
    """The address that opens a mail in the writer's own program."""
    words = urlencode({"subject": subject, "body": body}, quote_via=quote)
    return f"mailto:{quote(','.join(to), safe='@,')}?{words}"
