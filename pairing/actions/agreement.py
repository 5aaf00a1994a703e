"""How two people work together: one writes, the other agrees or changes it."""

from datetime import datetime

from django.db import transaction

from mentorship.accounts.acting import acting_as
from mentorship.outbox.models import Notice
from pairing import notices
from pairing.models import Agreement, AgreementWords, Pair

from .sessions import lock_running


class AgreementHasChanged(Exception):
    """The other one was faster; `agreement` is the newest, if there is one."""

    def __init__(self, agreement: Agreement | None):
        super().__init__(str(agreement))
        self.agreement = agreement


@transaction.atomic
def propose_agreement(
    pair: Pair, *, by, at: datetime, seen: str, facts: dict, words: dict
) -> Agreement:
    """Write down how the two work together, which counts as the writer's yes and asks
    the other. `seen` is the edition of the newest agreement the writer looked at, empty
    without one. A proposal that waits is changed in place, and asks both anew. Raises
    AgreementHasChanged, PairHasEnded."""
    proposal = to_write_on(pair, seen)
    for name, value in facts.items():
        setattr(proposal, name, value)
    proposal.version += 1
    side = pair.side_of(by)
    proposal.written_by, proposal.written_at = getattr(pair, side), at
    for each in ("mentor", "mentee"):
        setattr(proposal, f"{each}_agreed_at", at if each == side else None)
    proposal.save()
    with acting_as(by):
        AgreementWords(agreement=proposal, pair=pair, **words).save()
    Notice.objects.about(proposal).cancel()
    Notice.objects.queue(notices.agreement_proposed(proposal, by=by, at=at))
    return proposal


@transaction.atomic
def agree(pair: Pair, *, by, at: datetime, seen: str) -> Agreement:
    """Say yes to the proposal whose edition was `seen`. With both it is in force in
    place of the one before, and the pair's rhythm follows it. Raises
    AgreementHasChanged, PairHasEnded."""
    lock_running(pair)
    proposal = newest_of(pair)
    if proposal is None or not proposal.is_proposed or proposal.edition != seen:
        raise AgreementHasChanged(proposal)
    if proposal.is_agreed_by(pair.side_of(by)):
        return proposal
    setattr(proposal, f"{pair.side_of(by)}_agreed_at", at)
    proposal.version += 1
    put_in_force(proposal)
    Notice.objects.about(proposal).cancel()
    Notice.objects.queue(notices.agreement_settled(proposal, by=by, at=at))
    return proposal


def put_in_force(agreement: Agreement) -> None:
    """Both have agreed: it takes the place of the one before."""
    pair = agreement.pair
    pair.agreements.in_force().update(state=Agreement.State.REPLACED)
    agreement.state = Agreement.State.AGREED
    agreement.save()
    pair.rhythm_days = agreement.rhythm_days
    pair.save(update_fields=["rhythm_days"])


def to_write_on(pair: Pair, seen: str) -> Agreement:
    """The proposal that waits, or the next one to be; with the pair locked. Raises
    AgreementHasChanged unless `seen` is still the newest, PairHasEnded."""
    lock_running(pair)
    newest = newest_of(pair)
    if (newest.edition if newest else "") != seen:
        raise AgreementHasChanged(newest)
    if newest and newest.is_proposed:
        return newest
    number = newest.number + 1 if newest else 1
    return Agreement(pair=pair, number=number, version=0)


def newest_of(pair: Pair) -> Agreement | None:
    """The newest agreement, with the pair at hand."""
    newest = pair.agreements.first()
    if newest:
        newest.pair = pair
    return newest
