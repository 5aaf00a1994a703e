"""An environment of its own for each peer, made once under the state directory.

Two peers install a module of the same name, and none belongs into the product. What
each needs, to the version, is a dependency group in pyproject.toml.
"""

import subprocess
import tomllib
import venv
from pathlib import Path

from django.conf import settings


class CannotInstall(Exception):
    """A peer's packages could not be had; the words say why."""


def python_of(group: str) -> Path:
    """The Python of the environment that holds the group's packages.

    Raises CannotInstall, with pip's own last words.
    """
    folder = settings.STATE / "bench" / group
    python = folder / "bin" / "python"
    wanted = "\n".join(_requirements(group))
    stamp = folder / "holds"
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    venv.create(folder, with_pip=True, clear=True)
    pip = [str(python), "-m", "pip", "install", "--quiet"]
    pip += ["--disable-pip-version-check", *wanted.splitlines()]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotInstall(done.stderr.strip().splitlines()[-1])
    stamp.write_text(wanted)
    return python


def versions(group: str) -> str:
    """The packages of a group, as a reader names them."""
    return ", ".join(_requirements(group)).replace("==", " ")


def _requirements(group: str) -> list[str]:
    pyproject = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    return pyproject["dependency-groups"][group]
