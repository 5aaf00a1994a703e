"""What a program asks about growth: our own items, and packs with their licenses."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feedback import actions
from feedback.growing.forms import PackForm
from feedback.growing.items import FIT, GROWTH, LATER, MIRROR, WITH_A_MENTOR
from feedback.models import Pack
from mentorship.charter.shell import coordinated_program, program_shell


@require_http_methods(["GET", "HEAD", "POST"])
def measures(request, program):
    """Coordinators see what is asked, and switch packs on and off."""
    program = coordinated_program(request.user, program)
    form = PackForm(request.POST or None)
    if form.is_valid():
        pack, on = form.cleaned_data["pack"], form.cleaned_data["on"]
        actions.switch_pack(pack, program, on=on, by=request.user)
        words = _("It is asked from the next moment on.") if on else _("It rests now.")
        messages.success(request, words)
        return redirect("feedback:measures", program.pk)
    context = {
        **program_shell(program, nav="growth"),
        "form": form,
        "themes": [*GROWTH, WITH_A_MENTOR, MIRROR, FIT, LATER],
        "packs": Pack.objects.select_related("license_confirmed_by"),
        "switched_on": set(program.packs.values_list("pk", flat=True)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "feedback/measures.html", context, status=status)
