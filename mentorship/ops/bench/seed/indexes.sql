do $$
declare
    unready regclass;
begin
    for unready in select distinct indrelid from pg_index where not indisready loop
        execute 'reindex table ' || unready;
    end loop;
end $$;
