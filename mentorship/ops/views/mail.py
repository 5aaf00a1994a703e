"""A program's mail: kind, time and delivery. What it says is its reader's."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Min
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from mentorship.accounts.models import User
from mentorship.accounts.prepared import prepared
from mentorship.charter.models import Program
from mentorship.charter.permissions import can_coordinate, permit
from mentorship.charter.shell import program_shell, visible_program
from mentorship.outbox.actions import NotRetriable
from mentorship.outbox.actions import retry as retry_notice
from mentorship.outbox.actions import retry_all as retry_notices
from mentorship.outbox.models import Gate, Kind, Notice
from mentorship.participants.models import Participant

from ..filters import NoticeFilter
from ..tables import NoticeTable

SOON = timedelta(minutes=5)  # nobody needs to hear of mail that is about to go


@require_safe
def delivery(request, program):
    """What was sent, what waits, and what could not be delivered."""
    program, now = coordinated_program(request, program), timezone.now()
    hidden = partners_of(request.user)
    notices = without_hints(program, hidden)
    filterset = NoticeFilter(request.GET, queryset=notices)
    table = NoticeTable(filterset.qs.for_a_list(), now=now, order_by="-due_at")
    RequestConfig(request).configure(table)
    context = {
        **program_shell(program, nav="mail"),
        "filterset": filterset,
        "table": table,
        "dead": [
            {"trouble": trouble, "words": Notice.Trouble(trouble).label, "n": n}
            if trouble
            else {"trouble": "", "words": _("something else"), "n": n}
            for trouble, n in not_delivered(program, hidden, now)
        ],
        "waiting_since": next(iter(oldest(program, hidden, now - SOON)), None),
        "gate": (gate := gates()[0]),
        "paused": gate.is_closed(now),
        "returned": out_of_reach(program, now),
    }
    return render(request, "ops/delivery.html", context)


@prepared
def not_delivered(program, hidden: list, now):
    return without_hints(program, hidden).retriable_by_trouble(now)


@prepared
def oldest(program, hidden: list, now):
    """When the oldest of what should be out by now was due; nothing if none waits."""
    late = without_hints(program, hidden).late(now).order_by().values("program_id")
    return late.annotate(at=Min("due_at")).values_list("at", flat=True)


@prepared
def gates():
    """The one gate."""
    return Gate.objects.all()


@prepared
def out_of_reach(program, now):
    """Whose address our mail comes back from."""
    unreachable = User.objects.out_of_reach(now)
    return unreachable.filter(places__cohort__program=program).distinct()


def mail_of(program, reader):
    """The mail of a program that this coordinator may know of."""
    return without_hints(program, partners_of(reader))


def without_hints(program, partners: list):
    """The mail of a program but for what was suggested to one's own partners: who
    coordinates is an ordinary member of their own pair, and some suggestions are for
    one of the two alone. So is a reminder to look back: it comes to whoever has not."""
    notices = Notice.objects.of_program(program.pk)
    hints = [Kind.CARE, Kind.REFLECTION]
    return notices.exclude(kind__in=hints, recipient__in=partners)


def partners_of(user) -> list:
    """The keys of those with whom somebody is or was in a pair. Asked first: nearly no
    coordinator has one, and then the lists are read from an index."""
    return [them for them in people_of_pairs(user) if them != user.pk]


@prepared
def people_of_pairs(user):
    mentors = Participant.objects.filter(pairs_as_mentor__mentee__user=user)
    mentees = Participant.objects.filter(pairs_as_mentee__mentor__user=user)
    them = mentors.values_list("user", flat=True)
    return them.union(mentees.values_list("user", flat=True))


@require_POST
def retry(request, program, notice):
    """Send a mail again that could not be delivered."""
    program = coordinated_program(request, program)
    notice = get_object_or_404(mail_of(program, request.user), pk=notice)
    try:
        retry_notice(notice, by=request.user, at=timezone.now())
    except NotRetriable:
        messages.info(request, _("This mail is not waiting to be tried again."))
    else:
        messages.success(request, _("We try again within a minute."))
    return redirect("ops:delivery", program.pk)


@require_POST
def retry_all(request, program):
    """Send everything again that could not be delivered for one reason."""
    program = coordinated_program(request, program)
    dead = mail_of(program, request.user).filter(
        trouble=request.POST.get("trouble", "")
    )
    tried = retry_notices(
        dead, program, by=request.user, at=timezone.now(), program_id=program.pk
    )
    if tried:
        words = ngettext("We try %(n)s mail again.", "We try %(n)s mails again.", tried)
        messages.success(request, words % {"n": tried})
    else:
        messages.info(request, _("Nothing of that kind is waiting to be tried again."))
    return redirect("ops:delivery", program.pk)


def coordinated_program(request, pk) -> Program:
    program = visible_program(request.user, pk)
    permit(can_coordinate(request.user, program))
    return program
