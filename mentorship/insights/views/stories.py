"""Stories that are offered to coordinators, and those that everybody may read."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feedback.actions import StoryHasMoved, set_story_aside
from feedback.claims import claim_hints
from feedback.models import Story
from feedback.permissions import can_publish_story
from mentorship.accounts.acting import acting_as
from mentorship.accounts.sealing import open_keys
from mentorship.charter.models import Program
from mentorship.charter.permissions import permit
from mentorship.charter.shell import program_shell
from mentorship.insights import actions
from mentorship.insights.forms import PublishStoryForm
from mentorship.insights.models import PublishedStory
from mentorship.insights.stories import STEER, Told
from mentorship.participants.models import Participant

from .periods import coordinated

MOST_TOLD = 100


@require_safe
def stories(request, program):
    """What is offered to the coordinators of a program, and what is published."""
    program = coordinated(request, program)
    offered = program.stories.offered().with_people().order_by("state", "-told_at")
    with acting_as(request.user):
        found = list(offered.select_related("words"))
        open_keys([one.pk for one in found])
        context = {**program_shell(program, "stories"), "stories": found}
        return render(request, "insights/stories.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def publishing(request, story):
    """One story as both agreed to it: publish it as it is, or set it aside."""
    user = request.user
    coordinated = Program.objects.coordinated_by(user)
    known = Story.objects.offered().with_people().filter(program__in=coordinated)
    story = get_object_or_404(known, pk=story)
    permit(can_publish_story(user, story))
    if request.method == "POST" and "aside" in request.POST:
        return set_aside(request, story)
    measures = actions.comparable(story.program) if story.kind == "win" else {}
    form = PublishStoryForm(request.POST or None, measures=measures)
    if form.is_valid():
        return publish(request, story, form)
    with acting_as(user):
        open_keys([story.pk])
        context = {
            **program_shell(story.program, "stories"),
            "story": story,
            "form": form if measures else None,
            "hints": claim_hints(story.words.text),
        }
        status = 422 if form.is_bound else 200
        return render(request, "insights/publishing.html", context, status=status)


def publish(request, story, form):
    values = {name: form.cleaned_data[name] for name in ("measure", "source")}
    try:
        now = timezone.now()
        actions.publish_story(story, by=request.user, at=now, **values)
    except StoryHasMoved:
        moved(request)
    else:
        messages.success(request, _("Published, in the words that both agreed to."))
    return redirect("insights:stories", story.program_id)


def set_aside(request, story):
    try:
        set_story_aside(story, by=request.user, at=timezone.now())
    except StoryHasMoved:
        moved(request)
    else:
        words = _("Set aside. Whoever told it hears that you do not use it now.")
        messages.success(request, words)
    return redirect("insights:stories", story.program_id)


def moved(request):
    words = _("It was changed or taken back meanwhile. Nothing was published.")
    messages.info(request, words)


@require_safe
def told(request):
    """Stories of one's own programs that are for everybody in them, and those that are
    for everybody here."""
    user = request.user
    places = Participant.objects.of(user).exclude(state="withdrawn")
    programs = Program.objects.filter(
        Q(pk__in=places.values("cohort__program"))
        | Q(pk__in=Program.objects.visible_to(user).values("pk"))
    )
    mine = list(programs.values_list("pk", flat=True))
    standing = PublishedStory.objects.using(STEER).standing(timezone.localdate())
    stories = [Told(one) for one in standing.for_everybody(mine)[:MOST_TOLD]]
    context = {
        "wins": [one for one in stories if one.story.kind == "win"],
        "stories": [one for one in stories if one.story.kind != "win"],
        "nav": "told",
    }
    return render(request, "insights/told.html", context)
