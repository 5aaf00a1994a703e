import django_filters as filters
from django.utils.translation import gettext_lazy as _

from mentorship.outbox.models import Kind, Notice


class NoticeFilter(filters.FilterSet):
    """By delivery and by what the mail is about."""

    state = filters.ChoiceFilter(
        label=_("Delivery"), choices=Notice.State.choices, empty_label=_("Any")
    )
    kind = filters.ChoiceFilter(
        label=_("About"), choices=Kind.choices, empty_label=_("Anything")
    )

    class Meta:
        model = Notice
        fields = ["state", "kind"]
