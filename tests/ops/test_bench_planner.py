"""The planner is measured on a few people and leaves nothing."""

import pytest
from django.core.management import call_command

from mentorship.accounts.models import User
from mentorship.charter.models import Program
from mentorship.ops.bench.planner import PlannerBench, write
from mentorship.outbox.models import Notice


@pytest.mark.django_db
def test_planning_is_measured_and_leaves_nothing(capsys):
    people = User.objects.count()
    call_command("bench", "planner", "--people", "40")
    assert "40 reminders due in one minute" in capsys.readouterr().out
    assert User.objects.count() == people
    assert not Program.objects.exists()
    assert not Notice.objects.exists()


@pytest.mark.django_db
def test_the_page_has_the_figures_and_the_command(tmp_path):
    timing = PlannerBench(lambda words: None).run(20)
    page = write(timing, tmp_path, "manage.py bench planner --people 20").read_text()
    assert f"| ratio | {timing.ratio:.1f} |" in page
    assert "| reminders due in one minute | 20 |" in page
    assert "`manage.py bench planner --people 20`" in page
