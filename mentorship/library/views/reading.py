from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ..filters import IdeaFilter
from ..models import Item
from ..reading import shelf
from ..topics import topic_words

KINDS = list(Item.Kind)


@require_safe
def ideas(request):
    """Everything on the shelf, by kind."""
    found = IdeaFilter(request.GET, shelf(request.user))
    texts = sorted(found.qs, key=by_kind)
    context = {"filterset": found, "texts": texts, "nav": "ideas", "wide": True}
    return render(request, "library/ideas.html", context)


def by_kind(text):
    """Playbooks first, the rest in the order of the kinds."""
    return KINDS.index(text.item.kind), text.title


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
    topics = [topic_words(each) for each in text.item.topics]
    context = {"text": text, "item": text.item, "topics": topics, **more}
    return render(request, template, context)
