"""One conversation, told once: three apps' parts in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from feedback.actions import (
    add_to_reflection,
    ask_reflections,
    skip_reflection,
    write_review,
)
from feedback.models import Reflection, Review
from milestones.actions import Promised, note_progress, promise
from pairing.actions import LoggedAlready, SentBefore, join_session, log_session
from pairing.models import Pair, Session


def log_conversation(
    pair: Pair,
    *,
    by,
    at: datetime,
    session: dict,
    same: str = "",
    thought: str = "",
    pulse: dict | None = None,
    promises: Sequence[Promised] = (),
) -> Session:
    """Log a session, keep the writer's own reflection and the promises: all or none.

    `session` is what pairing's log_session takes. `same` answers "the same session?"
    with yes or no. A form that was sent before gives its session again. Raises
    LoggedAlready when that question is open, and PairHasEnded.
    """
    try:
        with transaction.atomic():
            logged = logged_or_joined(pair, by=by, at=at, session=session, same=same)
            ask_reflections(logged, at=at)
            mine = Reflection.objects.of(by).get(session=logged)
            if thought or session.get("useful") or any((pulse or {}).values()):
                add_to_reflection(mine, by=by, at=at, thought=thought, pulse=pulse)
            else:
                skip_reflection(mine, by=by, at=at)
            promise(pair, promises, by=by, at=at, session=logged)
            return logged
    except SentBefore as before:
        return before.session


def logged_or_joined(pair, *, by, at, session: dict, same: str) -> Session:
    """The new session, or the one of that day that the writer says it is."""
    try:
        return log_session(pair, by=by, at=at, another=same == "no", **session)
    except LoggedAlready as already:
        if same != "yes":
            raise
        there = already.session
        there.pair = pair
        words: dict[str, Any] = {
            name: session.get(name) or default for name, default in WORDS.items()
        }
        return join_session(there, by=by, at=at, **words)


WORDS = {"topics": (), "useful": ""}


@transaction.atomic
def hold_review(
    pair: Pair,
    *,
    kind: str,
    by,
    at: datetime,
    version: int,
    seen: dict[str, dict],
    words: dict,
    done: bool = False,
) -> Review:
    """Keep what the two see of each outcome, {its id: {"how", "words"}}, and the rest
    of their words. Raises what write_review does."""
    held = write_review(
        pair,
        kind=kind,
        by=by,
        at=at,
        version=version,
        words={**words, "outcomes": seen},
        done=done,
    )
    note_progress(pair, by=by, at=at, seen=seen)
    return held
