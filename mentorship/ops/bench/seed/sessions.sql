-- Sessions, evenly over a pair's last year: the newest is to come, the eighth did not
-- happen, and every fourth pair's last one is not confirmed yet. Two are asked for a
-- reflection after each, and three in five write one.

create temp table talk as
select
    n * %(sessions_of_pair)s + k as s, n, j, k, pair, mentor, mentee, mentor_person,
    mentee_person, until - (k * %(days_between)s)::int as held_on,
    case when k = 0 and not is_over then 'planned' when k = 7 then 'missed'
        else 'held' end as state,
    pg_temp.key('session', n * %(sessions_of_pair)s + k) as session
from duo, generate_series(0, %(sessions_of_pair)s - 1) as k;
analyze talk;

insert into pairing_session (
    id, pair_id, state, starts_at, held_on, minutes, channel, logged_by_id, logged_at,
    confirmed_by_id, confirmed_at, form_id, sequence, version, created_at
)
select
    session, pair, state,
    case state
        when 'planned' then current_date + 1 + j %% 9 + time '14:00'
        when 'held' then held_on + time '14:00'
    end,
    case when state = 'held' then held_on end, 45, 'video',
    case when state <> 'planned' then mentee end,
    case when state <> 'planned' then held_on + time '15:00' end,
    case when confirmed then mentor end,
    case when confirmed then held_on + time '16:00' end,
    pg_temp.key('form', s), 0, 1, held_on - 10 + time '14:00'
from
    (
        select *, state <> 'planned' and (k > 1 or j %% 4 <> 0) as confirmed from talk
    ) as talks;

insert into feedback_reflection (id, session_id, author_id, state, asked_at, answered_at)
select
    pg_temp.key('reflection ' || side, s), session,
    case side when 'mentor' then mentor else mentee end,
    case when written then 'written' else 'asked' end, held_on + time '15:00',
    case when written then held_on + 1 + time '09:00' end
from
    (
        select talk.*, side, (n + k) %% 5 < 3 as written
        from talk, unnest(array['mentor', 'mentee']) as side
        where state = 'held'
    ) as asked;
