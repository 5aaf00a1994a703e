-- Programs of ten cohorts each, their charters, and who runs them.

insert into accounts_user (
    id, email, given_name, family_name, called, password, language, zone, theme,
    manager_email, external_id, is_superuser, is_staff, is_active, joined_at
)
select
    pg_temp.key(kind, n), kind || n || '@bench.example', initcap(kind), 'Of' || n, '',
    '!', 'en', 'UTC', '', '', '', false, false, true, now() - interval '500 days'
from
    generate_series(0, %(programs)s - 1) as n,
    unnest(array['coordinator', 'facilitator', 'steering', 'sponsor']) as kind;

insert into charter_program (id, name, zone, languages, video_room, created_at)
select
    pg_temp.key('program', n), 'Rising Leads ' || n, 'UTC', array['en'], '',
    now() - interval '500 days'
from generate_series(0, %(programs)s - 1) as n;

insert into charter_role (id, program_id, user_id, kind, since)
select
    pg_temp.key('role ' || kind, n), pg_temp.key('program', n), pg_temp.key(kind, n),
    kind, now() - interval '500 days'
from
    generate_series(0, %(programs)s - 1) as n,
    unnest(array['coordinator', 'facilitator', 'steering', 'sponsor']) as kind;

insert into charter_charterversion (
    id, program_id, number, state, asks_again, rhythm_days, session_minutes,
    pilot_weeks, first_session_days, most_mentees, asks_acceptance, offer_days,
    reminders_a_week, concern_reply_days, working_days, exit_quiet_rhythms,
    exit_missed, version, created_at, published_at, published_by_id
)
select
    pg_temp.key('charter', n), pg_temp.key('program', n), 1, 'in force', true, 14, 45,
    5, 14, 3, true, 7, 2, 1, '{0,1,2,3,4}', 3, 3, 1, now() - interval '490 days',
    now() - interval '480 days', pg_temp.key('coordinator', n)
from generate_series(0, %(programs)s - 1) as n;

insert into charter_chartertext (id, charter_id, language, sections)
select
    pg_temp.key('charter text', n), pg_temp.key('charter', n), 'en',
    (
        select jsonb_object_agg(
            section,
            'Two people meet as equals, and both leave with more than they brought. '
            'What is said stays between them.' || E'\n\n'
            || '- Ask before you advise' || E'\n' || '- Say when it is an opinion'
        )
        from unnest(%(sections)s::text[]) as section
    )
from generate_series(0, %(programs)s - 1) as n;

insert into charter_coreoutcome (
    id, charter_id, slug, side, kind, statement, measure, target, position
)
select
    pg_temp.key('aim ' || side, n), pg_temp.key('charter', n), 'speaks-up-' || side,
    side, 'behavior', 'Speaks up where it counts', 'Times they did', '3', place
from
    generate_series(0, %(programs)s - 1) as n,
    unnest(array['mentor', 'mentee']) with ordinality as sides(side, place);

insert into charter_cohort (
    id, program_id, name, stage, onboarding_on, pairing_on, pilot_on, active_on,
    closing_on, alumni_on, created_at
)
select
    pg_temp.key('cohort', n), pg_temp.key('program', n / 10), 'Cohort ' || n,
    case when is_old then 'alumni' else 'active' end,
    current_date - 520, current_date - 500, current_date - 480, current_date - 440,
    current_date + case when is_old then -40 else 60 end,
    current_date + case when is_old then -20 else 90 end,
    now() - interval '530 days' + n %% 10 * interval '1 hour'
from
    (
        select n, n %% 10 = 9 as is_old
        from generate_series(0, %(cohorts)s - 1) as n
    ) as numbered;

insert into participants_skill (id, program_id, slug, labels, "group", suggested)
select
    pg_temp.key('skill ' || skill, n), pg_temp.key('program', n), skill,
    jsonb_build_object('en', initcap(skill)), '', false
from
    generate_series(0, %(programs)s - 1) as n,
    unnest(%(skills)s::text[]) as skill;
