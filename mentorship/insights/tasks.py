from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="insights.sweep_periods")
def sweep_periods():
    actions.sweep_periods(timezone.now())
