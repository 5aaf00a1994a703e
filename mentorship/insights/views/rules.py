"""How small a group may be shown, which breakdowns, and which sites make a region."""

from django.contrib import messages
from django.forms import model_to_dict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentorship.charter.shell import program_shell
from mentorship.insights import actions
from mentorship.insights.forms import RegionsForm, RuleForm
from mentorship.insights.models import PublicationRule
from mentorship.participants.models import Participant

from .periods import coordinated

MOST_SITES = 200


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request, program):
    """The rule in use; a new one is at least as careful and counts from the next
    period on."""
    program = coordinated(request, program)
    newest = program.publication_rules.first() or PublicationRule(program=program)
    fields = RuleForm.Meta.fields
    form = RuleForm(request.POST or None, initial=model_to_dict(newest, fields))
    if form.is_valid():
        try:
            values = {name: form.cleaned_data[name] for name in fields}
            actions.change_rule(program, **values, by=request.user, at=timezone.now())
        except actions.MinimumsAreNeverLowered:
            words = _("Somebody raised it meanwhile. It can only be raised further.")
            form.add_error(None, words)
        else:
            words = _("Kept. It counts for periods that are not open yet.")
            messages.success(request, words)
            return redirect("insights:rule", program.pk)
    context = {
        **program_shell(program, "report"),
        "form": form,
        "rule": newest,
        "open_period": program.periods.open().select_related("rule").first(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "insights/rule.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def regions(request, program):
    """Which sites are told of together."""
    program = coordinated(request, program)
    form = RegionsForm(request.POST or None, sites=sites_of(program))
    if form.is_valid():
        actions.group_sites(program, form.regions(), by=request.user)
        messages.success(
            request, _("Kept. It counts for periods that open from now on.")
        )
        return redirect("insights:regions", program.pk)
    context = {**program_shell(program, "report"), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "insights/regions.html", context, status=status)


def sites_of(program) -> dict[str, str]:
    """{site: its region or nothing} of everybody's sites, by name."""
    places = Participant.objects.filter(cohort__program=program).exclude(site="")
    sites = places.order_by("site").values_list("site", flat=True).distinct()
    known = dict(program.regions.values_list("site", "name"))
    return {site: known.get(site, "") for site in sites[:MOST_SITES]}
