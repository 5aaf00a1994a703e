"""Reading, agreeing to and writing how two people work together."""

from itertools import zip_longest

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mentorship.accounts.acting import acting_as
from pairing import actions
from pairing.forms import AgreementForm, nearest_length
from pairing.models import Agreement
from pairing.permissions import can_read_words, can_work_in
from pairing.wording.agreement import changes, contents, lines

from .endings import fetch_pair

# The charter's sections that a pair builds on, by the field they stand beside.
TEMPLATE = {
    "confidentiality": "confidentiality",
    "boundaries": "boundaries",
    "ending": "exit_criteria",
}


@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request, pair):
    """What the two have agreed, what waits for a yes, and how it came about."""
    allowed = can_work_in if request.method == "POST" else can_read_words
    pair = fetch_pair(request.user, pair, allowed)
    if request.method == "POST":
        return agree(request, pair)
    with acting_as(request.user):
        context = page(request.user, pair) | versions(pair)
        return render(request, "pairing/agreement.html", context)


def agree(request, pair):
    try:
        now, seen = timezone.now(), request.POST.get("seen", "")
        agreed = actions.agree(pair, by=request.user, at=now, seen=seen)
    except actions.AgreementHasChanged:
        messages.info(request, _("It has changed meanwhile. Here is how it stands."))
    except actions.PairHasEnded:
        messages.info(request, _("Your pair has ended meanwhile. Nothing was saved."))
    else:
        if not agreed.is_proposed:
            messages.success(request, _("Agreed by both of you. It holds from now on."))
    return redirect("pairing:agreement", pair.pk)


def versions(pair) -> dict:
    """The proposal, the agreement in force, and what each version changed; one query,
    inside acting_as."""
    rows = list(pair.agreements.select_related("words"))
    for row in rows:
        row.pair = pair
    settled = [row for row in rows if not row.is_proposed]
    proposal = next((row for row in rows if row.is_proposed), None)
    current = next((row for row in rows if row.state == Agreement.State.AGREED), None)
    return {
        "proposal": proposal,
        "proposed_lines": lines(proposal) if proposal else [],
        "proposed_changes": changed(current, proposal),
        "current": current,
        "current_lines": lines(current) if current else [],
        "history": [
            (new, changed(old, new)) for new, old in zip_longest(settled, settled[1:])
        ],
    }


def changed(old, new) -> list:
    """What `new` changed of `old`; nothing unless there are two."""
    return changes(contents(old), contents(new), new.pair) if old and new else []


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_write(request, pair):
    """Write an agreement or change one; it counts as the writer's own yes."""
    pair = fetch_pair(request.user, pair, can_work_in)
    if request.method == "POST":
        form = AgreementForm(request.POST, pair=pair)
        answer = keep if form.is_valid() else show
        return answer(request, pair, form)
    with acting_as(request.user):
        newest = pair.agreements.select_related("words").first()
        start = contents(newest) if newest else usual(pair)
        start["seen"] = newest.edition if newest else ""
    start["minutes"] = nearest_length(start["minutes"])
    return show(request, pair, AgreementForm(pair=pair, initial=start))


def usual(pair) -> dict:
    """What the charter in force suggests."""
    charter = pair.cohort.program.in_force
    return {
        "rhythm_days": charter.rhythm_days if charter else pair.rhythm_days,
        "minutes": charter.session_minutes if charter else 45,
        "books": Agreement.Books.MENTEE,
    }


def keep(request, pair, form):
    """Save a proposal; when the other one was faster, show both texts."""
    try:
        actions.propose_agreement(
            pair,
            by=request.user,
            at=timezone.now(),
            seen=form.cleaned_data["seen"],
            facts=form.facts,
            words=form.words,
        )
    except actions.AgreementHasChanged as error:
        return show_both(request, pair, form, error.agreement)
    except actions.PairHasEnded:
        messages.info(request, _("Your pair has ended meanwhile. Nothing was saved."))
        return redirect("home:today")
    told = _("Written down, and yours. %(name)s is asked to agree or change it.")
    told = told % {"name": pair.partner_of(request.user).short_name}
    messages.success(request, told, extra_tags=f"draft:agreement-{pair.pk}")
    return redirect("pairing:agreement", pair.pk)


def show_both(request, pair, form, newest):
    """What stands now above, what was typed below; the same words need no answer."""
    with acting_as(request.user):
        mine = form.facts | form.words
        stands = contents(newest) if newest else mine
        differs = changes(stands, mine, pair)
    if not differs:
        return redirect("pairing:agreement", pair.pk)
    form.data = form.data.copy()
    form.data["seen"] = newest.edition
    return show(request, pair, form, status=409, stands=differs)


def show(request, pair, form, status=None, stands=None):
    context = page(request.user, pair) | {
        "form": form,
        "stands": stands,
        "beside": charter_words(request.user, pair),
    }
    status = status or (422 if form.is_bound else 200)
    return render(request, "pairing/agreement_write.html", context, status=status)


def charter_words(user, pair) -> dict[str, str]:
    """{field: what the charter says on it} for the fields that build on it."""
    charter = pair.cohort.program.in_force
    text = charter.text_in(user.language) if charter else None
    return {
        name: text.sections.get(slug, "") if text else ""
        for name, slug in TEMPLATE.items()
    }


def page(user, pair) -> dict:
    return {
        "pair": pair,
        "partner": pair.partner_of(user),
        "side": pair.side_of(user),
        "can_work": can_work_in(user, pair),
        "nav": "pair",
    }
