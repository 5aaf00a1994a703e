import django_filters as filters
from django.utils.translation import gettext_lazy as _

from mentorship.outbox.models import Kind, Notice


class NoticeFilter(filters.FilterSet):
    """By delivery, by what went wrong, and by what the mail is about."""

    state = filters.ChoiceFilter(
        label=_("Delivery"), choices=Notice.State.choices, empty_label=_("Any")
    )
    trouble = filters.ChoiceFilter(
        label=_("What went wrong"),
        choices=Notice.Trouble.choices,
        empty_label=_("Anything"),
    )
    skipped_because = filters.ChoiceFilter(
        label=_("Why it was not sent"),
        choices=Notice.Skipped.choices,
        empty_label=_("Any reason"),
    )
    kind = filters.ChoiceFilter(
        label=_("About"), choices=Kind.choices, empty_label=_("Anything")
    )

    class Meta:
        model = Notice
        fields = ["state", "trouble", "skipped_because", "kind"]
