"""One's own profile: a page to read it, and three short steps to write it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import actions
from ..forms.profile import HoursRows, MannerForm, SkillRows, TimesForm
from ..models import Participant, Profile, Skill
from ..models.profile import IDEALS, VALUES
from .people import MOST_MENTEES
from .person import language_names

STEPS = ["skills", "manner", "times"]


def newest_place(user) -> Participant | None:
    places = Participant.objects.of(user).joined().current().with_readiness()
    return places.select_related("user", "cohort__program").first()


def own_place(user) -> Participant:
    """The person's newest place; nobody without one has a profile to write."""
    place = newest_place(user)
    if not place:
        raise Http404("no place in a cohort")
    return place


def own_profile(user) -> Profile:
    """The person's profile with all its rows, unsaved when there is none."""
    profiles = Profile.objects.filter(user=user).prefetch_related(
        "offered__skill", "wanted__skill", "availability"
    )
    return profiles.first() or Profile(user=user)


@require_safe
def profile(request):
    """One's own profile; the tab bar leads here, so that whoever takes part in nothing
    (any more) finds their account instead."""
    place = newest_place(request.user)
    if not place:
        return redirect("accounts:settings")
    profile = own_profile(request.user)
    labels = [VALUES.get(value, value) for value in profile.values]
    styles = MannerForm.answers_of(profile)["working_style"]
    context = {
        "place": place,
        "profile": profile,
        "languages": language_names(profile),
        "values": labels,
        "ideals": [IDEALS.get(each, each) for each in profile.mentor_ideals],
        "styles": [dict(Profile.Style.choices).get(each, each) for each in styles],
        "nav": "profile",
        "side": place.side,
    }
    return render(request, "participants/profile.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request, step):
    """Show a step, or save it and go on: to the next, the same again, or out."""
    if step not in STEPS:
        raise Http404("no such step")
    place = own_place(request.user)
    build, save = PAGES[step]
    forms = build(request.POST or None, place, own_profile(request.user))
    # All are asked, so that every error shows at once.
    answered = [form.is_valid() for form in forms.values()]
    if all(answered):
        save(place, **forms)
        messages.success(request, _("Saved."), extra_tags=f"draft:profile-{step}")
        if any(getattr(form, "newly_found", None) for form in forms.values()):
            return redirect("participants:profile", step)
        return go_on(request, step, place)
    has_errors = request.method == "POST"
    context = {**forms, **step_context(step, place), "has_errors": has_errors}
    status = 422 if has_errors else 200
    return render(request, f"participants/profile_{step}.html", context, status=status)


def step_context(step, place):
    context = {
        "place": place,
        "number": STEPS.index(step) + 1,
        "side": place.side,
        "nav": "profile",
    }
    if step == "skills":
        program = place.cohort.program_id
        context["known"] = Skill.objects.filter(program=program, suggested=False)
    return context


def go_on(request, step, place):
    if "again" in request.POST:
        return redirect("participants:profile", step)
    if "later" in request.POST:
        return redirect("participants:profile")
    if step != STEPS[-1]:
        return redirect("participants:profile", STEPS[STEPS.index(step) + 1])
    return redirect("participants:welcome", place.pk)


# ------------------------------------------------- what each step shows and keeps
def build_skills(data, place, profile):
    program = place.cohort.program_id

    def answers(links):
        return [
            {"skill": str(link.skill), "level": link.level or ""}
            for link in links
            if link.skill.program_id == program
        ]

    offered = answers(profile.offered.all())
    wanted = answers(profile.wanted.all())
    return {
        "offered": SkillRows(data, prefix="offered", initial=offered),
        "wanted": SkillRows(data, prefix="wanted", initial=wanted),
    }


def save_skills(place, *, offered, wanted):
    actions.save_skills(
        place.user,
        program=place.cohort.program,
        offered=[(row["skill"], row["level"]) for row in offered.answers()],
        wanted=[(row["skill"], row["level"]) for row in wanted.answers()],
        language=get_language() or "en",
    )


def build_manner(data, place, profile):
    skills = list(Skill.objects.filter(program=place.cohort.program_id))
    answers = MannerForm.answers_of(profile)
    return {"form": MannerForm(data, skills=skills, initial=answers)}


def save_manner(place, *, form):
    actions.save_manner(place.user, **form.cleaned_data)


def build_times(data, place, profile):
    charter = place.cohort.program.in_force
    slots = profile.availability.all()
    hours = [
        {"weekday": slot.weekday, "starts": slot.starts, "ends": slot.ends}
        for slot in slots
    ]
    return {
        "form": TimesForm(
            data,
            place=place,
            most_mentees=charter.most_mentees if charter else MOST_MENTEES,
            initial=TimesForm.answers_of(place, profile),
        ),
        "hours": HoursRows(data, prefix="hours", initial=hours),
    }


def save_times(place, *, form, hours):
    slots = [(row["weekday"], row["starts"], row["ends"]) for row in hours.answers()]
    actions.save_times(place, hours=slots, **form.cleaned_data)


PAGES = {
    "skills": (build_skills, save_skills),
    "manner": (build_manner, save_manner),
    "times": (build_times, save_times),
}
