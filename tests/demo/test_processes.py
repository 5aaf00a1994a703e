import os
import smtplib
import socket
import subprocess
import sys
from email.message import EmailMessage

import pytest
from django.core.management import CommandError

from mentorship.demo import mail, processes
from mentorship.demo.management.commands import demo
from mentorship.demo.processes import ChildFailed, Family


@pytest.fixture
def family():
    family = Family(dict(os.environ))
    yield family
    family.stop()


def test_a_taken_port_gives_the_next_free_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        found = processes.free_port(port)

    assert found != port


def test_a_step_that_fails_ends_the_start(family):
    with pytest.raises(ChildFailed, match="sample failed with exit code 3"):
        family.run("sample", "-c", "raise SystemExit(3)")


def test_a_dead_process_is_started_again_until_it_was_too_often(family, monkeypatch):
    monkeypatch.setattr(processes, "RESTARTS", 1)
    child = family.start("beat", "-c", "raise SystemExit(3)")
    child.process.wait()
    first = child.process.pid

    family.restart_the_dead()
    assert child.process.pid != first
    child.process.wait()

    with pytest.raises(ChildFailed, match="beat ended again, with exit code 3"):
        family.restart_the_dead()


def test_a_process_that_will_not_stop_is_killed(family, monkeypatch):
    monkeypatch.setattr(processes, "PATIENCE", 0.2)
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print('ready', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE)
    child.stdout.readline()
    child.stdout.close()
    family.children.append(holder := type("Deaf", (), {})())
    holder.name, holder.process, holder.kill = "deaf", child, child.kill

    family.stop()

    assert child.returncode == -9
    family.children.clear()


def test_a_closed_pipe_ends_the_talk_but_not_the_process():
    talk = (
        "from mentorship.demo.processes import say\n"
        "import sys\n"
        "for number in range(20000): say('web', str(number))\n"
        "sys.exit(7)"
    )
    speaker = subprocess.Popen([sys.executable, "-c", talk], stdout=subprocess.PIPE)
    speaker.stdout.readline()
    speaker.stdout.close()

    assert speaker.wait(20) == 7


def test_a_second_demo_on_the_same_folder_says_who_holds_it(tmp_path):
    with (
        demo.alone(tmp_path),
        pytest.raises(CommandError, match=f"process {os.getpid()}"),
        demo.alone(tmp_path),
    ):
        pass


def test_fresh_refuses_a_database_that_is_not_the_demos_own(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://web@db/reciprocal")

    with pytest.raises(CommandError, match="Unset DATABASE_URL"):
        demo.forget([])


def test_the_sink_keeps_a_mail_and_says_one_line(tmp_path, capsys):
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "Grüße", "a@x.org", "b@x.org"
    letter.set_content("Hello")
    sink, address = mail.start_sink(tmp_path / "mail")

    host, port = address.removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port)) as client:
        client.send_message(letter)
    sink.stop()

    [kept] = (tmp_path / "mail").iterdir()
    assert b"Hello" in kept.read_bytes()
    assert "mail | to b@x.org: Grüße" in capsys.readouterr().out
