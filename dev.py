#!/usr/bin/env python3
"""The two commands. They make their own environment; nothing else is needed.

    python3 dev.py demo [--fresh] [--port N]    run the sample program
    python3 dev.py test [pytest options]        run the tests
    python3 dev.py test --all                   those that take long as well

RECIPROCAL_VENV and RECIPROCAL_STATE move the environment and the data out of the
checkout. Standard library only.
"""

import errno
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("RECIPROCAL_VENV") or CHECKOUT / ".venv").absolute()
STATE = Path(os.environ.get("RECIPROCAL_STATE") or CHECKOUT / ".state").absolute()
PYTHON = VENV / "bin" / "python"


def main(arguments) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  the one file an older one may run
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    command, *options = arguments or ["help"]
    if command == "demo":
        locks, run = ["requirements.lock"], ["manage.py", "demo", *options]
        os.environ["DEMO"] = "1"
    elif command == "test":
        locks = ["requirements-test.lock"]
        if chromium():
            locks.append("requirements-browser.lock")
        # The whole suite runs on every core; a few tests start faster on one.
        cores = (
            ["-n", "auto", "--dist", "loadfile"] if options in ([], ["--all"]) else []
        )
        if "--all" in options:
            options.remove("--all")
            options = ["-m", "full or not full", *options]
            locks.append("requirements-calendars.lock")
        run = ["-m", "pytest", *cores, *options]
    else:
        sys.exit(__doc__)
    try:
        STATE.mkdir(parents=True, exist_ok=True)
        prepare(locks)
    except OSError as refused:
        if refused.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        sys.exit(
            f"Cannot write {refused.filename}. Set RECIPROCAL_VENV and "
            "RECIPROCAL_STATE to folders that you may write."
        )
    os.environ["RECIPROCAL_STATE"] = str(STATE)
    os.chdir(CHECKOUT)
    os.execv(PYTHON, [str(PYTHON), *run])


def chromium() -> bool:
    """Whether this machine has a browser for the tests that drive one."""
    return bool(shutil.which("chromium") or shutil.which("chromium-browser"))


def prepare(locks) -> None:
    """Make the environment hold what `locks` list, unless it does already."""
    VENV.parent.mkdir(parents=True, exist_ok=True)
    with open(VENV.with_name(VENV.name + ".lock"), "w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)  # a second command waits here
        if not is_ours():
            make()
        for lock in locks:
            install(CHECKOUT / lock)


def is_ours() -> bool:
    """Whether the environment stands and was made by this Python."""
    stamp = VENV / "made-by"
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == sys.version


def make() -> None:
    if not importlib.util.find_spec("ensurepip"):
        sys.exit(
            "This Python cannot make an environment. On Debian and Ubuntu install the "
            "missing part with: apt install python3-venv"
        )
    print("Making the environment in", VENV, flush=True)
    venv.create(VENV, with_pip=True, clear=True)
    (VENV / "made-by").write_text(sys.version)


def install(lock: Path) -> None:
    """Install exactly the hashed packages of `lock`, once."""
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = VENV / lock.name
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installing {lock.name}; the first time takes a minute.", flush=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # Python compiles what it imports by itself, and most is never imported.
    quickly = ["--no-compile", "--only-binary", ":all:"]
    exactly = ["--require-hashes", "--requirement", lock]
    if failed := subprocess.run([*pip, *quickly, *exactly]).returncode:
        sys.exit(failed)
    stamp.write_text(wanted)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
