"""What a migration may do while the version before still serves: it only adds.

Reads the SQL that Postgres would get. Each rule is a sentence; a table that is made
after the baseline may be shaped freely, for nobody has rows in it.
"""

import re
from collections.abc import Callable, Iterator

from django.db.migrations.loader import MigrationLoader

# The last migrations of the version before. What is later must be additive.
BASELINE = {
    "accounts": "0002_roles",
    "charter": "0001_initial",
    "feedback": "0002_private",
    "insights": "0002_published",
    "library": "0001_initial",
    "milestones": "0002_private",
    "outbox": "0001_initial",
    "pairing": "0002_private",
    "participants": "0002_private",
}
# Large, and written to all day: an index on one of these is felt by many.
LARGE = {
    "accounts_auditentry",
    "accounts_user",
    "feedback_reflection",
    "milestones_milestone",
    "outbox_notice",
    "pairing_pair",
    "pairing_proposal",
    "pairing_session",
    "participants_participant",
}
NAME = r"(?:public\.)?([\w.]+)"
TABLE = re.compile(
    rf"^(?:create|alter|drop) table (?:if (?:not )?exists |only )*{NAME}"
)
INDEX = re.compile(rf"^create (?:unique )?index (?:(concurrently) )?.*? on {NAME}")
ADDED = re.compile(r"\badd column (\w+)")
FOREIGN_KEY = re.compile(r"\badd constraint \S+ foreign key \((\w+)\)")
# Where a default is worked out for each row, every row is written anew.
VOLATILE = r"(?:random|clock_timestamp|gen_random_uuid|uuidv\d|nextval|timeofday)\s*\("

Rule = Callable[[str], object]
RULES: dict[str, Rule] = {
    "drops a table or a column that the version before reads": re.compile(
        r"^drop table|\bdrop column\b"
    ).search,
    "renames what the version before knows by its old name": re.compile(
        r"\brename (?:column|to|constraint)\b"
    ).search,
    "demands a column of which the version before knows nothing": lambda sql: any(
        "not null" in added and "default" not in added
        for added in re.findall(r"add column .*?(?=, add |$)", sql)
    ),
    "takes the default away that fills in for the version before": re.compile(
        r"\bdrop default\b"
    ).search,
    "demands what rows so far may lack": re.compile(r"\bset not null\b").search,
    "changes a type, and writes every row anew": re.compile(
        r"\balter column \S+ (?:set data )?type (?!varchar|character varying|text)"
    ).search,
    "works a default out for every row": re.compile(
        rf"add column .*\bdefault \(?{VOLATILE}"
    ).search,
    "checks every row while nobody may write; add it NOT VALID, then validate": (
        lambda sql: (
            re.search(r"\badd constraint\b.*?(?:check|foreign key)\b", sql)
            and "not valid" not in sql
        )
    ),
    "builds an index while nobody may write; make it first, CONCURRENTLY": re.compile(
        r"\badd constraint \S+ (?:unique|primary key|exclude) ?(?!using index)"
    ).search,
}
# These matter where there are many rows.
OF_LARGE_ONLY = {
    "checks every row while nobody may write; add it NOT VALID, then validate",
    "builds an index while nobody may write; make it first, CONCURRENTLY",
}
LOCKS_WRITERS = "builds an index on a large table; make it CONCURRENTLY"


def breaches(statements: list[str], new: set[str]) -> Iterator[str]:
    """Each rule that a statement breaks, with its table. `new` names the tables, and as
    table.column the columns, made since the baseline, and gains those made here."""
    for sql in map(plain, statements):
        table = table_of(sql)
        if sql.startswith("create table"):
            new.add(table)
        new.update(f"{table}.{column}" for column in ADDED.findall(sql))
        if table in new or refers_from_a_new_column(sql, table, new):
            continue
        for words, breaks in RULES.items():
            if breaks(sql) and (table in LARGE or words not in OF_LARGE_ONLY):
                yield f"{table}: {words}"
        index = INDEX.match(sql)
        if index and not index[1] and index[2] in LARGE:
            yield f"{index[2]}: {LOCKS_WRITERS}"


def refers_from_a_new_column(sql: str, table: str, new: set[str]) -> bool:
    """Nothing has to be checked where no row has a value yet."""
    found = FOREIGN_KEY.search(sql)
    return bool(found) and f"{table}.{found[1]}" in new


def plain(sql: str) -> str:
    """One line, in small letters, without comments and quotes around names."""
    without = re.sub(r"--[^\n]*", " ", sql)
    return re.sub(r"\s+", " ", without.replace('"', "")).strip().rstrip(";").lower()


def table_of(sql: str) -> str:
    found = TABLE.match(sql) or INDEX.match(sql)
    return found[found.lastindex] if found else ""


def later_than_the_baseline(loader: MigrationLoader) -> list:
    """Migrations of ours that came after it, in the order in which they run."""
    graph = loader.graph
    old = {
        key
        for app, name in BASELINE.items()
        for key in graph.forwards_plan((app, name))
    }
    plan = dict.fromkeys(
        key for leaf in graph.leaf_nodes() for key in graph.forwards_plan(leaf)
    )
    ours = BASELINE.keys() | {"home", "ops", "ui", "demo"}
    return [graph.nodes[key] for key in plan if key not in old and key[0] in ours]


def statements_of(loader: MigrationLoader, migration) -> list[str]:
    """What Postgres gets. What is written in Python shows nothing here."""
    return split(loader.collect_sql([(migration, False)]))


def split(lines: list[str]) -> list[str]:
    """Statements, apart where a semicolon ends a line outside of a function's body."""
    found, now, inside = [], "", False
    for line in "\n".join(lines).splitlines():
        inside ^= line.count("$$") % 2 == 1
        now += line + "\n"
        if line.rstrip().endswith(";") and not inside:
            found.append(now)
            now = ""
    return [*found, now] if now.strip() else found
