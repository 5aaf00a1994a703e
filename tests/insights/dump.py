"""Tables as bytes, read past every policy, to see whether anything changed."""

import os

import psycopg


def dump(*tables) -> dict[str, list]:
    """Every row of the tables as text, sorted."""
    with psycopg.connect(os.environ["RECIPROCAL_TEST_ADMIN_URL"]) as database:
        return {
            table: sorted(
                row for (row,) in database.execute(f"select t::text from {table} t")
            )
            for table in tables
        }


def dump_all() -> dict[str, list]:
    with psycopg.connect(os.environ["RECIPROCAL_TEST_ADMIN_URL"]) as database:
        names = database.execute(
            "select format('%I.%I', schemaname, tablename) from pg_tables"
            " where schemaname in ('public', 'published')"
        ).fetchall()
    return dump(*(name for (name,) in names))
