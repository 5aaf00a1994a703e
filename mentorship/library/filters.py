import django_filters as filters
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from mentorship.ui.widgets import Chips

from .models import ItemText, ItemVersion
from .topics import topic_words

SIDES = [
    (side.value, side.label)
    for side in (ItemVersion.Side.MENTOR, ItemVersion.Side.MENTEE)
]
GUIDES = (ItemVersion.Side.STAFF.value, ItemVersion.Side.STAFF.label)
MOST_WORDS = 8


class IdeaFilter(filters.FilterSet):
    """What is on the shelf, by words, kind, side, stage and topic."""

    q = filters.CharFilter(
        method="search",
        label=_("Search by words in the title or the text"),
        help_text=_("Search ideas"),
    )
    kind = filters.ChoiceFilter(
        field_name="version__kind",
        choices=ItemVersion.Kind,
        label=_("Kind"),
        empty_label=_("All kinds"),
        widget=Chips,
    )
    side = filters.ChoiceFilter(method="for_side", label=_("For whom"), widget=Chips)
    stage = filters.ChoiceFilter(
        method="at_stage",
        choices=ItemVersion.Stage,
        label=_("When"),
        empty_label=_("At any time"),
        widget=Chips,
    )
    topic = filters.ChoiceFilter(
        method="about",
        label=_("About"),
        empty_label=_("Anything"),
        widget=Chips,
    )

    class Meta:
        model = ItemText
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.queryset.values_list("version__topics", "version__side")
        slugs, sides = set(), set()
        for topics, side in rows:
            slugs.update(topics)
            sides.add(side)
        guides = [GUIDES] if ItemVersion.Side.STAFF in sides else []
        self.filters["side"].extra["choices"] = [*SIDES, *guides]
        choices = sorted((str(topic_words(slug)), slug) for slug in slugs)
        self.filters["topic"].extra["choices"] = [(s, words) for words, s in choices]

    def search(self, queryset, name, value):
        """Every word must be found somewhere in the idea."""
        queryset = queryset.annotate(parts=Cast("steps", TextField()))
        for word in value.split()[:MOST_WORDS]:
            queryset = queryset.filter(
                Q(title__icontains=word)
                | Q(summary__icontains=word)
                | Q(body__icontains=word)
                | Q(parts__icontains=word)
            )
        return queryset

    def for_side(self, queryset, name, value):
        sides = (
            [value]
            if value == ItemVersion.Side.STAFF
            else [value, ItemVersion.Side.BOTH]
        )
        return queryset.filter(version__side__in=sides)

    def at_stage(self, queryset, name, value):
        """What is meant for the stage, and what is meant for none in particular."""
        stages = Q(version__stages__contains=[value])
        return queryset.filter(stages | Q(version__stages=[]))

    def about(self, queryset, name, value):
        return queryset.filter(version__topics__contains=[value])
