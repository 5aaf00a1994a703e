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
    ]
