"""One conversation, told once: three apps' parts in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from feedback.actions import (
    add_to_reflection,
    ask_reflections,
    forget_reflections,
    keep_answers,
    skip_reflection,
    write_review,
)
from feedback.models import Reflection, Review
from milestones.actions import Promised, keep_promises, note_reviewed, promise
from pairing.actions import (
    LoggedAlready,
    SentBefore,
    answer_session,
    join_session,
    log_session,
)
from pairing.models import Pair, Session


def log_conversation(
    pair: Pair,
    *,
    by,
    at: datetime,
    session: dict,
    same: str = "",
    private: dict | None = None,
    promises: Sequence[Promised] = (),
    kept: Sequence[str] = (),
) -> Session:
    """Log a session, keep the writer's own reflection and the promises: all or none.

    `session` is what pairing's log_session takes. `same` answers "the same session?"
    with yes or no, `private` is what add_to_reflection takes, and `kept` names promises
    from before. A form that was sent before gives its session again. Raises
    LoggedAlready when that question is open, and PairHasEnded.
    """
    try:
        with transaction.atomic():
            logged = logged_or_joined(pair, by=by, at=at, session=session, same=same)
            ask_reflections(logged, at=at)
            mine = Reflection.objects.of(by).get(session=logged)
            if private or session.get("useful"):
                add_to_reflection(mine, by=by, at=at, **(private or {}))
            else:
                skip_reflection(mine, by=by, at=at)
            keep_promises(pair, kept, by=by, at=at)
            promise(pair, promises, by=by, at=at, session=logged)
            return logged
    except SentBefore as before:
        return before.session


@transaction.atomic
def say_how_it_went(session: Session, **said) -> Session:
    """Keep one side's word on a session, as pairing's answer_session takes it. Both are
    asked to look back on one that was held, and on no other. Raises what that raises.
    """
    session = answer_session(session, **said)
    if session.is_held:
        ask_reflections(session, at=said["at"])
    else:
        forget_reflections(session)
    return session


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


@transaction.atomic
def reflect_with_questions(
    session: Session,
    *,
    by,
    at: datetime,
    answers: dict[str, str],
    promises: Sequence[Promised] = (),
) -> None:
    """Keep the answers to a sheet's questions for the writer alone, and promise what
    comes of them to the pair: all or none."""
    ask_reflections(session, at=at)
    mine = Reflection.objects.of(by).get(session=session)
    keep_answers(mine, by=by, at=at, answers=answers)
    promise(session.pair, promises, by=by, at=at, session=session)


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
    note_reviewed(pair, by=by, at=at, seen=seen)
    return held
