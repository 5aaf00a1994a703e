"""Thoughts and answers are read by their author, a pair's words by the pair, and a
concern by its raiser and the owners of the steps it has reached."""

from django.db import migrations

AUTHOR_ONLY = "\n".join(
    f"""
alter table {table} enable row level security;
alter table {table} force row level security;
create policy the_author on {table} to web
    using (author_id = (select app_user()))
    with check (author_id = (select app_user()));
"""
    for table in (
        "feedback_reflectionwords",
        "feedback_pulse",
        "feedback_answer",
        "feedback_observation",
    )
)

WORDS_OF_A_PAIR = "\n".join(
    f"""
alter table {table} enable row level security;
alter table {table} force row level security;
create policy the_pair on {table} to web
    using (pair_id = any (array(select my_pairs())))
    with check (pair_id = any (array(select my_pairs())));
"""
    for table in ("feedback_feedbackwords", "feedback_reviewwords")
)

# The owner may look up who is concerned inside these two functions only. They tell
# whoever asks about themself.
CONCERNS = """
create function my_concerns() returns setof uuid
    language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    perform set_config('app.looking_up_concerns', 'on', true);
    return query select concern_id from feedback_concernowner
        where user_id = app_user();
    perform set_config('app.looking_up_concerns', '', true);
end $$;
create function my_raised_concerns() returns setof uuid
    language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
    perform set_config('app.looking_up_concerns', 'on', true);
    return query select id from feedback_concern where raiser_id = app_user();
    perform set_config('app.looking_up_concerns', '', true);
end $$;
revoke execute on function my_concerns(), my_raised_concerns() from public;
grant execute on function my_concerns(), my_raised_concerns() to web;

alter table feedback_concern enable row level security;
alter table feedback_concern force row level security;
create policy the_raiser_and_the_owners on feedback_concern to web
    using (raiser_id = (select app_user())
        or id = any (array(select my_concerns())))
    with check (raiser_id = (select app_user())
        or id = any (array(select my_concerns())));
create policy the_look_up on feedback_concern for select to owner
    using (current_setting('app.looking_up_concerns', true) = 'on');

alter table feedback_concernowner enable row level security;
alter table feedback_concernowner force row level security;
create policy the_raiser_and_the_owners on feedback_concernowner to web
    using (concern_id = any (array(select my_raised_concerns()))
        or concern_id = any (array(select my_concerns())))
    with check (concern_id = any (array(select my_raised_concerns()))
        or concern_id = any (array(select my_concerns())));
create policy the_look_up on feedback_concernowner for select to owner
    using (current_setting('app.looking_up_concerns', true) = 'on');

alter table feedback_concernwords enable row level security;
alter table feedback_concernwords force row level security;
create policy the_raiser_and_the_owners on feedback_concernwords to web
    using (concern_id = any (array(select my_concerns()))
        or not for_owners and concern_id = any (array(select my_raised_concerns())))
    with check (author_id = (select app_user())
        and (concern_id = any (array(select my_concerns()))
        or not for_owners and concern_id = any (array(select my_raised_concerns()))));
"""

# The night has no user. It lets overdue concerns climb inside this function only, which
# tells the worker whom to write to and by when, and nothing of what it is about.
# Passed over are the raiser, whoever is or was in a pair with them, and who has left.
CLIMB = """
create policy the_climb on feedback_concern to owner
    using (current_setting('app.climbing_concerns', true) = 'on')
    with check (current_setting('app.climbing_concerns', true) = 'on');
create policy the_climb on feedback_concernowner to owner
    using (current_setting('app.climbing_concerns', true) = 'on')
    with check (current_setting('app.climbing_concerns', true) = 'on');

create function next_step_of_concern(
    program uuid, raiser uuid, concern uuid, after smallint,
    out owner_id uuid, out place smallint, out days smallint, out working smallint[],
    out zone text
) language sql stable set search_path = public, pg_temp
as $$
    select s.owner_id, s.position, s.reply_days, v.working_days, p.zone
    from charter_charterversion v
    join charter_program p on p.id = v.program_id
    join charter_escalationstep s on s.charter_id = v.id
    join accounts_user u on u.id = s.owner_id and u.is_active
    where v.program_id = program and v.state = 'in force' and s.position > after
    and s.owner_id <> raiser
    and not exists (select from feedback_concernowner o
        where o.concern_id = concern and o.user_id = s.owner_id)
    and not exists (select from pairing_pair
        join participants_participant mentor on mentor.id = mentor_id
        join participants_participant mentee on mentee.id = mentee_id
        where (mentor.user_id, mentee.user_id)
            in ((raiser, s.owner_id), (s.owner_id, raiser)))
    order by s.position limit 1
$$;

create function end_of_working_day(
    moment timestamptz, zone text, days smallint, working smallint[]
) returns timestamptz language sql stable set search_path = public, pg_temp
as $$
    select (day::date + time '23:59:59') at time zone zone
    from generate_series(1, 400) as ahead,
        lateral (select (moment at time zone zone)::date + ahead as day) as each_day
    where extract(isodow from day)::smallint - 1 = any(working)
    order by day offset greatest(days, 1) - 1 limit 1
$$;

create function climb_concerns(moment timestamptz)
    returns table (concern_id uuid, owner_id uuid, answer_by timestamptz)
    language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    overdue record;
    step record;
begin
    perform set_config('app.climbing_concerns', 'on', true);
    for overdue in select c.* from feedback_concern c
        where c.state = 'raised' and c.reply_by < moment order by c.id for update
    loop
        select * into step from next_step_of_concern(
            overdue.program_id, overdue.raiser_id, overdue.id, overdue.step);
        continue when step.owner_id is null;
        concern_id := overdue.id;
        owner_id := step.owner_id;
        answer_by := end_of_working_day(moment, step.zone, step.days, step.working);
        insert into feedback_concernowner (id, concern_id, user_id, step, since)
            values (gen_random_uuid(), overdue.id, step.owner_id, step.place, moment);
        update feedback_concern c set step = step.place, reply_by = answer_by
            where c.id = overdue.id;
        return next;
    end loop;
    perform set_config('app.climbing_concerns', '', true);
end $$;
revoke execute on function climb_concerns(timestamptz),
    next_step_of_concern(uuid, uuid, uuid, smallint),
    end_of_working_day(timestamptz, text, smallint, smallint[]) from public;
grant execute on function climb_concerns(timestamptz) to web;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0001_initial"),
        ("accounts", "0002_roles"),
        ("pairing", "0002_private"),
    ]

    operations = [
        migrations.RunSQL(AUTHOR_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(WORDS_OF_A_PAIR, migrations.RunSQL.noop),
        migrations.RunSQL(
            CONCERNS, "drop function my_concerns(); drop function my_raised_concerns()"
        ),
        migrations.RunSQL(
            CLIMB,
            "drop function climb_concerns(timestamptz);"
            "drop function next_step_of_concern(uuid, uuid, uuid, smallint);"
            "drop function end_of_working_day(timestamptz, text, smallint, smallint[])",
        ),
    ]
