-- Private words, as long as real ones.

insert into accounts_sealkey (holder, wrapped, master)
select pair, pg_temp.sealed(n), 1 from duo
union all
select person, pg_temp.sealed(n), 1 from spot;

insert into pairing_agreementwords (
    agreement_id, pair_id, goals, confidentiality, boundaries, ending
)
select
    pg_temp.key('agreement', n), pair, pg_temp.sealed(n), pg_temp.sealed(n),
    pg_temp.sealed(n), pg_temp.sealed(n)
from duo;

insert into milestones_actionwords (item_id, pair_id, text)
select pg_temp.key('promise ' || step, n), pair, pg_temp.sealed(n)
from duo, generate_series(0, 3) as step;

insert into pairing_sessionwords (
    session_id, pair_id, topics, useful_to_mentor, useful_to_mentee, place
)
select session, pair, pg_temp.sealed(s), pg_temp.sealed(s), pg_temp.sealed(s), ''
from talk;

insert into feedback_reflectionwords (reflection_id, author_id, thought, answers)
select pg_temp.key('reflection ' || side, s),
    case side when 'mentor' then mentor_person else mentee_person end, pg_temp.sealed(s), ''
from talk, unnest(array['mentor', 'mentee']) as side
where state = 'held' and (n + k) %% 5 < 3;

insert into feedback_pulse (reflection_id, author_id, confidence, together, clarity)
select pg_temp.key('reflection ' || side, s),
    case side when 'mentor' then mentor_person else mentee_person end,
    s %% 5 + 1, (s + 1) %% 5 + 1, (s + 2) %% 5 + 1
from talk, unnest(array['mentor', 'mentee']) as side
where state = 'held' and (n + k) %% 5 < 3;
