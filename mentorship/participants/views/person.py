"""One person's place, as coordinators see and change it; and leaving."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mentorship.charter.permissions import permit
from mentorship.charter.shell import coordinator_shell

from .. import actions
from ..forms.people import PlaceForm, WaiveForm
from ..models import Participant, Profile
from ..permissions import can_manage, can_prepare, can_withdraw
from ..roster import languages
from .people import MOST_MENTEES


def fetch_place(request, participant, allowed=can_manage):
    """The place with its readiness: 404 for strangers, 403 unless `allowed`."""
    places = Participant.objects.visible_to(request.user).with_readiness()
    places = places.select_related("user", "cohort__program", "orientation_waived_by")
    place = get_object_or_404(places, pk=participant, user__isnull=False)
    permit(allowed(request.user, place))
    return place


@require_safe
def person(request, participant):
    place = fetch_place(request, participant)
    return render(request, "participants/person.html", person_context(place))


def person_context(place, form=None):
    """The page's context: four queries for the profile, one each for the switcher and
    a break."""
    profiles = Profile.objects.filter(user=place.user_id).prefetch_related(
        "offered__skill", "wanted__skill", "availability"
    )
    profile = profiles.first()
    return {
        **coordinator_shell(place.cohort, nav="people"),
        "place": place,
        "profile": profile,
        "pause": place.pauses.not_over_on(place.cohort.program.today()).first(),
        "languages": language_names(profile),
        "form": form or WaiveForm(),
        "gone": place.state in ("withdrawn", "finished", "declined"),
    }


def language_names(profile) -> list[str]:
    return [languages.name(code) for code in profile.languages] if profile else []


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, participant):
    place = fetch_place(request, participant)
    charter = place.cohort.program.in_force
    form = PlaceForm(
        request.POST or None,
        most_mentees=charter.most_mentees if charter else MOST_MENTEES,
        initial=PlaceForm.answers_of(place),
    )
    if request.method == "POST" and form.is_valid():
        actions.change_place(place, by=request.user, **form.place())
        messages.success(request, _("Saved."))
        return redirect("participants:person", place.pk)
    shell = coordinator_shell(place.cohort, nav="people")
    context = {**shell, "form": form, "place": place}
    status = 422 if form.errors else 200
    return render(request, "participants/edit.html", context, status=status)


@require_POST
def waive(request, participant):
    place = fetch_place(request, participant)
    form = WaiveForm(request.POST)
    if not form.is_valid():
        context = person_context(place, form)
        return render(request, "participants/person.html", context, status=422)
    actions.waive_orientation(
        place,
        by=request.user,
        at=timezone.now(),
        because=form.cleaned_data["because"],
    )
    messages.success(request, _("Orientation is waived."))
    return redirect("participants:person", place.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, participant):
    """Ask, then end the place: a coordinator's for others, or one's own."""
    place = fetch_place(request, participant, can_withdraw)
    own = can_prepare(request.user, place)
    if request.method != "POST":
        back = "participants:welcome" if own else "participants:person"
        context = {"place": place, "own": own, "back": reverse(back, args=[place.pk])}
        return render(request, "participants/withdraw.html", context)
    try:
        actions.withdraw(place, by=request.user, at=timezone.now())
    except actions.HasLeft:
        messages.warning(request, _("This place had ended already."))
    else:
        words = _("You have left %(cohort)s.") if own else _("%(name)s has left.")
        messages.success(
            request, words % {"cohort": place.cohort.name, "name": place.name}
        )
    if own:
        return redirect("home:today")
    return redirect("participants:person", place.pk)
