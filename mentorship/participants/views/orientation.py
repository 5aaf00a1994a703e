"""What is left to do before pairing: orientation, and the charter to agree to."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mentorship.accounts.acting import acting_as
from mentorship.charter.actions import CharterNotInForce, acknowledge

from .. import actions
from ..forms.joining import AgreeForm, TrainingForm
from ..models import ORIENTATION, TrainingAnswer
from ..permissions import can_prepare
from .person import fetch_place


def shell(place, **more):
    """The context every page here has."""
    return {"place": place, "nav": "today", "side": place.side, **more}


@require_safe
def welcome(request, participant):
    place = fetch_place(request, participant, can_prepare)
    done = place.orientation_steps.filter(slug__in=ORIENTATION).count()
    context = shell(place, done=done, steps=len(ORIENTATION))
    return render(request, "participants/welcome.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def orientation(request, participant):
    """Four short texts, each ticked when it is read; then whether they helped."""
    place = fetch_place(request, participant, can_prepare)
    done = set(place.orientation_steps.values_list("slug", flat=True))
    slug = request.POST.get("step", "")
    if request.method == "POST" and slug in ORIENTATION:
        actions.complete_orientation(place, at=timezone.now(), steps=[slug])
        if done | {slug} >= set(ORIENTATION):
            messages.success(request, _("You have read all four. Thank you."))
        return redirect(reverse("participants:orientation", args=[participant]))
    form = training_form(request, place) if done >= set(ORIENTATION) else None
    if form and form.is_bound and keep_answer(request, place, form):
        return redirect("participants:welcome", participant)
    steps = steps_of(done)
    context = shell(
        place, steps=steps, next=next_step(steps), done=len(done), form=form
    )
    status = 422 if form and form.is_bound else 200
    return render(request, "participants/orientation.html", context, status=status)


def steps_of(done: set) -> list[dict]:
    """The four texts, and which of them are read."""
    return [
        {
            "slug": slug,
            "title": title,
            "done": slug in done,
            "text": f"participants/orientation/_{slug}.html",
        }
        for slug, title in ORIENTATION.items()
    ]


def training_form(request, place) -> TrainingForm:
    """Whether orientation helped, with what was said before."""
    sent = request.POST if "helped" in request.POST else None
    return TrainingForm(sent, initial=own_answer(request.user, place))


def own_answer(user, place) -> dict:
    """The person's earlier answer as initial values."""
    with acting_as(user):
        given = TrainingAnswer.objects.filter(participant=place).first()
    return {"value": given.value} if given else {}


def keep_answer(request, place, form) -> bool:
    """Whether the answer, or that there is none, is kept."""
    skips = request.POST["helped"] == "skip"
    if not skips and not form.is_valid():
        return False
    value = None if skips else form.cleaned_data["value"]
    now = timezone.now()
    actions.say_whether_it_helped(place, by=request.user, value=value, at=now)
    messages.success(request, _("Thank you."))
    return True


def next_step(steps):
    return next((step["slug"] for step in steps if not step["done"]), "")


@require_http_methods(["GET", "HEAD", "POST"])
def charter(request, participant):
    """Read the version in force and agree to exactly that one."""
    place = fetch_place(request, participant, can_prepare)
    version = place.cohort.program.versions.in_force().whole().first()
    if not version:
        return render(request, "participants/no_charter.html", shell(place))
    form = AgreeForm(request.POST or None, initial={"version": version.number})
    if request.method == "POST" and form.is_valid():
        if agree(request, form.cleaned_data["version"], version):
            return redirect("participants:welcome", place.pk)
        return redirect("participants:charter", place.pk)
    context = shell(
        place,
        form=form,
        version=version,
        text=version.text_in(request.user.language),
        outcomes=version.outcomes.all(),
        steps=version.escalation.all(),
    )
    status = 422 if form.errors else 200
    return render(request, "participants/charter.html", context, status=status)


def agree(request, number, version) -> bool:
    """Whether the person agreed; not when another version came while they read."""
    try:
        if number != version.number:
            raise CharterNotInForce
        acknowledge(
            request.user, version, language=request.user.language, at=timezone.now()
        )
    except CharterNotInForce:
        words = _("A new version came while you were reading. Please look once more.")
        messages.warning(request, words)
        return False
    messages.success(request, _("You have agreed to the charter. Thank you."))
    return True
