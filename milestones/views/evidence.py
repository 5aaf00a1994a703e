from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentorship.accounts.acting import acting_as
from mentorship.charter.permissions import permit
from milestones import actions
from milestones.forms import EvidenceForm
from milestones.permissions import can_read_evidence, can_write
from pairing.actions import PairHasEnded, WorkspaceIsFull
from pairing.models import File

from .milestone import visible_milestone


@require_http_methods(["GET", "POST"])
def evidence(request, milestone):
    """What shows a step, and what it taught each of the two."""
    step, user = visible_milestone(request.user, milestone), request.user
    permit(can_read_evidence(user, step))
    writes = can_write(user, step.pair)
    with acting_as(user):
        files = File.objects.visible_to(user).filter(pair=step.pair)
        form = EvidenceForm(request.POST or None, request.FILES or None, files=files)
        if request.method == "POST":
            permit(writes)
            if form.is_valid() and (answer := keep(request, step, form)):
                return answer
        context = {
            "form": form,
            "step": step,
            "shown": step.evidence.select_related("author__user", "file"),
            "lessons": step.lessons.with_words(),
            "pair": step.pair,
            "partner": step.pair.partner_of(user),
            "side": step.pair.side_of(user),
            "can_write": writes,
            "nav": "pair",
        }
        status = 422 if form.is_bound else 200
        return render(request, "milestones/evidence.html", context, status=status)


def keep(request, step, form):
    """Keep it and come back, or nothing while a full workspace takes no new file."""
    now, said = timezone.now(), form.cleaned_data
    try:
        actions.add_evidence(step, by=request.user, at=now, **said)
    except WorkspaceIsFull:
        full = _("You two have 20 files. Delete one in your workspace to make room.")
        form.add_error("upload", full)
        return None
    except PairHasEnded:
        messages.info(request, _("Your pair has ended meanwhile. Nothing was saved."))
    else:
        key = f"draft:evidence-{step.pk}"
        messages.success(request, _("Kept, for you both."), extra_tags=key)
    return redirect("milestones:evidence", step.pk)
