"""What people may say about themselves, for the inclusion check and nothing else."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Attribute:
    """A question to people, and how the same is called where groups are compared.
    `values` are what may be answered, in reading order."""

    question: Any
    title: Any
    values: dict[str, Any]


YES_OR_NO = {"yes": _("Yes"), "no": _("No")}
ATTRIBUTES = {
    "gender": Attribute(
        _("What is your gender?"),
        _("Gender"),
        {"woman": _("Woman"), "man": _("Man"), "another": _("Another")},
    ),
    "age": Attribute(
        _("How old are you?"),
        _("Age"),
        {
            "under-30": _("Under 30"),
            "30-44": _("30 to 44"),
            "45-59": _("45 to 59"),
            "60-up": _("60 or older"),
        },
    ),
    "caring": Attribute(
        _("Do you care for somebody: a child, a parent, somebody else?"),
        _("Caring for somebody"),
        YES_OR_NO,
    ),
    "illness": Attribute(
        _("Do you live with a disability or a long illness?"),
        _("Disability or long illness"),
        YES_OR_NO,
    ),
    "minority": Attribute(
        _("Do you belong to a minority where you work?"),
        _("Minority where they work"),
        YES_OR_NO,
    ),
}
