-- What the other files use. Keys follow from kind and number alone, so that a row can
-- name another without a join, and lie as scattered as random ones.

create function pg_temp.key(kind text, number bigint) returns uuid
    language sql immutable return md5(kind || ':' || number)::uuid;

-- Bytes as long as a sealed sentence. Nobody opens them.
create function pg_temp.sealed(number bigint) returns bytea
    language sql immutable
    return '\x01'::bytea || sha256(int8send(number)) || sha256(int8send(-number));

-- Everybody's place: cohort and number in it, from 0.
create temp table spot as
select
    n,
    n / %(in_cohort)s as cohort,
    n %% %(in_cohort)s as i,
    n %% %(in_cohort)s < %(mentors)s as is_mentor,
    pg_temp.key('person', n) as person,
    pg_temp.key('place', n) as place
from generate_series(0, %(people)s - 1) as n;

-- Every pair, whom it is made of, and the day its last year ended: today, or before
-- for the one in eight who left early, the tenth that has gone quiet, and old cohorts.
create temp table duo as
select
    n,
    j,
    pg_temp.key('pair', n) as pair,
    cohort,
    pg_temp.key('cohort', cohort) as cohort_id,
    pg_temp.key('place', first + j %% %(mentors)s) as mentor,
    pg_temp.key('person', first + j %% %(mentors)s) as mentor_person,
    pg_temp.key('place', first + %(mentors)s + j) as mentee,
    pg_temp.key('person', first + %(mentors)s + j) as mentee_person,
    is_old or has_left as is_over,
    is_old,
    current_date - case
        when is_old then 20 when has_left then 100 when j %% 10 = 3 then 45 else j %% 7
    end as until
from
    (
        select
            n,
            n / %(pairs_in_cohort)s as cohort,
            n / %(pairs_in_cohort)s * %(in_cohort)s as first,
            n %% %(pairs_in_cohort)s as j,
            n / %(pairs_in_cohort)s %% 10 = 9 as is_old,
            n %% %(pairs_in_cohort)s %% 8 = 7 as has_left
        from generate_series(0, %(pairs)s - 1) as n
    ) as numbered;

analyze spot, duo;
