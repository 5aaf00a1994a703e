"""A coordinator gives a chat room to the program, tries it, and takes it away."""

import pytest
from django.urls import reverse

from mentorship.accounts.models import AuditEntry
from mentorship.outbox.models import ChatRoom, Notice
from tests.factories import CohortFactory, ProgramFactory, RoleFactory

pytestmark = pytest.mark.django_db
ROOM = {
    "label": "General",
    "address": "jsons://chat.example.org/secret-token",
    "kinds": ["announcement"],
    "language": "en",
}


@pytest.fixture
def program(client):
    program = ProgramFactory()
    CohortFactory(program=program)
    client.force_login(RoleFactory(program=program).user)
    return program


def send(client, program, **changes):
    address = reverse("ops:rooms", args=[program.pk])
    return client.post(address, {**ROOM, **changes})


def test_a_room_is_added_tried_and_removed_and_its_address_is_not_shown(
    program, client
):
    assert send(client, program).status_code == 302
    room = ChatRoom.objects.get()
    page = client.get(reverse("ops:rooms", args=[program.pk])).content.decode()
    assert "General" in page
    assert "secret-token" not in page
    for _twice in range(2):
        client.post(reverse("ops:try_room", args=[program.pk, room.pk]))
    assert Notice.objects.get(room=room).template == "outbox/hello"
    client.post(reverse("ops:drop_room", args=[program.pk, room.pk]))
    assert not ChatRoom.objects.exists()
    said = str(list(AuditEntry.objects.values_list("verb", "changes")))
    assert "removed chat room" in said
    assert "secret-token" not in said


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"address": "jsons://127.0.0.1/x"}, "address"),
        ({"address": "mailto://a@example.org"}, "address"),
        ({"kinds": []}, "kinds"),
        ({"kinds": ["concern"]}, "kinds"),
        ({"language": "xx"}, "language"),
        ({"label": ""}, "label"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_is_kept(
    program, client, changes, field
):
    answer = send(client, program, **changes)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    typed = changes.get("address", ROOM["address"])
    assert typed in answer.content.decode()


def test_two_rooms_of_one_program_have_two_names(program, client, monkeypatch):
    send(client, program)
    assert send(client, program).status_code == 422
    # Somebody else adds it after the form was checked.
    monkeypatch.setattr(ChatRoom, "validate_constraints", lambda *_, **exclude: None)
    late = send(client, program)
    assert late.status_code == 422
    assert "A room of this name is already there." in late.content.decode()
    assert ChatRoom.objects.count() == 1


def test_another_programs_room_is_not_found(program, client):
    send(client, program)
    room, other = ChatRoom.objects.get(), ProgramFactory()
    client.force_login(RoleFactory(program=other).user)
    for name in ("ops:try_room", "ops:drop_room"):
        for owner in (program, other):
            address = reverse(name, args=[owner.pk, room.pk])
            assert client.post(address).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_needs_as_many_queries_for_three_rooms_as_for_one(
    program, client, django_assert_num_queries, rows
):
    for n in range(rows):
        send(client, program, label=f"Room {n}")
    with django_assert_num_queries(10):
        client.get(reverse("ops:rooms", args=[program.pk]))
