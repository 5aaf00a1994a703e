"""A program's mail: kind, time and delivery. What it says is its reader's."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from mentorship.accounts.models import User
from mentorship.charter.models import Program
from mentorship.charter.permissions import can_coordinate, permit
from mentorship.charter.shell import program_shell
from mentorship.outbox.actions import NotRetriable
from mentorship.outbox.actions import retry as retry_notice
from mentorship.outbox.models import Kind, Notice

from ..filters import NoticeFilter
from ..tables import NoticeTable


@require_safe
def delivery(request, program):
    """What was sent, what waits, and what could not be delivered."""
    program = coordinated_program(request, program)
    notices = Notice.objects.of_program(program.pk).select_related("recipient")
    notices = notices.exclude(hints_to_partners(request.user))
    filterset = NoticeFilter(request.GET, queryset=notices)
    table = NoticeTable(filterset.qs, now=timezone.now(), order_by="-due_at")
    RequestConfig(request).configure(table)
    context = {
        **program_shell(program, nav="mail"),
        "filterset": filterset,
        "table": table,
        "dead": notices.dead().count(),
    }
    return render(request, "ops/delivery.html", context)


def hints_to_partners(user) -> Q:
    """That something was suggested to one's own partner: who coordinates is an ordinary
    member of their own pair, and some suggestions are for one of the two alone."""
    people = User.objects.exclude(pk=user.pk).filter(
        Q(places__pairs_as_mentor__mentee__user=user)
        | Q(places__pairs_as_mentee__mentor__user=user)
    )
    return Q(kind=Kind.CARE, recipient__in=people)


@require_POST
def retry(request, program, notice):
    """Send a mail again that could not be delivered."""
    program = coordinated_program(request, program)
    notice = get_object_or_404(Notice.objects.of_program(program.pk), pk=notice)
    try:
        retry_notice(notice, by=request.user, at=timezone.now())
    except NotRetriable:
        messages.info(request, _("This mail is not waiting to be tried again."))
    else:
        messages.success(request, _("We try again within a minute."))
    return redirect("ops:delivery", program.pk)


def coordinated_program(request, pk) -> Program:
    program = get_object_or_404(Program.objects.visible_to(request.user), pk=pk)
    permit(can_coordinate(request.user, program))
    return program
