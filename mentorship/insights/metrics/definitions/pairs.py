"""Whether pairs meet, get on and look back."""

from django.utils.translation import gettext_lazy as _

from .metric import Metric, Unit

# One look into the index for each pair, at twelve weeks or two rhythms: a session
# further back changes none of the figures.
MEETINGS = """
    select pairs.*, met.*, least(84, %(day)s - started_on + 1) / rhythm_days as planned
    from pairs, lateral (
        select max(held_on) as last_on,
            count(*) filter (where held_on > %(day)s - 84) as held,
            count(*) filter (where held_on > %(day)s - 7) as held_this_week
        from pairing_session s
        where s.pair_id = pairs.id and s.state = 'held'
        and s.held_on between %(day)s - greatest(83, 2 * rhythm_days) and %(day)s
    ) met
"""

METRICS = [
    Metric(
        name="participation",
        label=_("Participation"),
        formula=_(
            "Pairs whose last session lies at most one and a half of their own rhythms "
            "back, out of all pairs running that day."
        ),
        unit=Unit.SHARE,
        rows=MEETINGS,
        value="count(*) filter (where %(day)s - last_on <= 1.5 * rhythm_days)",
        behind=(
            "(%(day)s - last_on <= 1.5 * rhythm_days) is not true",
            _("Pairs that have not met within one and a half of their rhythms"),
        ),
    ),
    Metric(
        name="rhythm",
        label=_("Meeting in rhythm"),
        formula=_(
            "Pairs whose last session lies at most one of their own rhythms back, out "
            "of all pairs running that day."
        ),
        unit=Unit.SHARE,
        rows=MEETINGS,
        value="count(*) filter (where %(day)s - last_on <= rhythm_days)",
        behind=(
            "(%(day)s - last_on <= rhythm_days) is not true",
            _("Pairs that have not met within their rhythm"),
        ),
    ),
    Metric(
        name="frequency",
        label=_("Sessions against rhythm"),
        formula=_(
            "Sessions held in the last twelve weeks, out of those that the pairs' own "
            "rhythms plan for that time or since they started. What a pair holds "
            "beyond its rhythm does not make up for another."
        ),
        unit=Unit.SHARE,
        rows=MEETINGS,
        value="sum(least(held, planned))",
        count="sum(planned)",
        having="sum(planned) > 0",
    ),
    Metric(
        name="sessions",
        label=_("Sessions in a week"),
        formula=_(
            "Sessions held in the last seven days, for each pair running that day."
        ),
        unit=Unit.MEAN,
        rows=MEETINGS,
        value="sum(held_this_week)",
    ),
    Metric(
        name="milestones",
        label=_("Milestones"),
        formula=_(
            "Milestones reached, or tried and learned from, by that day, out of all "
            "that were due by then and were not dropped, of the pairs running that day."
        ),
        unit=Unit.SHARE,
        rows="""
            select pairs.program_id, pairs.cohort_id, pairs.id, m.done_on
            from pairs join milestones_milestone m on m.pair_id = pairs.id
            where m.state <> 'dropped' and m.due_on <= %(day)s
        """,
        value="count(*) filter (where done_on <= %(day)s)",
        behind=(
            "(done_on <= %(day)s) is not true",
            _("Pairs with a milestone that was due and is not done"),
        ),
    ),
    Metric(
        name="reflections",
        label=_("Reflections"),
        formula=_(
            "Reflections written by that day, out of those asked for in the last four "
            "weeks. Skipping is an answer too and counts as not written."
        ),
        unit=Unit.SHARE,
        rows="""
            select pairs.program_id, pairs.cohort_id,
                r.state = 'written' and r.answered_at < pairs.ends as is_written
            from pairs
            join pairing_session s on s.pair_id = pairs.id
            join feedback_reflection r on r.session_id = s.id
            where r.asked_at >= (%(day)s - 27)::timestamp at time zone pairs.zone
            and r.asked_at < pairs.ends and r.asked_at > %(day)s - 29
        """,
        value="count(*) filter (where is_written)",
    ),
]
