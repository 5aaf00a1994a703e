from celery import shared_task
from django.utils import timezone

from .reminding import plan_reminders as plan_all


@shared_task(name="home.plan_reminders")
def plan_reminders():
    plan_all(timezone.now())
