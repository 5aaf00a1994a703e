import django_filters as filters
from django.db.models import Exists, OuterRef, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.prepared import prepared
from mentorship.ui.widgets import Chips, ChipsMultiple

from .models import OfferedSkill, Participant, WantedSkill

SIDES = [("mentor", _("Mentors")), ("mentee", _("Mentees"))]
READINESS = [("yes", _("Ready")), ("no", _("Not ready yet"))]


class PeopleFilter(filters.FilterSet):
    """The people of one cohort by words, side, state, readiness and site."""

    q = filters.CharFilter(
        method="search",
        label=_("Search by name, email, function, site or skill"),
        help_text=_("Name, function, site or skill"),
    )
    side = filters.ChoiceFilter(
        choices=SIDES, method="of_side", label=_("Side"), widget=Chips
    )
    # Not distinct: nothing is joined, and rows can be locked.
    state = filters.MultipleChoiceFilter(
        choices=Participant.State,
        label=_("State"),
        widget=ChipsMultiple,
        distinct=False,
    )
    readiness = filters.ChoiceFilter(
        choices=READINESS, method="by_readiness", label=_("Readiness"), widget=Chips
    )
    site = filters.MultipleChoiceFilter(
        label=_("Site"), widget=ChipsMultiple, distinct=False
    )

    class Meta:
        model = Participant
        fields: list[str] = []

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        sites = sites_of(cohort.pk)
        self.filters["site"].extra["choices"] = [(site, site) for site in sites]

    def search(self, queryset, name, value):
        """Every word must be found somewhere about the person."""
        for word in value.split()[:8]:
            queryset = queryset.filter(
                Q(user__given_name__icontains=word)
                | Q(user__family_name__icontains=word)
                | Q(user__called__icontains=word)
                | Q(user__email__icontains=word)
                | Q(function__icontains=word)
                | Q(site__icontains=word)
                | Q(job_title__icontains=word)
                | has_skill(OfferedSkill, word)
                | has_skill(WantedSkill, word)
            )
        return queryset

    def of_side(self, queryset, name, value):
        return queryset.mentors() if value == "mentor" else queryset.mentees()

    def by_readiness(self, queryset, name, value):
        return queryset.ready() if value == "yes" else queryset.not_ready()


@prepared
def sites_of(cohort):
    """Where the people of a cohort work, by name."""
    places = Participant.objects.filter(cohort=cohort).exclude(site="")
    return places.order_by("site").values_list("site", flat=True).distinct()


def has_skill(model, word):
    """Whether the person of the outer place offers or wants a skill of this name."""
    named = Q(skill__labels__en__icontains=word)
    if slug := slugify(word, allow_unicode=True):
        named |= Q(skill__slug__icontains=slug)
    return Exists(model.objects.filter(named, profile=OuterRef("user_id")))
