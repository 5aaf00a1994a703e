"""One's own growth: answering at a moment, and seeing what has shifted."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from feedback import actions
from feedback.growing.asked import themes_of
from feedback.growing.forms import AskingForm
from feedback.growing.page import growth_page
from feedback.models import Answer, Asking, Moment
from feedback.permissions import can_see_growth
from mentorship.accounts.acting import acting_as
from mentorship.charter.permissions import permit
from mentorship.participants.models import Participant


@require_http_methods(["GET", "HEAD", "POST"])
def asking(request, asking):
    """How somebody sees their own growth at one moment; all of it optional."""
    asking = visible_asking(request.user, asking)
    permit(can_see_growth(request.user, asking))
    themes = themes_of(asking)
    given = own_answers(request.user, asking)
    form = AskingForm(request.POST or None, themes=themes, given=given)
    now = timezone.now()
    if request.method == "POST" and not asking.is_open(now):
        return too_late(request, asking)
    if request.method == "POST" and ("skip" in request.POST or form.is_valid()):
        return keep(request, asking, form, now)
    context = {
        "form": form,
        "asking": asking,
        "is_open": asking.is_open(now),
        "given": in_words(themes, given),
        "looks_back": asking.moment == Moment.LOOKING_BACK,
        "side": asking.participant.side,
        "nav": "today",
    }
    status = 422 if form.is_bound else 200
    return render(request, "feedback/asking.html", context, status=status)


def visible_asking(user, pk):
    mine = Asking.objects.visible_to(user).select_related("participant__cohort")
    return get_object_or_404(mine, pk=pk)


def own_answers(user, asking) -> dict:
    """{key: value} of what the person has answered."""
    with acting_as(user):
        return dict(Answer.objects.filter(asking=asking).values_list("item", "value"))


def in_words(themes, given) -> list:
    """Each sentence that was answered, with the word chosen."""
    return [
        (item.text, item.words[given[item.key] - 1])
        for theme in themes
        for item in theme.items
        if item.key in given
    ]


def keep(request, asking, form, now):
    """Keep the answers or the skip; the end leads on to looking back."""
    by = request.user
    try:
        if "skip" in request.POST:
            asking = actions.skip_asking(asking, by=by, at=now)
        else:
            values = form.cleaned_data
            asking = actions.answer_asking(asking, by=by, values=values, at=now)
    except actions.AskingIsClosed:
        return too_late(request, asking)
    if asking.state == Asking.State.SKIPPED:
        messages.success(request, _("That is fine. Nobody asks again."))
        return redirect("home:today")
    key = f"draft:growth-{asking.pk}"
    messages.success(request, _("Kept, for you alone."), extra_tags=key)
    back = asking.participant.askings.waiting(now).filter(moment=Moment.LOOKING_BACK)
    if asking.moment == Moment.END and (next_one := back.first()):
        return redirect("feedback:asking", next_one.pk)
    return redirect("feedback:growth", asking.participant_id)


def too_late(request, asking):
    messages.info(request, _("The time for this is over. Nothing was changed."))
    return redirect("feedback:growth", asking.participant_id)


@require_GET
def growth(request, participant):
    """What has shifted, for the person alone: nobody else has a page like this."""
    mine = Participant.objects.of(request.user).select_related("cohort")
    place = get_object_or_404(mine, pk=participant)
    with acting_as(request.user):
        context = {
            **growth_page(place, timezone.now()),
            "place": place,
            "side": place.side,
            "nav": "today",
        }
        return render(request, "feedback/growth.html", context)
