"""What pairs gain: evenly for both sides, and towards the charter's core outcomes."""

from django.utils.translation import gettext_lazy as _

from .metric import Metric, Unit, Whose

# Outcomes as they stood at the end of the day: one that was changed later counts until
# its successor was written.
OURS = """
    with ours as (
        select o.* from pairs join milestones_outcome o on o.pair_id = pairs.id
        left join milestones_outcome successor on successor.id = o.successor_id
        where o.created_at < pairs.ends
        and (o.state in ('agreed', 'reached') or successor.created_at >= pairs.ends)
    ),
"""

# Four strands, each with what there was for the mentor and for the mentee. A strand in
# which nothing was done says nothing. A bound on the bare column, wider than any zone,
# lets the planner leave old rows out before it joins.
EVENNESS = f"""
    {OURS} outcomes as (
        select pair_id as id,
            count(*) filter (where side = 'mentor') as set_mentor,
            count(*) filter (where side = 'mentee') as set_mentee,
            count(*) filter (where side = 'mentor' and reached_on <= %(day)s)
                as got_mentor,
            count(*) filter (where side = 'mentee' and reached_on <= %(day)s)
                as got_mentee
        from ours group by pair_id
    ), promises as (
        select pairs.id,
            count(*) filter (where i.for_side = 'mentor') as for_mentor,
            count(*) filter (where i.for_side = 'mentee') as for_mentee
        from pairs join milestones_actionitem i on i.pair_id = pairs.id
        where i.created_at >= pairs.ends - interval '84 days'
        and i.created_at < pairs.ends and i.created_at > %(day)s - 86
        group by pairs.id
    ), reflections as (
        select pairs.id,
            count(*) filter (where r.author_id = pairs.mentor_id) as of_mentor,
            count(*) filter (where r.author_id = pairs.mentee_id) as of_mentee
        from pairs join pairing_session s on s.pair_id = pairs.id
        join feedback_reflection r on r.session_id = s.id
        where s.state = 'held' and s.held_on between %(day)s - 83 and %(day)s
        and r.state = 'written' and r.answered_at < pairs.ends
        and r.answered_at > %(day)s - 86
        group by pairs.id
    )
    select pairs.program_id, pairs.cohort_id, (
        select round(avg(2.0 * least(mentor, mentee) / (mentor + mentee)), 6)
        from (values (set_mentor, set_mentee), (got_mentor, got_mentee),
            (for_mentor, for_mentee), (of_mentor, of_mentee)) as strand (mentor, mentee)
        where mentor + mentee > 0
    ) as evenness
    from pairs left join outcomes using (id) left join promises using (id)
    left join reflections using (id)
"""

# The core outcomes of the charter that was in force at the end of the day, and the
# pairs of each cohort that work towards them. A slug stays when the charter changes.
AIMS = f"""
    {OURS} aims as (
        select v.program_id, o.slug from (
            select distinct on (v.program_id) v.id, v.program_id
            from charter_charterversion v join programs using (program_id)
            where v.published_at < programs.ends order by v.program_id, v.number desc
        ) v join charter_coreoutcome o on o.charter_id = v.id
    ), working as (
        select pairs.cohort_id, core.slug, count(distinct pairs.id) as pairs,
            count(distinct pairs.id) filter (where o.reached_on <= %(day)s) as reached
        from pairs join ours o on o.pair_id = pairs.id
        join charter_coreoutcome core on core.id = o.core_outcome_id
        group by pairs.cohort_id, core.slug
    ), cohorts as (
        select program_id, cohort_id, count(*) as running from pairs group by 1, 2
    )
    select cohorts.*, aims.slug, aims.slug as part,
        coalesce(working.pairs, 0) as working, coalesce(working.reached, 0) as reached
    from cohorts join aims using (program_id) left join working using (cohort_id, slug)
"""

METRICS = [
    Metric(
        name="reciprocity",
        label=_("Reciprocity"),
        formula=_(
            "How much of what a pair does for one side has a counterpart for the "
            "other. Four things are looked at: outcomes agreed for each side, "
            "outcomes reached by each side, promises made for each side and "
            "reflections written by each side, the last two in the last twelve weeks. "
            "In each, twice the smaller number is divided by the sum of both; a thing "
            "that nobody did is left out. A pair's figure is the mean of these, the "
            "cohort's is the mean over its pairs with any. It compares amounts: it "
            "does not say how much either gained, nor how good it was, and it judges "
            "nobody."
        ),
        unit=Unit.SHARE,
        rows=EVENNESS,
        value="sum(evenness)",
        count="count(evenness)",
        having="count(evenness) > 0",
        scale=(
            (0.8, _("Much the same for both sides")),
            (0.5, _("More for one side than for the other")),
            (0.2, _("Mostly for one side")),
            (0.0, _("Nearly all for one side")),
        ),
    ),
    Metric(
        name="alignment",
        label=_("Core outcomes that pairs work towards"),
        formula=_(
            "Core outcomes of the charter in force that day towards which at least one "
            "running pair has agreed or reached an outcome, out of all of them."
        ),
        unit=Unit.SHARE,
        rows=AIMS,
        value="count(distinct slug) filter (where working > 0)",
        count="count(distinct slug)",
    ),
    Metric(
        name="covered",
        label=_("Pairs working towards a core outcome"),
        formula=_(
            "For each core outcome: pairs that have agreed or reached an outcome "
            "towards it, out of all pairs running that day."
        ),
        unit=Unit.SHARE,
        rows=AIMS,
        value="sum(working)",
        count="sum(running)",
        whose=Whose.BY_AIM,
    ),
    Metric(
        name="reached",
        label=_("Pairs that reached a core outcome"),
        formula=_(
            "For each core outcome: pairs that reached an outcome towards it by that "
            "day, out of the running pairs that have one."
        ),
        unit=Unit.SHARE,
        rows=AIMS,
        value="sum(reached)",
        count="sum(working)",
        having="sum(working) > 0",
        whose=Whose.BY_AIM,
    ),
]
