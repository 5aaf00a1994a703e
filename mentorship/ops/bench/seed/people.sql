-- Participants with their profiles: of a hundred, thirty mentors; the last ten are
-- invited only, and every eleventh has something left to do.

insert into accounts_user (
    id, email, given_name, family_name, called, password, language, zone, theme,
    manager_email, external_id, is_superuser, is_staff, is_active, joined_at
)
select
    person, 'person' || n || '@bench.example', 'Given' || n %% 701,
    'Family' || n %% 907, '', '!', 'en',
    (array['Europe/Lisbon', 'Europe/Warsaw', 'Africa/Nairobi'])[n %% 3 + 1], '',
    'manager' || n %% 3001 || '@bench.example', '', false, false, true,
    now() - interval '510 days'
from spot;

insert into participants_participant (
    id, cohort_id, user_id, is_mentor, is_mentee, capacity, state, function, site,
    job_title, department, async_only, wished_emails, invited_at, invitation,
    joined_at, oriented_at, orientation_waived_because
)
select
    place, pg_temp.key('cohort', cohort), person, is_mentor, not is_mentor,
    case when is_mentor then 2 end, case when joined then 'joined' else 'invited' end,
    (array['Finance', 'Nursing', 'Sales', 'People'])[n %% 4 + 1],
    (array['Lisbon', 'Warsaw', 'Nairobi'])[n %% 3 + 1], 'Specialist', '', false, '{}',
    now() - interval '515 days', 1, case when joined then now() - interval '510 days' end,
    case when joined and i %% 11 <> 5 then now() - interval '505 days' end, ''
from (select *, i < %(in_cohort)s * 0.9 as joined from spot) as spots;

insert into charter_acknowledgment (id, user_id, charter_id, language, sha256, at)
select
    pg_temp.key('acknowledgment', n), person, pg_temp.key('charter', cohort / 10),
    'en', '', now() - interval '508 days'
from spot
where i < %(in_cohort)s * 0.9;

insert into participants_profile (
    user_id, goals, goal_skills, interests, working_style, "values", good_mentor,
    mentor_ideals, learning, languages, channels, hours
)
select
    person, 'Lead a first project and hear how others began.', '{}',
    '{operations,teaching}', 'structured', '{kindness,frankness}', '', '{listens}',
    'doing', '{en,pt}', '{video}', ''
from spot;

insert into participants_wantedskill (id, profile_id, skill_id, level)
select
    pg_temp.key('wanted ' || step, n), person,
    pg_temp.key(
        'skill ' || (%(skills)s::text[])[(n + step) %% cardinality(%(skills)s::text[]) + 1],
        cohort / 10
    ),
    step + 2
from spot, generate_series(0, 2) as step
where not is_mentor;

insert into participants_offeredskill (id, profile_id, skill_id, level)
select
    pg_temp.key('offered ' || step, n), person,
    pg_temp.key(
        'skill ' || (%(skills)s::text[])[(n + step) %% cardinality(%(skills)s::text[]) + 1],
        cohort / 10
    ),
    step + 3
from spot, generate_series(0, 2) as step
where is_mentor;

insert into participants_availability (id, profile_id, weekday, starts, ends, zone)
select
    pg_temp.key('hours ' || day, n), person, day, '09:00', '12:00', 'UTC'
from spot, generate_series(1, 3) as day;
