"""The front door: each to the page of their role."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mentorship.charter.models import Cohort, Program
from mentorship.charter.permissions import (
    COORDINATOR,
    FACILITATOR,
    SPONSOR,
    STEERING,
    roles_of,
)
from mentorship.participants.models import Participant


@require_GET
def today(request):
    """Go to the one page of a person's role, or let them choose among several."""
    user = request.user
    takes_part = Participant.objects.of(user).exists()
    choices = staff_pages(user)
    if takes_part:
        words = _("Your own pair, sessions and profile")
        choices.insert(0, (_("My mentoring"), words, reverse("home:me")))
    if len(choices) == 1:
        return redirect(choices[0][2])
    return render(request, "home/choices.html", {"choices": choices})


def staff_pages(user) -> list[tuple[str, str, str]]:
    """(title, words, address) of each page a staff role leads to."""
    kinds = roles_of(user)
    coordinated = [program for program, has in kinds.items() if COORDINATOR in has]
    found = [cohort_page(user)] if coordinated else []
    reads = {STEERING, SPONSOR}
    others = [p for p, has in kinds.items() if reads & has and COORDINATOR not in has]
    for program in Program.objects.filter(pk__in=others) if others else []:
        url = reverse("insights:report", args=[program.pk])
        found.append((program.name, _("The report of the steering group"), url))
    helps = [p for p, has in kinds.items() if has == {FACILITATOR}]
    for program in Program.objects.filter(pk__in=helps) if helps else []:
        url = reverse("charter:charter", args=[program.pk])
        found.append((program.name, _("The charter you help to keep"), url))
    if user.is_staff and not coordinated:
        words = _("Programs, and who coordinates them")
        found.append((_("Programs"), words, reverse("charter:programs")))
    return found


def cohort_page(user):
    """The newest cohort with pairs, else the newest that goes on, else the programs."""
    mine = Cohort.objects.coordinated_by(user).select_related("program")
    newest = mine.running().first() or mine.not_over().first()
    if newest is None:
        words = _("Your programs and their charters")
        return _("Coordinating"), words, reverse("charter:programs")
    words = _("What needs you today in %(cohort)s") % {"cohort": newest.name}
    return newest.program.name, words, reverse("home:cohort", args=[newest.pk])
