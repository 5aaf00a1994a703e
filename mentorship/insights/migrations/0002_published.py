"""The published schema, and what the publisher and the steering group may do."""

from django.db import migrations

SCHEMA = """
create schema published;
create table published.period (
    id uuid primary key,
    program_id uuid not null,
    starts_on date not null,
    ends_on date not null,
    rule_number smallint not null,
    minimum smallint not null,
    published_at timestamptz not null,
    constraint a_period_is_published_once unique (program_id, starts_on)
);
create table published.figure (
    id uuid primary key,
    period_id uuid not null references published.period,
    metric text not null,
    breakdown text not null,
    part text not null default '',
    position smallint not null default 0,
    size_low integer,
    size_high integer,
    low double precision,
    high double precision,
    definition smallint not null,
    constraint a_figure_is_published_once unique (period_id, metric, breakdown, part),
    constraint a_figure_is_shown_whole_or_not_at_all
        check (num_nulls(size_low, size_high, low, high) in (0, 4))
);
"""

GRANTS = """
grant usage on schema published to publisher, steer;
grant select on all tables in schema published to publisher, steer;
-- Insert only: what was published stays as it was.
grant insert on all tables in schema published to publisher;

-- Facts, never words.
grant select on charter_program, charter_cohort, charter_charterversion,
    pairing_pair, pairing_session, milestones_milestone, milestones_outcome,
    feedback_reflection, insights_publicationrule, insights_period,
    insights_frozenplace to publisher;
-- user_id tells two places of one person from two people; it names nobody.
grant select
    (id, user_id, cohort_id, is_mentor, is_mentee, state, joined_at, left_at)
    on participants_participant to publisher;
grant update (state, closed_at) on insights_period to publisher;
"""

# "I had a say", without a look at any answer: how many of a roster's people answered,
# of how many pairs, and their mean. Eight of each or nothing; only while the period is
# being closed; and each place in the first period that counts it, so that no answer can
# be worked out from two.
SAYS = """
create policy the_count on pairing_sayanswer for select to owner
    using (current_setting('app.counting_says', true) = 'on');

create function says_of_period(asked uuid)
    returns table (people integer, pairs integer, mean double precision)
    language plpgsql security definer set search_path = public, pg_temp
as $$
begin
    perform set_config('app.counting_says', 'on', true);
    return query
    with said as (
        select f.pair_id, f.participant_id, a.value,
            coalesce(place.user_id, place.id) as person
        from insights_period p
        join charter_program program on program.id = p.program_id
        join insights_frozenplace f on f.period_id = p.id and f.is_first
        join participants_participant place on place.id = f.participant_id
        join pairing_sayquestion q on q.participant_id = place.id
        join pairing_sayanswer a on a.question_id = q.id
        where p.id = asked and p.state = 'closed'
        and q.answered_at < (p.ends_on + 1)::timestamp at time zone program.zone
    )
    select count(distinct said.person)::integer,
        count(distinct said.pair_id)::integer,
        (select avg(each.value)::double precision from (
            select distinct on (participant_id) participant_id, value from said
        ) each)
    from said
    having least(count(distinct said.person), count(distinct said.pair_id)) >= 8;
    perform set_config('app.counting_says', '', true);
end $$;
revoke execute on function says_of_period(uuid) from public;
grant execute on function says_of_period(uuid) to publisher;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0001_initial"),
        ("accounts", "0002_roles"),
        ("feedback", "0002_private"),
        ("milestones", "0002_private"),
        ("pairing", "0002_private"),
    ]

    operations = [
        migrations.RunSQL(SCHEMA, "drop schema published cascade"),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        migrations.RunSQL(SAYS, "drop function says_of_period(uuid)"),
    ]
