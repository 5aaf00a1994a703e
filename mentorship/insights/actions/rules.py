"""Rules of publication, and which sites make a region. Both count from the next period
on: an open one keeps the rule and the regions with which it opened."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from mentorship.accounts.models import User, audit
from mentorship.charter.models import Program
from mentorship.insights.disclosure import BREAKDOWNS
from mentorship.insights.models import PublicationRule, Region


class MinimumsAreNeverLowered(Exception):
    """A rule may ask for more behind a figure than the one before, never for less."""


def rule_of(program: Program) -> PublicationRule:
    """The program's newest rule; the usual one is made when it is first needed."""
    newest = program.publication_rules.order_by("-number").first()
    return newest or PublicationRule.objects.create(
        program=program, number=1, by=User.objects.the_program()
    )


@transaction.atomic
def change_rule(
    program: Program,
    *,
    minimum: int,
    minimum_answers: int,
    months: int,
    breakdowns: Sequence[str],
    by,
    at: datetime,
) -> PublicationRule:
    """Write the next rule, for periods that are not yet open. Breakdowns keep the order
    of their importance. Raises MinimumsAreNeverLowered."""
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    last = rule_of(program)
    if minimum < last.minimum or minimum_answers < last.minimum_answers:
        raise MinimumsAreNeverLowered
    rule = PublicationRule.objects.create(
        program=program,
        number=last.number + 1,
        minimum=minimum,
        minimum_answers=minimum_answers,
        months=months,
        breakdowns=[one for one in BREAKDOWNS if one == "all" or one in breakdowns],
        by=by,
        at=at,
    )
    audit("changed the rule", rule, by=by, program_id=program.pk, number=rule.number)
    return rule


@transaction.atomic
def group_sites(program: Program, regions: Mapping[str, str], *, by) -> None:
    """Keep {site: region}; a site without a region is its own again."""
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    program.regions.filter(site__in=regions).delete()
    Region.objects.bulk_create(
        Region(program=program, site=site, name=name)
        for site, name in regions.items()
        if name
    )
    audit("grouped sites", program, by=by, program_id=program.pk)
