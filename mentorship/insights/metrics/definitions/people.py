"""Whom the program reaches, and on how many mentors it leans. Never who they are."""

from django.utils.translation import gettext_lazy as _

from .metric import Metric, Unit, Whose

FEWEST_PEOPLE = 10

REACH = """
    with totals as (
        select distinct on (t.program_id, t.kind, lower(t.name)) t.*
        from insights_workforcetotal t join programs using (program_id)
        where t.counted_on <= %(day)s
        order by t.program_id, t.kind, lower(t.name), t.counted_on desc
    ), takers as (
        select distinct on (programs.program_id, coalesce(place.user_id, place.id))
            programs.program_id, place.function, place.site
        from programs join charter_cohort c using (program_id)
        join participants_participant place on place.cohort_id = c.id
        where place.joined_at < programs.ends
        and (place.left_at is null or place.left_at >= programs.ends)
        and (c.alumni_on is null or c.alumni_on > %(day)s)
        order by programs.program_id, coalesce(place.user_id, place.id),
            place.joined_at desc
    ), there as (
        select program_id, kind, lower(trim(name)) as name, count(*) as people
        from takers, lateral (values ('function', function), ('site', site))
            as each_kind (kind, name)
        group by 1, 2, 3
    )
    select t.program_id, t.kind || ':' || t.name as part, t.people as workforce,
        coalesce(there.people, 0) as taking_part
    from totals t left join there on there.program_id = t.program_id
    and there.kind = t.kind and there.name = lower(t.name)
"""

BUSIEST = """
    select program_id, '' as part, carried,
        row_number() over (partition by program_id order by carried desc)
            <= ceil(count(*) over (partition by program_id) / 10.0) as is_busy
    from (
        select programs.program_id, count(*) as carried
        from programs join charter_cohort c using (program_id)
        join pairing_pair pair on pair.cohort_id = c.id
        join participants_participant mentor on mentor.id = pair.mentor_id
        where pair.started_on <= %(day)s
        and (pair.ended_at is null
            or pair.ended_at >= programs.ends - interval '365 days')
        group by programs.program_id, coalesce(mentor.user_id, mentor.id)
    ) each_mentor
"""

METRICS = [
    Metric(
        name="reach",
        label=_("Reach"),
        formula=_(
            "For each function and each site: people who have joined and neither left "
            "nor finished by that day, out of the newest total of the workforce that "
            "was imported by then. A person in two cohorts counts once, where they "
            "joined last. Nothing is kept unless at least 10 people take part and at "
            "least 10 do not."
        ),
        unit=Unit.SHARE,
        rows=REACH,
        value="sum(taking_part)",
        count="sum(workforce)",
        having="sum(taking_part) >= %(fewest)s"
        " and sum(workforce) - sum(taking_part) >= %(fewest)s",
        whose=Whose.BY_GROUP,
        fewest=FEWEST_PEOPLE,
    ),
    Metric(
        name="spread",
        label=_("Spread over mentors"),
        formula=_(
            "Pairs of the last year that the busiest tenth of mentors carried, out of "
            "all its pairs. A tenth would be perfectly even. Nothing is kept for fewer "
            "than 10 mentors, and never who they are."
        ),
        unit=Unit.SHARE,
        rows=BUSIEST,
        value="sum(carried) filter (where is_busy)",
        count="sum(carried)",
        having="count(*) >= %(fewest)s",
        whose=Whose.PROGRAM,
        fewest=FEWEST_PEOPLE,
        scale=(
            (0.4, _("The program leans on a few")),
            (0.2, _("Some carry more than others")),
            (0.0, _("Well spread")),
        ),
    ),
]
