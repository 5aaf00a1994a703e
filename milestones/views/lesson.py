from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mentorship.accounts.acting import acting_as
from mentorship.charter.models import Program
from mentorship.charter.permissions import can_coordinate, permit
from mentorship.charter.shell import program_shell
from mentorship.participants.models import OfferedSkill, Participant, WantedSkill
from milestones import actions
from milestones.forms import LessonForm, ShareForm
from milestones.models import Lesson, SharedLesson
from milestones.permissions import can_read_lessons, can_write_lesson
from milestones.wording import labels_of
from pairing.naming import names_of

ON_A_PAGE = 20
MOST_THEMES = 12


@require_http_methods(["GET", "POST"])
def lesson(request, lesson):
    """Two minutes on what a step taught, for the two to read."""
    lesson, user = own_lesson(request.user, lesson), request.user
    with acting_as(user):
        words = getattr(lesson, "words", None)
        before = {"text": words.text} if words else {}
        form = LessonForm(request.POST or None, initial=before)
        if request.method == "POST" and form.is_valid():
            now, text = timezone.now(), form.cleaned_data["text"]
            actions.write_lesson(lesson, by=user, at=now, text=text)
            key = f"draft:lesson-{lesson.pk}"
            messages.success(request, _("Kept, for you both."), extra_tags=key)
            return redirect("milestones:lesson_share", lesson.pk)
        context = page_of(lesson, user, form=form)
        status = 422 if request.method == "POST" else 200
        return render(request, "milestones/lesson.html", context, status=status)


@require_POST
def skip(request, lesson):
    """Nothing to add: that is an answer."""
    lesson = own_lesson(request.user, lesson)
    actions.skip_lesson(lesson, by=request.user, at=timezone.now())
    messages.success(request, _("That is fine. Nothing more is asked about it."))
    return redirect("pairing:pair", lesson.milestone.pair_id)


@require_http_methods(["GET", "POST"])
def share(request, lesson):
    """Words for everyone in the program, without a name."""
    lesson, user = own_lesson(request.user, lesson), request.user
    pair = lesson.milestone.pair
    with acting_as(user):
        words = getattr(lesson, "words", None)
        shared = SharedLesson.objects.filter(lesson=lesson).first()
        form = ShareForm(
            request.POST or None,
            names=names_of(pair),
            themes=themes_for(pair, shared),
            initial=first_words(words, shared),
        )
        if request.method == "POST" and form.is_valid():
            text, themes = form.cleaned_data["text"], form.all_themes()
            now = timezone.now()
            actions.share_lesson(lesson, by=user, at=now, text=text, themes=themes)
            messages.success(request, _("Shared, without your name. Thank you."))
            return redirect("milestones:lessons", pair.cohort.program_id)
        context = page_of(lesson, user, form=form, shared=shared)
        status = 422 if form.is_bound else 200
        return render(request, "milestones/lesson_share.html", context, status=status)


@require_POST
def withdraw(request, lesson):
    """Take a shared lesson back."""
    lesson = own_lesson(request.user, lesson)
    actions.withdraw_lesson(lesson, by=request.user)
    messages.success(request, _("It is no longer shared."))
    return redirect("milestones:lesson_share", lesson.pk)


@require_safe
def lessons(request, program):
    """What earlier pairs learned, by theme and by words."""
    program = known_program(request.user, program)
    permit(can_read_lessons(request.user, program))
    all_shared = SharedLesson.objects.visible_to(request.user).filter(program=program)
    themes = themes_in(program, all_shared)
    theme = slugify(request.GET.get("theme", ""), allow_unicode=True)
    words = request.GET.get("q", "").replace("\x00", "")[:100].strip()
    found = all_shared.saying(words)
    found = found.about(theme) if theme else found
    context = {
        "found": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "labels": themes,
        "themes": list(themes.items())[:MOST_THEMES],
        "theme": theme,
        "words": words,
        **shell_for(request.user, program),
    }
    return render(request, "milestones/lessons.html", context)


def shell_for(user, program):
    """The side bar for coordinators, the narrow column for everybody else."""
    if can_coordinate(user, program):
        return {**program_shell(program, "lessons"), "shell": "ui/coordinator.html"}
    return {"program": program, "shell": "ui/person.html", "nav": "lessons"}


def themes_in(program, lessons):
    """{slug: label} of the themes in use, the most frequent first; two queries."""
    count = {}
    for themes in lessons.values_list("themes", flat=True):
        for slug in themes:
            count[slug] = count.get(slug, 0) + 1
    return labels_of(program, sorted(count, key=lambda slug: (-count[slug], slug)))


def themes_for(pair, shared):
    """(slug, label) of the skills that the two want or offer, and what was chosen
    before; two or three queries."""
    people = [place.user_id for place in pair.members]
    found = {}
    for links in (WantedSkill, OfferedSkill):
        named = links.objects.filter(
            profile__in=people,
            skill__program=pair.cohort.program_id,
            skill__suggested=False,
        )
        for link in named.select_related("skill").order_by(F("level").desc()):
            found[link.skill.slug] = str(link.skill)
    found = dict(list(found.items())[:MOST_THEMES])
    if shared:
        found |= labels_of(pair.cohort.program, shared.themes)
    return list(found.items())


def first_words(words, shared):
    if shared:
        return {"text": shared.text, "themes": shared.themes}
    return {"text": words.text if words else ""}


def page_of(lesson, user, **more):
    pair = lesson.milestone.pair
    return {
        "lesson": lesson,
        "step": lesson.milestone,
        "pair": pair,
        "program": pair.cohort.program,
        "partner": pair.partner_of(user),
        "side": pair.side_of(user),
        "nav": "pair",
        **more,
    }


def own_lesson(user, pk):
    """The lesson: 404 for strangers, 403 for the partner."""
    people = (
        "author",
        "milestone__pair__mentor__user",
        "milestone__pair__mentee__user",
        "milestone__pair__cohort__program",
    )
    visible = Lesson.objects.visible_to(user).select_related(*people)
    lesson = get_object_or_404(visible, pk=pk)
    permit(can_write_lesson(user, lesson))
    return lesson


def known_program(user, pk):
    """A program in which the person has a role or a place."""
    places = Participant.objects.of(user).values("cohort__program")
    roles = Program.objects.visible_to(user).values("pk")
    known = Program.objects.filter(Q(pk__in=places) | Q(pk__in=roles))
    return get_object_or_404(known, pk=pk)
