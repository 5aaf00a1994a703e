"""Who may read a pair's words, private answers and reasons; two share one cohort."""

from django.db import migrations

# The pairs a person belongs to. A definer function, so that policies stay index
# lookups and a later shape changes one place.
MY_PAIRS = """
create function my_pairs() returns setof uuid
    language sql stable security definer set search_path = public, pg_temp
as $$
    select p.id from pairing_pair p
    join participants_participant m on m.id = p.mentor_id
    where m.user_id = app_user()
    union all
    select p.id from pairing_pair p
    join participants_participant m on m.id = p.mentee_id
    where m.user_id = app_user()
$$;
revoke execute on function my_pairs() from public;
grant execute on function my_pairs() to web;
"""

WORDS_OF_A_PAIR = "\n".join(
    f"""
alter table {table} enable row level security;
alter table {table} force row level security;
create policy the_pair on {table} to web
    using (pair_id = any (array(select my_pairs())))
    with check (pair_id = any (array(select my_pairs())));
"""
    for table in (
        "pairing_sessionwords",
        "pairing_agreementwords",
        "pairing_note",
        "pairing_link",
        "pairing_file",
    )
)

# The night deletes stored files that no row knows any more. It may ask about names,
# which are random, and learns nothing but which of them are unknown.
UNKNOWN_FILES = """
create policy the_sweep on pairing_file for select to owner
    using (current_setting('app.sweeping_files', true) = 'on');

create function unknown_files(names text[]) returns setof text
    language plpgsql security definer set search_path = public, pg_temp
as $$
begin
    perform set_config('app.sweeping_files', 'on', true);
    return query select asked.one from unnest(names) as asked (one)
        where not exists (select from pairing_file f where f.stored = asked.one);
    perform set_config('app.sweeping_files', '', true);
end $$;
revoke execute on function unknown_files(text[]) from public;
grant execute on function unknown_files(text[]) to web;
"""

# The night must learn what two private answers mean together, and nothing else: the
# owner may read them inside the function below only, and it returns one word.
PILOT = """
alter table pairing_pilotanswer enable row level security;
alter table pairing_pilotanswer force row level security;
create policy the_author on pairing_pilotanswer to web
    using (author_id = (select app_user()))
    with check (author_id = (select app_user()));
create policy the_decision on pairing_pilotanswer for select to owner
    using (current_setting('app.deciding_a_pilot', true) = 'on');

create function pilot_decision(pair uuid) returns text
    language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    decision text;
begin
    perform set_config('app.deciding_a_pilot', 'on', true);
    with latest as (
        select distinct on (q.participant_id) a.choice
        from pairing_pilotquestion q
        join pairing_pilotanswer a on a.question_id = q.id
        where q.pair_id = pair
        order by q.participant_id, q.number desc
    )
    select case
        when bool_or(choice = 'switch') then 'switch'
        when count(*) = 2 and bool_and(choice = 'continue') then 'continue'
        when count(*) = 2 then 'ask again'
        else 'waiting' end
    into decision from latest;
    perform set_config('app.deciding_a_pilot', '', true);
    return decision;
end $$;
revoke execute on function pilot_decision(uuid) from public;
grant execute on function pilot_decision(uuid) to web;
"""

AUTHOR_ONLY = "\n".join(
    f"""
alter table {table} enable row level security;
alter table {table} force row level security;
create policy the_author on {table} to web
    using (author_id = (select app_user()))
    with check (author_id = (select app_user()));
"""
    for table in ("pairing_veto", "pairing_sayanswer", "pairing_notebookentry")
)

# A reason for a no is read by whoever gave it and by the program's facilitators, who
# are ordinary people where the offer was their own. Definer functions, so that the
# policy stays a look-up.
DECLINE_REASON = """
create function my_facilitated_programs() returns setof uuid
    language sql stable security definer set search_path = public, pg_temp
as $$
    select program_id from charter_role
    where user_id = app_user() and kind = 'facilitator'
$$;
revoke execute on function my_facilitated_programs() from public;
grant execute on function my_facilitated_programs() to web;

create function my_proposals() returns setof uuid
    language sql stable security definer set search_path = public, pg_temp
as $$
    select p.id from pairing_proposal p
    join participants_participant m on m.id = p.mentor_id
    where m.user_id = app_user()
    union all
    select p.id from pairing_proposal p
    join participants_participant m on m.id = p.mentee_id
    where m.user_id = app_user()
$$;
revoke execute on function my_proposals() from public;
grant execute on function my_proposals() to web;

alter table pairing_declinereason enable row level security;
alter table pairing_declinereason force row level security;
create policy the_author on pairing_declinereason to web
    using (author_id = (select app_user()))
    with check (author_id = (select app_user()));
create policy the_facilitators on pairing_declinereason for select to web
    using (program_id = any (array(select my_facilitated_programs()))
        and not proposal_id = any (array(select my_proposals())));
"""

# How groups fared, counted where the answers lie. What comes out is written down once
# for a cohort, when its pairing is over and no offer is open, and nobody may take it
# away to count again: a second look after one person has moved would tell on them.
# Nothing is told about fewer than ten people: of a breakdown's groups those under ten
# are left out, and the next smallest with them where nine or fewer would be left to
# subtract. `paired` and `left` (without anyone) are two populations with the same
# rule, so that no count gives away how many of a group were left. Means are kept
# coarse: exact ones of scores that coordinators know could be solved for who is in.
INCLUSION = """
create policy the_count on participants_selfdeclared for select to owner
    using (current_setting('app.counting_groups', true) = 'on');
revoke insert, update, delete on pairing_inclusioncheck from web;

create function take_inclusion_check(asked uuid, at timestamptz) returns boolean
    language plpgsql security definer set search_path = public, pg_temp
as $$
begin
    perform from charter_cohort where id = asked
        and stage in ('pilot', 'active', 'closing', 'alumni')
        for no key update;
    if not found
        or exists (select from pairing_inclusioncheck where cohort_id = asked)
        or exists (
            select from pairing_proposal p join pairing_round r on r.id = p.round_id
            where r.cohort_id = asked and p.state = 'offered')
    then
        return false;
    end if;
    perform set_config('app.counting_groups', 'on', true);
    insert into pairing_inclusioncheck
        (cohort_id, taken_at, left_over, answered, cells)
    with mentees as (
        select p.user_id, first.score, first.price,
            case when first.id is null then 'left' else 'paired' end as fared
        from participants_participant p
        left join lateral (
            select pair.id, proposal.score,
                greatest(least(proposal.price, 1), 0) as price
            from pairing_pair pair
            left join pairing_proposal proposal on proposal.id = pair.proposal_id
            where pair.mentee_id = p.id
            order by pair.started_on, pair.id limit 1
        ) first on true
        where p.cohort_id = asked and p.is_mentee and p.user_id is not null
        and (p.state in ('joined', 'finished') or first.id is not null)
        and (first.id is null or first.score is not null)
    ),
    said as (
        select d.attribute, d.value, m.*
        from mentees m
        join participants_selfdeclared d on d.author_id = m.user_id
    ),
    sizes as (
        select attribute, fared, value, count(*) as people,
            sum(count(*)) over breakdown as everyone,
            sum(case when count(*) < 10 then count(*) else 0 end)
                over breakdown as small,
            row_number() over (
                partition by attribute, fared
                order by count(*) < 10, count(*), value
            ) as nth
        from said group by attribute, fared, value
        window breakdown as (partition by attribute, fared)
    ),
    told as (
        select attribute, fared, value, people, everyone - people as rest
        from sizes
        where people >= 10 and everyone - people >= 10
        and not (small between 1 and 9 and nth = 1)
    ),
    sides as (
        select told.attribute, told.value, said.value = told.value as ours,
            jsonb_build_object(
                'people', count(*),
                'fit', round(avg(said.score)::numeric, 2),
                'fit_deviation', round(stddev_samp(said.score)::numeric, 2),
                'access', round(avg(said.price)::numeric, 3),
                'access_deviation', round(stddev_samp(said.price)::numeric, 3),
                'tenth', case when count(*) >= 100 then round((
                    percentile_cont(0.1) within group (order by said.score)
                )::numeric, 2) end
            ) as figures
        from told join said using (attribute, fared)
        where told.fared = 'paired'
        group by 1, 2, 3
    )
    select asked, at,
        (select count(*) from mentees where fared = 'left'),
        (select case when count(distinct user_id) >= 10
            then 5 * round(count(distinct user_id) / 5.0) end from said),
        coalesce(jsonb_agg(
            jsonb_build_object(
                'attribute', paired.attribute,
                'value', paired.value,
                'group', ours.figures,
                'rest', theirs.figures,
                'left', l.people,
                'rest_left', l.rest
            ) order by paired.attribute, paired.value
        ) filter (where ours.value is not null), '[]')
    from told paired
    join sides ours on ours.attribute = paired.attribute
        and ours.value = paired.value and ours.ours
    join sides theirs on theirs.attribute = paired.attribute
        and theirs.value = paired.value and not theirs.ours
    left join told l on l.attribute = paired.attribute
        and l.value = paired.value and l.fared = 'left'
    where paired.fared = 'paired';
    perform set_config('app.counting_groups', '', true);
    return true;
end $$;
revoke execute on function take_inclusion_check(uuid, timestamptz) from public;
grant execute on function take_inclusion_check(uuid, timestamptz) to web;
"""

ONE_COHORT = "\n".join(
    f"""
alter table pairing_{table}
    add constraint {side}_shares_the_cohort_of_the_{table}
    foreign key ({side}_id, cohort_id)
    references participants_participant (id, cohort_id)
    deferrable initially deferred;
"""
    for table in ("pair", "pairrule")
    for side in ("mentor", "mentee")
)


class Migration(migrations.Migration):
    dependencies = [
        ("pairing", "0001_initial"),
        ("accounts", "0002_roles"),
        ("charter", "0001_initial"),
        ("participants", "0002_private"),
    ]

    operations = [
        migrations.RunSQL(MY_PAIRS, "drop function my_pairs()"),
        migrations.RunSQL(WORDS_OF_A_PAIR, migrations.RunSQL.noop),
        migrations.RunSQL(UNKNOWN_FILES, "drop function unknown_files(text[])"),
        migrations.RunSQL(PILOT, "drop function pilot_decision(uuid)"),
        migrations.RunSQL(AUTHOR_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(
            DECLINE_REASON,
            "drop function my_facilitated_programs(); drop function my_proposals()",
        ),
        migrations.RunSQL(
            INCLUSION, "drop function take_inclusion_check(uuid, timestamptz)"
        ),
        migrations.RunSQL(ONE_COHORT, migrations.RunSQL.noop),
    ]
