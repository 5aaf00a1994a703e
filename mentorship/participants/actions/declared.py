"""What somebody says about themselves: kept, changed and deleted by them alone."""

from collections.abc import Mapping
from datetime import datetime

from mentorship.accounts.acting import acting_as

from ..models import SelfDeclared


def declare(user, answers: Mapping[str, str], *, at: datetime) -> None:
    """Keep these answers, {attribute: value}, in the place of any before; an
    attribute without a value is not answered."""
    given = [
        SelfDeclared(author=user, attribute=attribute, value=value, at=at)
        for attribute, value in answers.items()
        if value
    ]
    with acting_as(user):
        mine = SelfDeclared.objects.filter(author=user)
        mine.exclude(attribute__in=[each.attribute for each in given]).delete()
        SelfDeclared.objects.bulk_create(
            given,
            update_conflicts=True,
            unique_fields=["author", "attribute"],
            update_fields=["value", "at"],
        )


def declared_by(user) -> dict[str, str]:
    """What the person has said so far, by attribute."""
    with acting_as(user):
        mine = SelfDeclared.objects.filter(author=user)
        return dict(mine.values_list("attribute", "value"))
