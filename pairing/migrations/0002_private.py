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

SESSION_WORDS = """
alter table pairing_sessionwords enable row level security;
alter table pairing_sessionwords force row level security;
create policy the_pair on pairing_sessionwords
    using (pair_id = any (array(select my_pairs())))
    with check (pair_id = any (array(select my_pairs())));
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
    for table in ("pairing_veto", "pairing_sayanswer")
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
    ]

    operations = [
        migrations.RunSQL(MY_PAIRS, "drop function my_pairs()"),
        migrations.RunSQL(SESSION_WORDS, migrations.RunSQL.noop),
        migrations.RunSQL(PILOT, "drop function pilot_decision(uuid)"),
        migrations.RunSQL(AUTHOR_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(
            DECLINE_REASON,
            "drop function my_facilitated_programs(); drop function my_proposals()",
        ),
        migrations.RunSQL(ONE_COHORT, migrations.RunSQL.noop),
    ]
