from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="feedback.ask_check_ins")
def ask_check_ins():
    actions.ask_check_ins(timezone.now())
