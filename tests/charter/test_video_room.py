"""The address of a program's video rooms."""

import pytest

from mentorship.accounts.models import AuditEntry
from mentorship.charter.forms import VideoRoomForm
from pairing.appointments import video_room
from pairing.models import Session
from tests.factories import PairFactory, ProgramFactory, RoleFactory


@pytest.mark.parametrize(
    "template",
    [
        "",
        "https://meet.kestrel.example/{session}",
        "https://meet.kestrel.example/room?number={session}#now",
    ],
)
def test_an_address_with_a_place_for_the_number_is_taken(template):
    assert VideoRoomForm({"video_room": template}).is_valid()


@pytest.mark.parametrize(
    "template",
    [
        "http://meet.kestrel.example/{session}",
        "https://meet.kestrel.example/one-for-all",
        "https://{session}.kestrel.example/",
        "https://user:{session}@kestrel.example/",
        "https://[{session}/",
        "https://",
        "javascript:alert('{session}')",
        "meet.kestrel.example/{session}",
        "https://meet.kestrel.example/{session} and more",
        "https://meet.kestrel.example/" + "x" * 300 + "{session}",
    ],
)
def test_other_addresses_are_refused_with_what_to_do(template):
    form = VideoRoomForm({"video_room": template})
    assert form.errors["video_room"]


@pytest.mark.django_db
def test_a_coordinator_sets_it_and_the_log_says_so(client):
    program = ProgramFactory()
    client.force_login(RoleFactory(program=program).user)
    template = "https://meet.kestrel.example/{session}"
    address = f"/programs/{program.pk}/video-room/"
    assert client.post(address, {"video_room": template}).status_code == 302
    program.refresh_from_db()
    assert program.video_room == template
    assert AuditEntry.objects.latest("at").verb == "set video room"
    answer = client.post(address, {"video_room": "meet us"})
    assert answer.status_code == 422
    assert b"meet us" in answer.content


@pytest.mark.django_db
def test_only_video_sessions_have_a_room_and_each_its_own():
    pair = PairFactory()
    pair.cohort.program.video_room = "https://meet.kestrel.example/{session}"
    first, second = (Session(pair=pair, channel="video") for _ in range(2))
    assert video_room(first) != video_room(second)
    assert video_room(first) == video_room(first)
    assert str(first.pk) not in video_room(first)
    assert video_room(Session(pair=pair, channel="phone")) == ""
