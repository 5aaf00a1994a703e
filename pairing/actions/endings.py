"""Ending pairs, for whatever reason: one place that clears up behind them."""

from datetime import datetime

from mentorship.outbox.models import Notice
from pairing.models import Pair, Session
from pairing.signals import pairs_ended


def end_pairs(pairs: list[Pair], *, ending: str, by, at: datetime) -> list[Pair]:
    """End those of `pairs` that still run, in the caller's transaction; cancel what
    they had planned, and tell the apps above. Returns the pairs it ended."""
    ids = [pair.pk for pair in pairs]
    running = Pair.objects.filter(pk__in=ids).running()
    ended = set(running.select_for_update().values_list("pk", flat=True))
    Pair.objects.filter(pk__in=ended).update(
        state=Pair.State.ENDED, ending=ending, ended_at=at, ended_by=by
    )
    planned = Session.objects.planned().filter(pair__in=ended)
    sessions = list(planned.values_list("pk", flat=True))
    planned.update(state=Session.State.CANCELED)
    for model, gone in ((Session, sessions), (Pair, ended)):
        Notice.objects.filter(
            about_kind=model._meta.label_lower, about_id__in=gone
        ).cancel()
    pairs_ended.send(Pair, pairs=ended)
    return [pair for pair in pairs if pair.pk in ended]
