from celery import shared_task
from django.utils import timezone

from . import night as the_night


@shared_task(name="ops.night")
def night():
    for _step in the_night.run(timezone.now()):
        pass
