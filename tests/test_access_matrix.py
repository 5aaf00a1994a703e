"""Who may open and send what: every address, everyone, own and foreign, GET and POST.

The expectations are written by hand. Columns, in order:

    anonymous, the pair's mentor, its mentee, another pair's mentor, the coordinator of
    this program, of another, facilitator, steering member, sponsor, site administrator

    in   asked to sign in            no   does not exist for this reader (404)
    ok   a page (200)                ban  may not (403)
    go   done, sent elsewhere (302)  bad  form with errors (422)
    not  wrong method (405)          old  somebody changed it meanwhile (409)
"""

import re
from collections import Counter
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, resolve, reverse
from django.utils import timezone

from feedback.models import Pulse
from mentorship.accounts.acting import acting_as
from mentorship.outbox.letter import UNSUBSCRIBE
from mentorship.participants.invitations import token_for
from pairing import links
from pairing.actions import make_feed
from tests.world import ROLES, a_world

STATUS = {
    "ok": {200},
    "go": {302},
    "no": {404},
    "ban": {403},
    "bad": {422},
    "not": {405},
    "old": {409},
}

# Readers of a program's staff pages: its coordinator. Other staff know it exists.
STAFF = "in no no no ok no ban ban ban no"
STAFF_GO = "in no no no go no ban ban ban no"
STAFF_BAD = "in no no no bad no ban ban ban no"
FOREIGN = "in no no no no ok no no no no"
FOREIGN_GO = "in no no no no go no no no no"
FOREIGN_BAD = "in no no no no bad no no no no"
STAFF_OLD = "in no no no old no ban ban ban no"
FOREIGN_OLD = "in no no no no old no no no no"
# A pair's own pages, which its coordinator knows of but may not use.
PAIR = "in ok ok no ban no no no no no"
PAIR_GO = "in go go no ban no no no no no"
PAIR_BAD = "in bad bad no ban no no no no no"
FOREIGN_PAIR = "in no no no no ban no no no no"
ONLY_GET = "in not not not not not not not not not"
EVERYONE = "in ok ok ok ok ok ok ok ok ok"
ABSENT = "no no no no no no no no no no"
OPEN = "ok ok ok ok ok ok ok ok ok ok"


@dataclass
class Row:
    """One address: its parts, what everyone gets, and what is posted."""

    name: str
    parts: tuple = ()
    get: str = ""
    get_foreign: str = ""
    post: str = ONLY_GET
    post_foreign: str = ONLY_GET
    # A browser always sends something, at least its token.
    data: dict = field(default_factory=lambda: {"csrfmiddlewaretoken": "token"})
    fixed: dict = field(default_factory=dict)


def page(name, *parts, **more):
    """A staff page that is only read."""
    return Row(name, parts, STAFF, FOREIGN, **more)


def button(name, *parts, **more):
    """A staff button: posted, then sent elsewhere."""
    posts = {"post": STAFF_GO, "post_foreign": FOREIGN_GO, **more}
    return Row(name, parts, ONLY_GET, ONLY_GET, **posts)


def form(name, *parts, **more):
    """A staff form: read, and refused when sent empty."""
    posts = {"post": STAFF_BAD, "post_foreign": FOREIGN_BAD, **more}
    return Row(name, parts, STAFF, FOREIGN, **posts)


def pair_form(name, *parts, **more):
    """A form of the pair's two people, refused when sent empty."""
    posts = {"post": PAIR_BAD, "post_foreign": FOREIGN_PAIR, **more}
    return Row(name, parts, PAIR, FOREIGN_PAIR, **posts)


def pair_button(name, *parts, **more):
    """A button of the pair's two people."""
    posts = {"post": PAIR_GO, "post_foreign": FOREIGN_PAIR, **more}
    return Row(name, parts, ONLY_GET, ONLY_GET, **posts)


def invitation(program) -> str:
    return token_for(program.invited)


def calendar(program) -> str:
    return make_feed(program.participant.user, at=timezone.now())


def unsubscribing(program) -> str:
    signed = {"user": str(program.participant.user_id), "kind": "check-in"}
    return UNSUBSCRIBE.sign_object(signed)


def answering(program) -> str:
    return links.token_for(program.over.pk, program.participant.user_id)


def low_reflection(program):
    """The mentee's, with a scale answered low."""
    reflection = program.reflection
    author = program.participant.user
    with acting_as(author):
        defaults = {"author": author, "together": 2}
        Pulse.objects.get_or_create(reflection=reflection, defaults=defaults)
    return reflection.pk


def seen_by_a_colleague(program) -> str:
    return program.token


COHORT, IMPORT = ("cohort_id", "cohort"), ("pk", "import")
# The doors, for those who are outside.
DOOR = "ok go go go go go go go go go"
LINK = "ok ban ok ban ban ban ban ban ban ban"
LINK_FOREIGN = "ok ban ban ban ban ban ban ban ban ban"
GONE = "go go go go go go go go go go"
INSIDE = "in go go go go go go go go go"
NO_WAY = "in ban ban ban ban ban ban ban ban ban"
NEVER = "not not not not not not not not not not"

# A place belongs to the pair's mentee; only its person and coordinators know of it.
PLACE = "in no ban no ok no no no no no"
MINE = "in no ok no ban no no no no no"
MINE_GO = "in no go no ban no no no no no"
MINE_BAD = "in no bad no ban no no no no no"
FOREIGN_MINE = "in no no no no ban no no no no"
# The mentee's own, inside the pair: the partner knows of it.
HERS = "in ban ok no no no no no no no"
HERS_GO = "in ban go no no no no no no no"
HERS_BAD = "in ban bad no no no no no no no"
NOBODYS = "in no no no no no no no no no"
# What the database itself hides from everybody but the two, or but its writer.
ADDED = "in ban ok no no no no no no no"
OWN_PAGE = "in no ok no no no no no no no"
NOBODY = "in no no no no no no no no no"
# A roster in work is its coordinators' alone.
DRAFT = "in no no no ok no no no no no"
DRAFT_GO = "in no no no go no no no no no"
# Roles are given by coordinators, and by site administrators in every program.
ROLES_OK = "in no no no ok no ban ban ban ok"
ROLES_FOREIGN = "in no no no no ok no no no ok"
# What the published figures are for.
REPORT = "in no no no ok no ban ok ok no"
# Everyone with a staff role reads the charter; participants read it in their place.
CHARTER = "in no no no ok no ok ok ok no"
# Who may found a program.
FOUNDERS = "in ban ban ban ok ok ban ban ban ok"

FIRST_MEETING, OWN_IDEA = {"slug": "first-meeting"}, {"slug": "our-own"}

ROWS = [
    # Home
    Row("home:today", (), EVERYONE.replace("ok", "go")),
    Row("home:me", (), EVERYONE),
    page("home:cohort", "cohort"),
    pair_form("home:log", "pair"),
    # The mentee logged the session; for her nothing waits.
    Row(
        "home:answer",
        ("session",),
        "in ok go no ban no no no no no",
        FOREIGN_PAIR,
        post="in bad go no ban no no no no no",
        post_foreign=FOREIGN_PAIR,
    ),
    # The mentee's own link: open without signing in, and to nobody else who is.
    Row(
        "home:answer_by_link",
        (("token", answering),),
        LINK,
        LINK_FOREIGN,
        post=LINK.replace("ok", "bad"),
        post_foreign=LINK_FOREIGN.replace("ok", "bad"),
    ),
    # Programs, charter, cohorts
    Row("charter:programs", (), EVERYONE),
    Row(
        "charter:create",
        (),
        FOUNDERS,
        post="in ban ban ban bad bad ban ban ban bad",
    ),
    Row("charter:charter", ("program",), CHARTER, FOREIGN),
    form("charter:draft", "program"),
    button("charter:start_draft", "program"),
    form("charter:publish", "program", post=STAFF_GO, post_foreign=FOREIGN_GO),
    Row("charter:changes", ("program",), CHARTER, FOREIGN, fixed={"number": 1}),
    Row(
        "charter:roles",
        ("program",),
        ROLES_OK,
        ROLES_FOREIGN,
        post="in no no no bad no ban ban ban bad",
        post_foreign="in no no no no bad no no no bad",
    ),
    Row(
        "charter:take_role",
        ("program", "role"),
        ONLY_GET,
        ONLY_GET,
        post="in no no no go no ban ban ban go",
        post_foreign="in no no no no go no no no go",
    ),
    form("charter:create_cohort", "program"),
    page("charter:audit", "program"),
    form("charter:cohort", "cohort"),
    button("charter:move_cohort", "cohort", post=STAFF_BAD, post_foreign=FOREIGN_BAD),
    button("charter:rhythm", "cohort", post=STAFF_BAD, post_foreign=FOREIGN_BAD),
    page("charter:reminders", "program"),
    page("charter:cohort_reminders", "cohort"),
    form("charter:program_rhythm", "program", fixed={"kind": "session"}),
    form("charter:cohort_rhythm", "cohort", fixed={"kind": "session"}),
    button("charter:drop_rhythm", "cohort", fixed={"kind": "session"}),
    page("home:preview", "cohort", fixed={"kind": "session"}),
    page("home:preview_mail", "cohort", "participant", fixed={"kind": "session"}),
    button("charter:busy", "cohort", post=STAFF_BAD, post_foreign=FOREIGN_BAD),
    button("charter:drop_busy", "cohort", "busy"),
    # People
    page("participants:people", "cohort"),
    form("participants:add", "cohort"),
    button("participants:invite", "cohort"),
    button("participants:remind", "cohort"),
    button("participants:write", "cohort"),
    page("participants:export", "cohort", fixed={"kind": "csv"}),
    Row("participants:person", ("participant",), PLACE, FOREIGN),
    Row(
        "participants:edit",
        ("participant",),
        PLACE,
        FOREIGN,
        post="in no ban no bad no no no no no",
        post_foreign=FOREIGN_BAD,
    ),
    Row(
        "participants:waive",
        ("participant",),
        ONLY_GET,
        ONLY_GET,
        post="in no ban no bad no no no no no",
        post_foreign=FOREIGN_BAD,
    ),
    Row(
        "participants:withdraw",
        ("participant",),
        "in no ok no ok no no no no no",
        FOREIGN,
        post="in no go no go no no no no no",
        post_foreign=FOREIGN_GO,
    ),
    # Joining
    Row("participants:welcome", ("participant",), MINE, FOREIGN_MINE),
    Row(
        "participants:orientation",
        ("participant",),
        MINE,
        FOREIGN_MINE,
        post=MINE_GO,
        post_foreign=FOREIGN_MINE,
        data={"step": "goals"},
    ),
    Row(
        "participants:charter",
        ("participant",),
        MINE,
        FOREIGN_MINE,
        post=MINE_BAD,
        post_foreign=FOREIGN_MINE,
    ),
    Row(
        "participants:break",
        ("participant",),
        MINE,
        FOREIGN_MINE,
        post=MINE_BAD,
        post_foreign=FOREIGN_MINE,
    ),
    Row(
        "participants:profile",
        (),
        "in ok ok ok no no no no no no",
        post="in bad bad bad no no no no no no",
        fixed={"step": "skills"},
    ),
    Row(
        "participants:about_you",
        (),
        "in no ok no no no no no no no",
        post="in no go no no no no no no no",
    ),
    Row(
        "participants:join",
        (("token", invitation),),
        OPEN,
        OPEN,
        post="bad ok ok ok ok ok ok ok ok ok",
        post_foreign="bad ok ok ok ok ok ok ok ok ok",
    ),
    Row(
        "participants:new_link",
        (("token", invitation),),
        NEVER,
        NEVER,
        post=OPEN,
        post_foreign=OPEN,
    ),
    # Importing a roster
    form("participants:import_new", COHORT),
    Row(
        "participants:import_reading",
        (COHORT, IMPORT),
        DRAFT,
        FOREIGN,
        post=DRAFT.replace("ok", "bad"),
        post_foreign=FOREIGN_BAD,
    ),
    Row(
        "participants:import_columns",
        (COHORT, IMPORT),
        DRAFT,
        FOREIGN,
        post=DRAFT.replace("ok", "bad"),
        post_foreign=FOREIGN_BAD,
    ),
    # Its columns are not chosen yet, so these lead to that step.
    Row("participants:import_preview", (COHORT, IMPORT), DRAFT_GO, FOREIGN_GO),
    Row(
        "participants:import_failed",
        (COHORT, IMPORT),
        DRAFT_GO,
        FOREIGN_GO,
        fixed={"kind": "csv"},
    ),
    Row(
        "participants:import_commit",
        (COHORT, IMPORT),
        ONLY_GET,
        ONLY_GET,
        post=DRAFT_GO,
        post_foreign=FOREIGN_GO,
    ),
    Row("participants:import_result", (COHORT, IMPORT), DRAFT_GO, FOREIGN_GO),
    Row(
        "participants:import_undo",
        (COHORT, IMPORT),
        ONLY_GET,
        ONLY_GET,
        post=DRAFT_GO,
        post_foreign=FOREIGN_GO,
    ),
    # Pairing
    page("pairing:workbench", "cohort"),
    # Every post says which plan it saw; these saw none.
    button("pairing:propose", "cohort", post=STAFF_OLD, post_foreign=FOREIGN_OLD),
    button("pairing:change", "cohort", post=STAFF_BAD, post_foreign=FOREIGN_BAD),
    button("pairing:publish", "cohort", post=STAFF_OLD, post_foreign=FOREIGN_OLD),
    button("pairing:mend", "cohort", post=STAFF_OLD, post_foreign=FOREIGN_OLD),
    button("pairing:reopen", "cohort"),
    page("pairing:mending", "cohort"),
    page("pairing:others", "cohort", ("mentee", "participant")),
    button("pairing:undo", "round"),
    button("pairing:set_aside", "round"),
    button("pairing:cancel_round", "round"),
    Row("pairing:progress", ("round",), STAFF_GO, FOREIGN_GO),
    form("pairing:weights", "cohort"),
    page("pairing:rounds", "cohort"),
    page("pairing:compare", "cohort"),
    page("pairing:replay", "cohort", fixed={"number": 1}),
    page("pairing:price_of_floor", "cohort", fixed={"number": 1}),
    page("pairing:pairs", "cohort"),
    page("pairing:inclusion", "cohort"),
    Row(
        "pairing:offer",
        ("proposal",),
        "in ok no no ban no no no no no",
        FOREIGN_PAIR,
        post="in bad no no ban no no no no no",
        post_foreign=FOREIGN_PAIR,
    ),
    # A say in it. The mentee is in a pair, so that wishes are closed.
    Row(
        "pairing:wishes",
        ("participant",),
        MINE,
        FOREIGN_MINE,
        post=MINE_GO,
        post_foreign=FOREIGN_MINE,
    ),
    Row(
        "pairing:limits",
        (("participant", "mentor"),),
        "in ok no no ban no no no no no",
        FOREIGN_MINE,
        post="in bad no no ban no no no no no",
        post_foreign=FOREIGN_MINE,
    ),
    Row(
        "pairing:veto",
        ("participant",),
        MINE,
        FOREIGN_MINE,
        post=MINE_BAD,
        post_foreign=FOREIGN_MINE,
    ),
    Row(
        "pairing:say",
        ("question",),
        "in no ok no no no no no no no",
        "in no no no no no no no no no",
        post="in no bad no no no no no no no",
        post_foreign="in no no no no no no no no no",
    ),
    Row(
        "pairing:decline_reasons",
        ("program",),
        "in no no no ban no ok ban ban no",
        "in no no no no ban no no no no",
    ),
    # The life of a pair
    Row("pairing:pair", ("pair",), "in ok ok no ok no no no no no", FOREIGN),
    Row(
        "pairing:nudge",
        ("pair",),
        "in ban ban no ok no no no no no",
        FOREIGN,
        post="in ban ban no bad no no no no no",
        post_foreign=FOREIGN_BAD,
    ),
    Row(
        "pairing:leave",
        ("pair",),
        PAIR,
        FOREIGN_PAIR,
        post=PAIR_GO,
        post_foreign=FOREIGN_PAIR,
    ),
    Row(
        "pairing:replan",
        ("pair",),
        "in ban ban no ok no no no no no",
        FOREIGN,
        post="in ban ban no go no no no no no",
        post_foreign=FOREIGN_GO,
    ),
    # Agreement, reviews and closing
    Row(
        "pairing:agreement",
        ("pair",),
        PAIR,
        FOREIGN_PAIR,
        post=PAIR_GO,
        post_foreign=FOREIGN_PAIR,
    ),
    pair_form("pairing:agreement_write", "pair"),
    Row(
        "pairing:close",
        ("pair",),
        PAIR,
        FOREIGN_PAIR,
        post=PAIR_GO,
        post_foreign=FOREIGN_PAIR,
    ),
    pair_form("pairing:afterwards", ("pair", "completed")),
    page("pairing:closing", "cohort", post=STAFF_GO, post_foreign=FOREIGN_GO),
    Row(
        "home:review",
        ("pair",),
        PAIR,
        FOREIGN_PAIR,
        post=PAIR_GO,
        post_foreign=FOREIGN_PAIR,
        fixed={"kind": "midpoint"},
    ),
    pair_form("pairing:pilot", "pair"),
    pair_form("pairing:plan", "pair"),
    Row(
        "pairing:session", ("session",), "in ok ok no ban no no no no no", FOREIGN_PAIR
    ),
    # The workspace: its two people, and only who added a thing changes it.
    Row("pairing:workspace", ("pair",), PAIR, FOREIGN_PAIR),
    pair_button("pairing:add_note", "pair", post=PAIR_BAD),
    pair_button("pairing:add_link", "pair", post=PAIR_BAD),
    pair_button("pairing:add_file", "pair", post=PAIR_BAD),
    Row(
        "pairing:note",
        ("note",),
        ADDED,
        NOBODY,
        post=ADDED.replace("ok", "bad"),
        post_foreign=NOBODY,
    ),
    *(
        Row(
            f"pairing:drop_{thing}",
            (thing,),
            ONLY_GET,
            ONLY_GET,
            post=ADDED.replace("ok", "go"),
            post_foreign=NOBODY,
        )
        for thing in ("note", "link", "file")
    ),
    Row("pairing:file", ("file",), "in ok ok no no no no no no no", NOBODY),
    # A notebook is everybody's own; these pages are the mentee's.
    Row("pairing:notebook", (), EVERYONE, post=EVERYONE.replace("ok", "bad")),
    Row(
        "pairing:notebook_page",
        ("page",),
        OWN_PAGE,
        NOBODY,
        post=OWN_PAGE.replace("ok", "bad"),
        post_foreign=NOBODY,
    ),
    Row(
        "pairing:drop_page",
        ("page",),
        ONLY_GET,
        ONLY_GET,
        post=OWN_PAGE.replace("ok", "go"),
        post_foreign=NOBODY,
    ),
    pair_form("pairing:move", ("session", "planned")),
    pair_button("pairing:cancel", ("session", "planned")),
    pair_button("pairing:missed", ("session", "planned")),
    # Finding a time, and calendars
    pair_form("pairing:find_time", "pair"),
    pair_form("pairing:counter", ("session", "proposed")),
    pair_button("pairing:accept", ("session", "proposed")),
    pair_button("pairing:decline", ("session", "proposed")),
    Row("pairing:session_file", (("session", "planned"),), PAIR, FOREIGN_PAIR),
    Row("pairing:calendar", (("secret", calendar),), OPEN, OPEN, NEVER, NEVER),
    Row("pairing:feed", (), EVERYONE, post=EVERYONE),
    form("charter:video_room", "program", post=STAFF_GO, post_foreign=FOREIGN_GO),
    Row("pairing:certificate", (("pair", "completed"),), PAIR, FOREIGN_PAIR),
    # Growth: what shows a step, what it taught, figures, and the plan
    pair_form("milestones:progress", "outcome"),
    pair_form("milestones:evidence", "milestone"),
    Row("milestones:lesson", ("lesson",), HERS, NOBODYS, HERS_BAD, NOBODYS),
    Row("milestones:lesson_share", ("lesson",), HERS, NOBODYS, HERS_BAD, NOBODYS),
    Row("milestones:lesson_skip", ("lesson",), ONLY_GET, ONLY_GET, HERS_GO, NOBODYS),
    Row(
        "milestones:lesson_withdraw", ("lesson",), ONLY_GET, ONLY_GET, HERS_GO, NOBODYS
    ),
    Row(
        "milestones:lessons",
        ("program",),
        "in ok ok ok ok no ban ban ban no",
        FOREIGN,
    ),
    page("milestones:measures", "program"),
    form("milestones:measure_new", "program"),
    form("milestones:measure_values", "program"),
    form("insights:workforce", "program"),
    Row("milestones:plan", ("pair",), "in ban ok no ban no no no no no", FOREIGN_PAIR),
    Row(
        "milestones:plan_pdf",
        ("pair",),
        "in ban ok no ban no no no no no",
        FOREIGN_PAIR,
    ),
    pair_form("milestones:outcome_new", "pair", fixed={"side": "mentee"}),
    pair_form("milestones:outcome", "outcome"),
    pair_button("milestones:outcome_close", "outcome"),
    pair_form("milestones:milestone_new", "pair"),
    pair_form("milestones:milestone", "milestone"),
    pair_button("milestones:confirm", "milestone"),
    pair_button("milestones:drop", "milestone"),
    Row(
        "milestones:promise",
        ("promise",),
        ONLY_GET,
        ONLY_GET,
        post="in ban go no no no no no no no",
        post_foreign="in no no no no no no no no no",
    ),
    Row(
        "feedback:reflect",
        ("reflection",),
        "in no ok no no no no no no no",
        "in no no no no no no no no no",
        post="in no go no no no no no no no",
        post_foreign="in no no no no no no no no no",
    ),
    Row(
        "feedback:suggestion",
        (("reflection", low_reflection),),
        "in no ok no no no no no no no",
        "in no no no no no no no no no",
    ),
    Row(
        "feedback:check_in",
        ("check_in",),
        MINE,
        FOREIGN_MINE,
        post=MINE_BAD,
        post_foreign=FOREIGN_MINE,
    ),
    # Ideas. Guides are for those who facilitate or coordinate.
    Row("library:ideas", (), EVERYONE),
    Row("library:item", (), EVERYONE, fixed=FIRST_MEETING),
    Row("library:agenda", (), EVERYONE, fixed=FIRST_MEETING),
    Row(
        "home:guided",
        ("session",),
        "in no ok no ban no no no no no",
        FOREIGN_PAIR,
        post="in no bad no ban no no no no no",
        post_foreign=FOREIGN_PAIR,
        fixed={"sheet": "looking-back"},
    ),
    page("library:own", "program"),
    form("library:new", "program"),
    form("library:write", "program", fixed=FIRST_MEETING),
    page("library:preview", "program", fixed=OWN_IDEA),
    button("library:publish", "program", fixed=OWN_IDEA),
    button("library:take_back", "program", fixed=OWN_IDEA),
    # In confidence: the mentee wrote to the facilitator, and nobody else knows.
    Row("feedback:concerns", (), EVERYONE),
    Row(
        "feedback:raise_concern",
        (),
        EVERYONE,
        post="in bad bad bad bad bad bad bad bad bad",
    ),
    Row(
        "feedback:concern",
        ("concern",),
        "in no ok no no no ok no no no",
        "in no no no no no no no no no",
        post="in no bad no no no bad no no no",
        post_foreign="in no no no no no no no no no",
    ),
    Row(
        "feedback:move_concern",
        ("concern",),
        ONLY_GET,
        ONLY_GET,
        post="in no ban no no no go no no no",
        post_foreign="in no no no no no no no no no",
        data={"state": "acknowledged"},
    ),
    # Growth, and feedback to each other
    Row(
        "feedback:asking",
        ("asking",),
        "in no ok no no no no no no no",
        "in no no no no no no no no no",
        post="in no go no no no no no no no",
        post_foreign="in no no no no no no no no no",
    ),
    Row(
        "feedback:growth",
        ("participant",),
        "in no ok no no no no no no no",
        "in no no no no no no no no no",
    ),
    Row(
        "home:observe",
        ("participant",),
        "in no ok no no no no no no no",
        "in no no no no no no no no no",
        post="in no bad no no no no no no no",
        post_foreign="in no no no no no no no no no",
    ),
    # The colleague has no account; whoever made the link may only pass it on.
    Row(
        "feedback:observe",
        (("token", seen_by_a_colleague),),
        OPEN,
        OPEN,
        post="bad bad ok bad bad bad bad bad bad bad",
        post_foreign=OPEN.replace("ok", "bad"),
    ),
    form("feedback:measures", "program"),
    pair_form("feedback:each_other", "pair", post=PAIR_GO),
    Row(
        "feedback:give",
        ("feedback_request",),
        "in ban ok no no no no no no no",
        "in no no no no no no no no no",
        post="in ban bad no no no no no no no",
        post_foreign="in no no no no no no no no no",
    ),
    # Stories: the mentee tells one and asks the mentor; another is offered.
    Row("feedback:stories", (), EVERYONE),
    pair_form("feedback:tell", "pair"),
    Row(
        "feedback:story",
        ("story",),
        "in ok ok no no no no no no no",
        "in no no no no no no no no no",
        post="in go ban no no no no no no no",
        post_foreign="in no no no no no no no no no",
        data={"do": "agree", "seen": "other words"},
    ),
    Row(
        "feedback:story_change",
        ("story",),
        "in ban ok no no no no no no no",
        "in no no no no no no no no no",
        post="in ban bad no no no no no no no",
        post_foreign="in no no no no no no no no no",
    ),
    page("insights:stories", "program"),
    Row(
        "insights:publishing",
        (("story", lambda program: program.offered.pk),),
        "in no no no ok no no no no no",
        "in no no no no ok no no no no",
        post="in no no no bad no no no no no",
        post_foreign="in no no no no bad no no no no",
        data={"measure": "nonsense"},
    ),
    Row("insights:told", (), EVERYONE),
    # Figures
    Row("insights:report", ("program",), REPORT, FOREIGN),
    page("insights:learning", "program"),
    page("insights:health", "program"),
    page("insights:behind", "program", fixed={"metric": "rhythm"}),
    page("insights:funnel", "program"),
    page("insights:waiting", "program", fixed={"step": "met"}),
    page("insights:patterns", "program"),
    page("insights:insight_csv", "program", fixed={"what": "funnel"}),
    page("ops:delivery", "program"),
    button("ops:retry", "program", "notice"),
    button("ops:retry_all", "program"),
    form("ops:rooms", "program"),
    button("ops:try_room", "program", "room"),
    button("ops:drop_room", "program", "room"),
    Row("insights:report_csv", ("program",), REPORT, FOREIGN),
    # Nothing is published here, so there is nothing to print.
    Row("insights:report_pdf", ("program",), REPORT.replace("ok", "no"), NOBODY),
    Row("insights:protects", (), EVERYONE, EVERYONE),
    page("insights:periods", "program", post=STAFF_GO, post_foreign=FOREIGN_GO),
    form("insights:rule", "program"),
    page("insights:regions", "program", post=STAFF_GO, post_foreign=FOREIGN_GO),
    page(
        "insights:period",
        "period",
        post=STAFF_GO,
        post_foreign=FOREIGN_GO,
        data={"act": "narrate", "narrative": "Most pairs meet."},
    ),
    page("insights:preview", "period"),
    form("insights:theme_new", "period"),
    form("insights:theme", "theme"),
    # One's own account
    Row(
        "outbox:unsubscribe",
        (("token", unsubscribing),),
        OPEN,
        OPEN,
        post=OPEN,
        post_foreign=OPEN,
    ),
    Row("account_login", (), DOOR, post="bad go go go go go go go go go"),
    Row("account_request_login_code", (), DOOR, post="bad go go go go go go go go go"),
    Row("account_confirm_login_code", (), INSIDE, post=INSIDE),
    Row("account_signup", (), DOOR, post=DOOR),
    # Signing out leads to the sign-in page.
    Row("account_logout", (), EVERYONE, post="in " * 10),
    Row("account_inactive", (), OPEN, post="not " * 10),
    Row("account_reset_password", (), OPEN, post="bad " * 10),
    Row("account_reset_password_done", (), OPEN, post="not " * 10),
    Row("account_reset_password_from_key_done", (), OPEN, post="not " * 10),
    Row(
        "account_reset_password_from_key",
        (),
        OPEN,
        post=OPEN.replace("ok", "bad"),
        fixed={"uidb36": "1", "key": "set-password"},
    ),
    Row(
        "account_confirm_email",
        (),
        OPEN,
        post=OPEN.replace("ok", "no"),
        fixed={"key": "nothing"},
    ),
    Row("account_email_verification_sent", (), OPEN, post="not " * 10),
    # Nobody in this world has a password, so they may set one, not change it.
    Row("account_change_password", (), INSIDE, post=INSIDE),
    Row("account_set_password", (), EVERYONE, post=EVERYONE.replace("ok", "bad")),
    Row("account_reauthenticate", (), NO_WAY, post=NO_WAY),
    Row("account_email", (), EVERYONE, post=INSIDE),
    Row("accounts:address", (), EVERYONE, post=INSIDE),
    Row(
        "accounts:settings", (), EVERYONE, post="in bad bad bad bad bad bad bad bad bad"
    ),
    Row("outbox:preferences", (), EVERYONE, post=EVERYONE.replace("ok", "go")),
    Row("outbox:messages", (), EVERYONE),
    Row("outbox:write_again", (), ONLY_GET, post=EVERYONE.replace("ok", "go")),
    # For machines
    Row("ops:livez", (), OPEN, post="not not not not not not not not not not"),
    Row("ops:readyz", (), OPEN, post="not not not not not not not not not not"),
    # For who brings the token, which nobody here does.
    Row("ops:healthz", (), ABSENT, post="not not not not not not not not not not"),
    Row("ops:metrics", (), ABSENT, post="not not not not not not not not not not"),
]


def addresses(resolver=None, space="") -> set[str]:
    """The name of every address the site answers."""
    found = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            deeper = f"{pattern.namespace}:" if pattern.namespace else ""
            found |= addresses(pattern, space + deeper)
        else:
            assert pattern.name, f"{pattern} has no name"
            found.add(space + pattern.name)
    return found


@pytest.mark.django_db
def test_no_page_stands_before_another_at_its_address():
    world = a_world()
    answers = {row.name: resolve(address(row, world.own)).view_name for row in ROWS}
    hidden = {name: by for name, by in answers.items() if name != by}
    # Ours instead of the library's page, on purpose.
    assert hidden == {"account_email": "accounts:address"}


def test_every_address_has_a_row():
    assert addresses() == {row.name for row in ROWS}


def shapes(resolver=None, before="") -> list[str]:
    """The shape of every address: its path without the names of its parts."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        path = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            found += shapes(pattern, path)
        else:
            found.append(re.sub(r"<(\w+):\w+>", r"<\1>", path))
    return found


def test_no_two_pages_share_an_address():
    hidden = {shape for shape, count in Counter(shapes()).items() if count > 1}
    # Our own page of the address stands before that of allauth.
    assert hidden == {"accounts/email/"}


def address(row, program) -> str:
    """The row's address with the things of one program in it."""
    named = [part if isinstance(part, tuple) else (part, part) for part in row.parts]
    things = {
        name: thing(program) if callable(thing) else program.things[thing].pk
        for name, thing in named
    }
    return reverse(row.name, kwargs=things | row.fixed)


def answer(user, method, url, data):
    """The status for `user`, with whatever the request changed undone."""
    client = Client()
    if user is not None:
        client.force_login(user)
    with transaction.atomic():
        response = getattr(client, method)(url, data)
        transaction.set_rollback(True)
    signing_in = response.status_code == 302 and "/accounts/login/" in response.url
    return "in" if signing_in else response.status_code


def fits(status, expected: str) -> bool:
    return status == "in" if expected == "in" else status in STATUS[expected]


@pytest.mark.django_db(databases=["default", "publisher", "steer"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_everyone_gets_what_is_theirs(row):
    world = a_world()
    wrong = []
    for whose, method, expected in (
        ("own", "get", row.get),
        ("foreign", "get", row.get_foreign),
        ("own", "post", row.post),
        ("foreign", "post", row.post_foreign),
    ):
        if whose == "foreign" and not row.parts:
            continue
        url = address(row, getattr(world, whose))
        assert len(expected.split()) == len(ROLES), f"{row.name}: {expected}"
        for role, wanted in zip(ROLES, expected.split(), strict=True):
            status = answer(world.people[role], method, url, row.data)
            if not fits(status, wanted):
                wrong.append(f"{method} {whose} {role}: {status}, not {wanted}")
    assert not wrong, "\n".join(wrong)
