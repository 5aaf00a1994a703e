"""What this app does when something happens in the apps below."""

from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.utils import timezone

from .actions import load_pack
from .apps import LibraryConfig
from .models import ItemText


@receiver(post_migrate)
def bring_the_pack(sender, using, **kwargs) -> None:
    """An update of the product brings its ideas along, as soon as there are tables."""
    if not isinstance(sender, LibraryConfig) or using != "default":
        return
    if ItemText._meta.db_table in connections[using].introspection.table_names():
        load_pack(at=timezone.now())
