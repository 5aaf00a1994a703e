"""What a process must be before it may serve people."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from mentorship.accounts.sealing import masters

CARELESS = """
    select r.rolname, r.rolsuper, r.rolbypassrls,
           exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                   where c.relkind in ('r', 'p') and c.relowner = r.oid
                   and n.nspname in ('public', 'published'))
    from pg_roles r where r.rolname = current_user
"""


def role_of(alias: str = "default") -> dict:
    """The database role of `alias`: name, and the three ways it could be careless."""
    with connections[alias].cursor() as cursor:
        cursor.execute(CARELESS)
        row = cursor.fetchone()
    return dict(
        zip(("name", "superuser", "bypasses_rls", "owns_tables"), row, strict=True)
    )


def breaches_of_role(alias: str = "default") -> list[str]:
    """Why the role of `alias` must not serve people; empty when it may."""
    role = role_of(alias)
    wrong = [
        fact for fact in ("superuser", "bypasses_rls", "owns_tables") if role[fact]
    ]
    return [f"{role['name']}: {fact}" for fact in wrong]


def roles_out_of_reach(databases: dict) -> list[str]:
    """The variables that lack an address where roles have passwords. Web and workers
    need all three: a page publishes and takes a story down, a mail reads the report."""
    if not databases["default"]["PASSWORD"]:
        return []
    others = [alias for alias in databases if not databases[alias]["PASSWORD"]]
    return [f"{alias.upper()}_DATABASE_URL" for alias in others]


def refuse_to_serve() -> None:
    """Raise ImproperlyConfigured unless this process is safe for real people."""
    if not settings.DEMO:
        if settings.SECRET_KEY == settings.SAMPLE_SECRET_KEY:
            raise ImproperlyConfigured("Set SECRET_KEY: the sample key is public.")
        if settings.SAMPLE_SEALING_KEY in settings.SEALING_KEYS:
            raise ImproperlyConfigured("Set SEALING_KEYS: the sample key is public.")
        masters()
        if settings.DEBUG:
            raise ImproperlyConfigured("DEBUG shows private words. Switch it off.")
    if lacking := roles_out_of_reach(settings.DATABASES):
        raise ImproperlyConfigured(f"Set {', '.join(lacking)}; see docs/deploy.md.")
    if breaches := breaches_of_role():
        raise ImproperlyConfigured(
            "Row security is void on this database role (" + ", ".join(breaches) + "). "
            "Connect as `web`; see docs/deploy.md."
        )
