from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from mentorship.accounts.acting import acting_as
from mentorship.accounts.sealing import open_keys
from mentorship.charter.models import Program
from mentorship.charter.permissions import permit
from mentorship.charter.shell import reader_shell
from pairing.models import DeclineReason
from pairing.permissions import can_read_decline_reasons

A_PAGE = 20


@require_GET
def decline_reasons(request, program):
    """Why people said no, for the program's facilitators alone."""
    program = get_object_or_404(Program.objects.visible_to(request.user), pk=program)
    permit(can_read_decline_reasons(request.user, program))
    with acting_as(request.user):
        reasons = DeclineReason.objects.filter(program_id=program.pk)
        reasons = reasons.exclude(author=request.user).select_related(
            "proposal__mentor__user",
            "proposal__mentee__user",
            "proposal__round__cohort",
        )
        newest = reasons.order_by("-proposal__declined_at", "pk")
        page = Paginator(newest, A_PAGE).get_page(request.GET.get("page"))
        found = list(page)
        open_keys(reason.author_id for reason in found)
        context = {
            **reader_shell(request.user, program, nav="charter"),
            "page": page,
            "reasons": found,
        }
        return render(request, "pairing/decline_reasons.html", context)
