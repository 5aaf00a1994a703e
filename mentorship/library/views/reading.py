from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ..filters import IdeaFilter
from ..models import ItemVersion
from ..reading import shelf
from ..topics import topic_words

# What stands above the ideas of a kind, in the order of the page.
HEADINGS = {
    ItemVersion.Kind.PLAYBOOK: _("Playbooks"),
    ItemVersion.Kind.PROMPT: _("Questions to ask"),
    ItemVersion.Kind.AGENDA: _("Agendas"),
    ItemVersion.Kind.SHEET: _("Reflections"),
}


@require_safe
def ideas(request):
    """Everything on the shelf, by kind."""
    found = IdeaFilter(request.GET, shelf(request.user))
    texts = list(found.qs)
    groups = [
        (words, [text for text in texts if text.version.kind == kind])
        for kind, words in HEADINGS.items()
    ]
    context = {
        "filterset": found,
        "groups": [group for group in groups if group[1]],
        "nav": "ideas",
        "wide": True,
    }
    return render(request, "library/ideas.html", context)


@require_safe
def item(request, slug):
    """One idea, as the reader's program has it."""
    return show(request, slug, "library/item.html", nav="ideas")


@require_safe
def agenda(request, slug):
    """Its parts with a quiet timer, which needs no network once it is open."""
    return show(request, slug, "library/agenda.html")


def show(request, slug, template, **more):
    text = get_object_or_404(shelf(request.user), version__item__slug=slug)
    topics = [topic_words(each) for each in text.version.topics]
    context = {"text": text, "item": text.item, "topics": topics, **more}
    return render(request, template, context)
