"""Rules by the program itself: two people who are not to be paired, never why."""

from datetime import datetime

from django.db.models import F

from mentorship.accounts.models import User
from pairing.models import PairRule

KEPT = ("kind", "reason")


def rule_out(cohort, mentor, mentee, *, at: datetime) -> PairRule:
    """Never pair these two, in the name of the program itself; in the caller's
    transaction, with the cohort locked, as whoever changes a rule has it.

    What a coordinator had said about them waits behind the rule, and comes back when
    the last one who asked takes it back. A switch and a veto leave the same row.
    """
    program = User.objects.the_program()
    rule = PairRule.objects.filter(mentor=mentor, mentee=mentee).first()
    if rule and rule.is_private:
        rule.times_asked += 1
        rule.save(update_fields=["times_asked"])
        return rule
    rule = rule or PairRule(cohort=cohort, mentor=mentor, mentee=mentee)
    if not rule._state.adding:
        rule.instead_of = rule.plain
    rule.kind, rule.reason = PairRule.Kind.NEVER, ""
    rule.by, rule.at = program, at
    rule.save()
    return rule


def take_rule_back(mentor, mentee) -> None:
    """Undo one rule_out: the rule goes when nobody else asked for it, and whatever a
    coordinator had said before holds again."""
    rules = PairRule.objects.of_the_program().filter(mentor=mentor, mentee=mentee)
    rule = rules.first()
    if rule is None:
        return
    if rule.times_asked > 1:
        rules.update(times_asked=F("times_asked") - 1)
    elif before := rule.instead_of:
        rules.update(
            **{name: before[name] for name in KEPT},
            by=before["by"],
            at=datetime.fromisoformat(before["at"]),
            instead_of={},
        )
    else:
        rule.delete()
