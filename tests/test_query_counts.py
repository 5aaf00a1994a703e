"""How many queries each page takes, as a literal number; few take more than twelve.

Savepoints, `set_config` and the reader's own sign-in count. That lists take as many for
three rows as for one is tested beside each list.
"""

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.test_access_matrix import ROWS, address
from tests.world import ROLES, a_world

MOST = 12
# These work a plan out first, for which every table of people is read once.
WORKED_OUT = {"pairing:mending"}
# These put together a whole relationship from every app's parts.
TOGETHER = {"home:me", "pairing:pair"}
MOST_TOGETHER = 24

# Each page, who opens it, and its queries on all connections together.
COUNTS = {
    "home:me": ("mentee", 22),
    "home:cohort": ("coordinator", 12),
    "home:log": ("mentee", 11),
    "home:answer": ("mentor", 3),
    "home:answer_by_link": ("mentee", 3),
    "charter:programs": ("mentee", 4),
    "charter:create": ("coordinator", 3),
    "charter:charter": ("coordinator", 10),
    "charter:draft": ("coordinator", 10),
    "charter:publish": ("coordinator", 9),
    "charter:changes": ("coordinator", 9),
    "charter:roles": ("coordinator", 8),
    "charter:create_cohort": ("coordinator", 5),
    "charter:audit": ("coordinator", 7),
    "charter:cohort": ("coordinator", 9),
    "charter:reminders": ("coordinator", 6),
    "charter:cohort_reminders": ("coordinator", 7),
    "charter:program_rhythm": ("coordinator", 6),
    "charter:cohort_rhythm": ("coordinator", 7),
    "home:preview": ("coordinator", 12),
    "home:preview_mail": ("coordinator", 11),
    "participants:people": ("coordinator", 10),
    "participants:add": ("coordinator", 6),
    "participants:export": ("coordinator", 7),
    "participants:person": ("coordinator", 7),
    "participants:edit": ("coordinator", 6),
    "participants:withdraw": ("mentee", 3),
    "participants:welcome": ("mentee", 4),
    "participants:orientation": ("mentee", 4),
    "participants:charter": ("mentee", 7),
    "participants:break": ("mentee", 4),
    "participants:profile": ("mentee", 7),
    "participants:about_you": ("mentee", 8),
    "participants:join": ("mentee", 3),
    "participants:import_new": ("coordinator", 6),
    "participants:import_reading": ("coordinator", 5),
    "participants:import_columns": ("coordinator", 6),
    "pairing:workbench": ("coordinator", 11),
    "pairing:mending": ("coordinator", 16),
    "pairing:others": ("coordinator", 8),
    "pairing:weights": ("coordinator", 8),
    "pairing:rounds": ("coordinator", 6),
    "pairing:compare": ("coordinator", 6),
    "pairing:replay": ("coordinator", 6),
    "pairing:price_of_floor": ("coordinator", 6),
    "pairing:pairs": ("coordinator", 8),
    "pairing:inclusion": ("coordinator", 9),
    "pairing:offer": ("mentor", 4),
    "pairing:wishes": ("mentee", 3),
    "pairing:limits": ("mentor", 11),
    "pairing:veto": ("mentee", 8),
    "pairing:say": ("mentee", 8),
    "pairing:decline_reasons": ("facilitator", 9),
    "pairing:pair": ("mentee", 19),
    "pairing:leave": ("mentee", 3),
    "pairing:replan": ("coordinator", 5),
    "pairing:nudge": ("coordinator", 5),
    "pairing:agreement": ("mentee", 8),
    "pairing:agreement_write": ("mentee", 10),
    "pairing:close": ("mentee", 3),
    "pairing:afterwards": ("mentee", 4),
    "pairing:closing": ("coordinator", 7),
    "home:review": ("mentee", 10),
    "pairing:pilot": ("mentee", 9),
    "pairing:plan": ("mentee", 4),
    "pairing:session": ("mentee", 10),
    "pairing:move": ("mentee", 8),
    "pairing:find_time": ("mentee", 9),
    "pairing:counter": ("mentee", 12),
    "pairing:session_file": ("mentee", 3),
    "pairing:calendar": ("anonymous", 2),
    "pairing:feed": ("mentee", 3),
    "charter:video_room": ("coordinator", 5),
    "pairing:certificate": ("mentee", 4),
    "milestones:progress": ("mentee", 8),
    "milestones:evidence": ("mentee", 11),
    "milestones:lesson": ("mentee", 8),
    "milestones:lesson_share": ("mentee", 11),
    "milestones:lessons": ("mentee", 8),
    "milestones:measures": ("coordinator", 7),
    "milestones:measure_new": ("coordinator", 5),
    "milestones:measure_values": ("coordinator", 6),
    "milestones:plan": ("mentee", 11),
    "milestones:plan_pdf": ("mentee", 11),
    "pairing:workspace": ("mentee", 11),
    "pairing:note": ("mentee", 8),
    "pairing:file": ("mentee", 8),
    "pairing:notebook": ("mentee", 10),
    "pairing:notebook_page": ("mentee", 9),
    "milestones:outcome_new": ("mentee", 4),
    "milestones:outcome": ("mentee", 4),
    "milestones:milestone_new": ("mentee", 5),
    "milestones:milestone": ("mentee", 5),
    "feedback:reflect": ("mentee", 9),
    "feedback:suggestion": ("mentee", 10),
    "feedback:check_in": ("mentee", 3),
    "library:ideas": ("mentee", 7),
    "library:item": ("mentee", 6),
    "library:agenda": ("mentee", 5),
    "home:guided": ("mentee", 11),
    "library:own": ("coordinator", 7),
    "library:new": ("coordinator", 5),
    "library:write": ("coordinator", 8),
    "library:preview": ("coordinator", 6),
    "feedback:concerns": ("mentee", 10),
    "feedback:raise_concern": ("mentee", 8),
    "feedback:concern": ("mentee", 12),
    "feedback:asking": ("mentee", 10),
    "feedback:growth": ("mentee", 12),
    "feedback:observe": ("anonymous", 1),
    "feedback:measures": ("coordinator", 7),
    "feedback:each_other": ("mentee", 9),
    "feedback:give": ("mentee", 3),
    "home:observe": ("mentee", 5),
    "feedback:stories": ("mentee", 9),
    "feedback:tell": ("mentee", 3),
    "feedback:story": ("mentee", 9),
    "feedback:story_change": ("mentee", 9),
    "insights:stories": ("coordinator", 11),
    "insights:publishing": ("coordinator", 12),
    "insights:told": ("mentee", 4),
    "insights:report": ("coordinator", 11),
    "insights:learning": ("coordinator", 6),
    "ops:delivery": ("coordinator", 12),
    "insights:health": ("coordinator", 8),
    "insights:behind": ("coordinator", 6),
    "insights:funnel": ("coordinator", 6),
    "insights:waiting": ("coordinator", 8),
    "insights:patterns": ("coordinator", 6),
    "insights:insight_csv": ("coordinator", 5),
    "ops:rooms": ("coordinator", 7),
    "insights:workforce": ("coordinator", 7),
    "insights:report_csv": ("coordinator", 5),
    "insights:protects": ("mentee", 2),
    "insights:periods": ("coordinator", 10),
    "insights:rule": ("coordinator", 7),
    "insights:regions": ("coordinator", 7),
    "insights:period": ("coordinator", 8),
    "insights:preview": ("coordinator", 9),
    "insights:theme_new": ("coordinator", 7),
    "insights:theme": ("coordinator", 7),
    "outbox:unsubscribe": ("mentee", 3),
    "account_login": ("anonymous", 0),
    "account_request_login_code": ("anonymous", 0),
    "account_signup": ("anonymous", 0),
    "account_logout": ("mentee", 2),
    "account_inactive": ("mentee", 2),
    "account_reset_password": ("mentee", 2),
    "account_reset_password_done": ("mentee", 2),
    "account_reset_password_from_key_done": ("mentee", 2),
    "account_reset_password_from_key": ("mentee", 2),
    "account_confirm_email": ("mentee", 2),
    "account_email_verification_sent": ("mentee", 2),
    "account_set_password": ("mentee", 2),
    "account_email": ("mentee", 7),
    "accounts:address": ("mentee", 7),
    "accounts:settings": ("mentee", 2),
    "outbox:preferences": ("mentee", 3),
    "outbox:messages": ("mentee", 3),
    "ops:livez": ("mentee", 2),
    "ops:readyz": ("mentee", 6),
}


def readers(row) -> set[str]:
    """The roles for whom the row's own address is a page."""
    return {
        role for role, gets in zip(ROLES, row.get.split(), strict=True) if gets == "ok"
    }


PAGES = [row for row in ROWS if readers(row)]


def test_every_page_has_its_count_and_none_is_too_many():
    assert COUNTS.keys() == {row.name for row in PAGES}
    rest = COUNTS.keys() - WORKED_OUT - TOGETHER
    assert max(COUNTS[name][1] for name in rest) <= MOST
    assert max(COUNTS[name][1] for name in TOGETHER) <= MOST_TOGETHER


@pytest.mark.django_db(databases=["default", "steer"])
@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_a_page_takes_as_many_queries_as_it_says(row):
    role, expected = COUNTS[row.name]
    assert role in readers(row)
    world, client = a_world(), Client()
    if world.people[role]:
        client.force_login(world.people[role])
    url = address(row, world.own)
    client.get(url)
    with (
        CaptureQueriesContext(connections["default"]) as queries,
        CaptureQueriesContext(connections["steer"]) as figures,
    ):
        client.get(url)
    assert len(queries) + len(figures) == expected
