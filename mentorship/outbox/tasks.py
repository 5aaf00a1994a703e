from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="outbox.sweep")
def sweep():
    actions.sweep(timezone.now())
