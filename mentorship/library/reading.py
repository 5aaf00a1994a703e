"""Which ideas somebody finds on the shelf."""

from django.utils.translation import get_language

from mentorship.charter.permissions import roles_of

from .models import ItemText
from .permissions import can_read_guides, guided_by
from .signals import looking_for_programs


def shelf(user):
    """Every idea this person may read, once, in their language: those of the product
    and of the programs they take part in or hold a role in."""
    programs = set(roles_of(user))
    for _receiver, found in looking_for_programs.send(ItemText, user=user):
        programs |= set(found or [])
    texts = ItemText.objects.in_force().of_programs(programs)
    if can_read_guides(user):
        texts = texts.without_guides_but_of(guided_by(user))
    else:
        texts = texts.without_guides()
    return texts.one_of_each(get_language())
