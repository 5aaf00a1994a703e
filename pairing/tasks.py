from celery import shared_task
from django.utils import timezone

from . import actions
from .actions.queueing import TASK


@shared_task(name=TASK)
def work_out(round_id):
    actions.work_out(round_id, clock=timezone.now)


@shared_task(name="pairing.sweep_rounds")
def sweep_rounds():
    actions.sweep_rounds(clock=timezone.now)
