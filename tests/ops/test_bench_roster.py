import pytest
from django.core.management import call_command

from mentorship.accounts.models import AuditEntry, User
from mentorship.charter.models import Program


@pytest.mark.django_db
def test_measuring_imports_twice_takes_back_and_leaves_nothing(capsys):
    people = User.objects.count()

    call_command("bench_roster", rows=7)

    said = capsys.readouterr().out
    assert "7 created, 0 updated, 0 unchanged, 0 failed" in said
    assert "0 created, 0 updated, 7 unchanged, 0 failed" in said
    assert "peak memory" in said
    assert User.objects.count() == people
    assert not Program.objects.exists()
    assert not AuditEntry.objects.exists()
