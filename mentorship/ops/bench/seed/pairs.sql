-- Pairs and what they agreed on. One in twenty is still in its pilot.

insert into pairing_pair (
    id, cohort_id, mentor_id, mentee_id, kind, state, started_on, pilot_due_on,
    active_on, rhythm_days, ended_at, ended_by_id, ending
)
select
    pair, cohort_id, mentor, mentee, 'mentoring',
    case when is_over then 'ended' when j %% 20 = 1 then 'pilot' else 'active' end,
    until - 365, case when j %% 20 = 1 then current_date + 5 else until - 325 end,
    case when j %% 20 <> 1 then until - 320 end, 14,
    case when is_over then until + time '12:00' end,
    case when is_over then mentee_person end,
    case when is_old then 'completed' when is_over then 'left' else '' end
from duo;

insert into pairing_agreement (
    id, pair_id, number, state, rhythm_days, minutes, channels, books, written_at,
    mentor_agreed_at, mentee_agreed_at, version, written_by_id
)
select
    pg_temp.key('agreement', n), pair, 1, 'agreed', 14, 45, '{video}', 'mentee',
    until - 350 + time '09:00', until - 350 + time '10:00', until - 350 + time '11:00',
    1, mentee
from duo;

insert into pairing_pilotquestion (
    id, pair_id, participant_id, number, asked_at, answered_at
)
select
    pg_temp.key('pilot ' || side, n), pair,
    case side when 'mentor' then mentor else mentee end, 1, until - 330 + time '09:00',
    case when j %% 20 <> 1 then until - 328 + time '09:00' end
from duo, unnest(array['mentor', 'mentee']) as side;

insert into milestones_outcome (
    id, pair_id, side, core_outcome_id, title, observable, measure, baseline, target,
    due_on, state, reached_on, written_by_id, version, created_at
)
select
    pg_temp.key('outcome ' || side, n), pair, side,
    pg_temp.key('aim ' || side, cohort / 10), 'Speak in case reviews',
    'Opens at least one point', 'Points opened', '0', '3', until + 60,
    case when n %% 3 = 0 then 'reached' else 'agreed' end,
    case when n %% 3 = 0 then until - 30 end,
    case side when 'mentor' then mentor else mentee end, 1, until - 340 + time '10:00'
from duo, unnest(array['mentor', 'mentee']) as side;

insert into milestones_milestone (
    id, pair_id, outcome_id, title, kind, due_on, state, done_on, mentor_confirmed_at,
    mentee_confirmed_at, version, created_at
)
select
    pg_temp.key('milestone ' || step, n), pair, pg_temp.key('outcome mentee', n),
    'Speak in one review', 'real work', until + 20 - step * 60,
    case when done then 'reached' else 'planned' end,
    case when done then until - step * 60 end,
    case when done then until - step * 60 + time '10:00' end,
    case when done then until - step * 60 + time '11:00' end, 1,
    until - 340 + time '10:00'
from
    (
        select duo.*, step, step > 1 or (step = 1 and n %% 6 <> 0) as done
        from duo, generate_series(0, 3) as step
    ) as steps;

insert into milestones_actionitem (
    id, pair_id, owner_id, for_side, due_on, done_at, created_at
)
select
    pg_temp.key('promise ' || step, n), pair,
    case when step %% 2 = 0 then mentor else mentee end,
    case when step %% 2 = 0 then 'mentee' else 'mentor' end, until - step * 30,
    case when step > 1 then until - step * 30 + time '10:00' end,
    until - step * 30 - 10 + time '10:00'
from duo, generate_series(0, 3) as step;

insert into feedback_checkin (
    id, pair_id, participant_id, asked_for, answer, answered_at
)
select
    pg_temp.key('check-in ' || side || step, n), pair,
    case side when 'mentor' then mentor else mentee end, until - 1 - step * 28,
    case when answered then 'worth it' else '' end,
    case when answered then until - step * 28 + time '10:00' end
from
    (
        select duo.*, side, step, (n + step) %% 3 <> 0 as answered
        from duo, unnest(array['mentor', 'mentee']) as side, generate_series(0, 11) as step
    ) as asked;

insert into pairing_healthreason (
    id, pair_id, reason, since_on, pair_told_at, coordinator_told_at
)
select
    pg_temp.key('reason', n), pair, 'quiet', until + 21, until + 22 + time '06:00',
    until + 29 + time '06:00'
from duo
where j %% 10 = 3 and not is_over;
