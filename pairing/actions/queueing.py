"""Telling a worker about a round to work out; the round itself is the truth."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction

from pairing.models import Round

log = logging.getLogger(__name__)
TASK = "pairing.work_out"


def queue(round_: Round) -> None:
    """Wake a worker once the round is stored. Should the broker be away, the sweeper
    finds the round within half a minute."""
    transaction.on_commit(partial(wake, str(round_.pk)), robust=True)


def wake(round_id: str) -> None:
    """Send the task; a broker that does not answer is no reason to fail."""
    try:
        current_app.send_task(TASK, [round_id], ignore_result=True, retry=False)
    except Exception:
        log.warning("The broker did not take a round; the sweeper will.")
