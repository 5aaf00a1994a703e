"""The data folder that every ground begins with: migrated, and with a few people.

Made once for every state of the migrations, and kept in the state folder.
"""

import hashlib
import shutil
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import connection

from mentorship.demo import embedded

from . import people
from .ground import EMPTY, Ground, copy, temporary_folder


def template() -> Path:
    """The folder, made anew when a migration or the people have changed."""
    home = Path(settings.STATE) / "soak"
    home.mkdir(parents=True, exist_ok=True)
    made = home / f"template-{fingerprint()}"
    with embedded.locked(home / "template.lock"):
        if not made.exists():
            for old in home.glob("template-*"):
                shutil.rmtree(old)
            unfinished = home / "unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            make(unfinished)
            unfinished.rename(made)
    return made


def fingerprint() -> str:
    """Changes with whatever shapes the data folder."""
    shape = hashlib.sha256(django.get_version().encode())
    shape.update(embedded.ROLES.read_bytes() + Path(people.__file__).read_bytes())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            shape.update(f"{app.label}/{file.name}".encode() + file.read_bytes())
    return shape.hexdigest()[:16]


def make(to: Path) -> None:
    """Migrate and settle on a server of its own, then keep its data folder."""
    with temporary_folder() as folder:
        site = Ground(folder)
        try:
            site.postgres.start()
            site.postgres.provision()
            site.migrate()
            with site.postgres_itself() as server:
                server.execute(f"create database {EMPTY} template {site.database}")
            site.postgres.provision(EMPTY)
            site.enter()
            people.settle()
            with site.admin() as database:
                database.execute("vacuum analyze")
            connection.close()
            site.postgres.stop()
            copy(site.postgres.data, to)
        finally:
            site.leave()
