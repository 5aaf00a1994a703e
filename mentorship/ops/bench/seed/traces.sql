-- What use leaves behind: mail, sign-ins, decisions, figures of every day of a year,
-- and published quarters.

insert into outbox_notice (
    id, recipient_id, kind, channel, template, context, key, due_at, state,
    skipped_because, attempts, last_error, sent_at, program_id, cohort_id, about_kind,
    created_at
)
select
    pg_temp.key('notice ' || step, n), person,
    (array['session', 'check-in', 'reflection', 'milestone'])[step %% 4 + 1], 'email',
    'feedback/check_in', '{"path": "/"}', 'bench:' || n || ':' || step,
    current_date + 1 - step * 34 + time '09:00',
    case when n %% 500 = 7 and step = 1 then 'dead' when step = 0 then 'pending'
        else 'sent' end,
    '', 1, case when n %% 500 = 7 and step = 1 then 'Mailbox full' else '' end,
    case when step > 0 and not (n %% 500 = 7 and step = 1)
        then current_date + 1 - step * 34 + time '09:01' end,
    pg_temp.key('program', cohort / 10), pg_temp.key('cohort', cohort), '',
    current_date + 1 - step * 34 + time '08:00'
from spot, generate_series(0, 9) as step;

insert into django_session (session_key, session_data, expire_date)
select md5(n::text), repeat('x', 180), now() + interval '10 days' from spot;

insert into accounts_auditentry (at, verb, program_id, about_kind, about_id, changes, by_id)
select
    until - step * 50 + time '10:00', 'changed a pair', pg_temp.key('program', cohort / 10),
    'pairing.pair', pair, '{}', pg_temp.key('coordinator', cohort / 10)
from duo, generate_series(1, 4) as step;

insert into insights_dailymetric (cohort_id, name, as_of, value, count, definition)
select
    pg_temp.key('cohort', n), name, current_date - day, (n + day) %% 30, 35, 1
from
    generate_series(0, %(cohorts)s - 1) as n,
    unnest(%(metrics)s::text[]) as name,
    generate_series(1, 365) as day;

-- Of programs that are over: those that are read are published as ever, by their night.
insert into published.period (
    id, program_id, starts_on, ends_on, rule_number, minimum, published_at
)
select
    pg_temp.key('period ' || q, n), pg_temp.key('past program', n),
    current_date - 90 * q - 30, current_date - 90 * q + 59, 1, 5,
    now() - (90 * q - 60) * interval '1 day'
from generate_series(0, %(programs)s - 1) as n, generate_series(1, 2) as q;

insert into published.figure (
    id, period_id, metric, breakdown, part, position, size_low, size_high, low, high,
    definition
)
select
    pg_temp.key('figure ' || q || place, n), pg_temp.key('period ' || q, n), 'met ' || place,
    'all', '', place, 200, 300, 0.5, 0.6, 1
from
    generate_series(0, %(programs)s - 1) as n,
    generate_series(1, 2) as q,
    generate_series(1, 30) as place;
