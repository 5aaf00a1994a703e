-- No keys are checked and no index is kept up while rows come in; indexes.sql builds them.

set local session_replication_role = replica;
set local maintenance_work_mem = '256MB';

update pg_index set indisready = false
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.oid = indrelid and n.nspname in ('public', 'published');
