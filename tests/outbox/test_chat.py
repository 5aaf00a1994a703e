"""Chat rooms: what they hear, and that no address leads into the network behind us."""

import socket
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentorship.accounts.models import SealKey
from mentorship.outbox import actions, chat
from mentorship.outbox.chat import door
from mentorship.outbox.models import ChatRoom, Gate, Kind, Notice
from tests.factories import NoticeFactory, ProgramFactory, UserFactory

NOW = timezone.now()


@pytest.fixture
def server(settings):
    """An HTTP server on this machine, which an administrator has allowed by name."""
    heard = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append((self.path, body.decode()))
            status = 302 if self.path.startswith("/away") else 200
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1/elsewhere")
            self.end_headers()

        def log_message(self, *args):
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.CHAT_PORTS = [server.server_port]
    settings.CHAT_SCHEMES = ["json", "jsons"]
    settings.CHAT_PRIVATE_HOSTS = ["localhost"]
    server.heard = heard
    yield server
    server.shutdown()
    server.server_close()


def a_room(address, program=None, **fields) -> ChatRoom:
    fields = {"kinds": ["announcement"], "label": "General", **fields}
    return actions.add_room(
        program_id=(program or ProgramFactory()).pk,
        address=address,
        language="en",
        by=UserFactory(),
        at=NOW,
        **fields,
    )


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/x",
        "json://127.0.0.1/x",
        "jsons://127.0.0.1/x",
        "jsons://10.1.2.3/x",
        "jsons://169.254.169.254/latest",
        "jsons://100.64.0.1/x",
        "jsons://[::1]/x",
        "jsons://[64:ff9b::7f00:1]/x",
        "jsons://[2002:7f00:1::]/x",
        "jsons://[::ffff:127.0.0.1]/x",
        "jsons://[2001:0:7f00:1::]/x",
        "jsons://[fe80::1]/x",
        "jsons://chat.example.org/x?verify=no",
        "slack://a/b/c?template=/etc/passwd",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/?sig=1;template=/x",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#a?template=/x",
        "jsons://chat.example.org/x?sig=1;verify=no",
        "jsons://chat.example.org/x#?redirect=yes",
        "jsons://chat.example.org/x?sig=1&%76erify=no",
        "mailto://user:secret@example.org",
        "file:///etc/passwd",
        "syslog://",
        "https://example.org/hook",
        "jsons://chat.example.org/\nHost: x",
        "",
    ],
)
def test_an_address_that_leads_anywhere_but_to_a_chat_is_refused(address, settings):
    with pytest.raises(chat.Refused):
        chat.check(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
        "mmosts://chat.example.org/abcdefghijklmnopqrstuvwxyz",
        "https://discord.com/api/webhooks/123456789/abcdef",
        "ntfys://ntfy.example.org/topic",
        "jsons://chat.example.org/hook",
    ],
)
def test_webhooks_of_chats_are_taken(address):
    assert chat.check(address)


PRIVATE = [
    "127.0.0.1",
    "10.0.0.5",
    "169.254.169.254",
    "0.0.0.0",
    "::1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "::ffff:10.0.0.5",
    "fe80::1%1",
]


def resolving(monkeypatch, *answers):
    """Names lead to these addresses, one answer after the other."""
    asked = iter(answers)

    def getaddrinfo(host, port, **more):
        return [
            (
                socket.AF_INET6 if ":" in address else socket.AF_INET,
                socket.SOCK_STREAM,
                6,
                "",
                (address, port),
            )
            for address in next(asked)
        ]

    monkeypatch.setattr(door.socket, "getaddrinfo", getaddrinfo)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_inside_is_refused_even_beside_a_public_address(
    address, monkeypatch
):
    resolving(monkeypatch, ["93.184.215.14", address])
    with pytest.raises(chat.Refused):
        door.connect("chat.example.org", 443)


def test_a_name_is_resolved_once_and_what_was_looked_at_is_connected_to(monkeypatch):
    """A second answer, which leads inside, is never asked for (DNS rebinding)."""
    resolving(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])
    reached = []

    class Socket(socket.socket):
        def connect(self, address):
            reached.append(address)
            raise ConnectionRefusedError

    monkeypatch.setattr(door.socket, "socket", Socket)
    with door.guarded(), pytest.raises(requests.ConnectionError):
        requests.post("https://chat.example.org/x", timeout=1)
    assert reached == [("93.184.215.14", 443)]


def test_a_port_that_is_not_listed_is_refused():
    with door.guarded(), pytest.raises(chat.Refused):
        requests.post("https://chat.example.org:6379/x", timeout=1)


def test_outside_the_door_requests_are_as_ever(server):
    address = f"http://127.0.0.1:{server.server_port}/plain"
    assert requests.post(address, data="x", timeout=5).status_code == 200
    with door.guarded(), pytest.raises(chat.Refused):
        requests.post(address, data="x", timeout=5)


def test_no_proxy_of_the_environment_is_used(server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with door.guarded():
        answer = requests.post(
            f"http://localhost:{server.server_port}/direct", data="x", timeout=5
        )
    assert (answer.status_code, server.heard[0][0]) == (200, "/direct")


@pytest.mark.django_db
def test_a_room_hears_what_everybody_may_hear_once(server):
    program = ProgramFactory(name="Rising Leads")
    a_room(f"json://localhost:{server.server_port}/room", program)
    a_room("jsons://other.example/x", label="Quiet", program=program, kinds=["digest"])
    for _again in range(2):
        actions.tell_rooms(
            program.pk,
            Kind.ANNOUNCEMENT,
            template="charter/published",
            key="charter:1",
            context={"program": program.name, "path": "/"},
            at=NOW,
        )
    assert [actions.sweep(NOW), actions.sweep(NOW)] == [1, 0]
    ((path, body),) = server.heard
    assert path == "/room"
    assert "Rising Leads has a new charter" in body


@pytest.mark.django_db
def test_a_redirect_is_refused_and_the_row_says_so(server):
    room = a_room(f"json://localhost:{server.server_port}/away")
    actions.try_room(room, program="Rising Leads", at=NOW)
    assert actions.sweep(NOW) == 0
    notice = Notice.objects.get()
    assert (notice.state, notice.trouble) == ("dead", "chat")
    assert "redirects" in notice.last_error
    assert len(server.heard) == 1


@pytest.mark.django_db
def test_a_chat_that_is_away_neither_stops_mail_nor_shuts_the_gate(server):
    server.shutdown()
    server.server_close()
    room = a_room(f"json://localhost:{server.server_port}/room")
    actions.try_room(room, program="Rising Leads", at=NOW - timedelta(hours=3))
    NoticeFactory()
    assert actions.sweep(NOW - timedelta(hours=1)) == 1
    notice = Notice.objects.get(room=room)
    assert (notice.state, notice.trouble) == ("pending", "chat")
    assert actions.sweep(NOW) == 0


@pytest.mark.django_db
def test_rooms_hear_once_a_week_that_check_ins_went_out(server):
    program = ProgramFactory()
    address = f"json://localhost:{server.server_port}/room"
    a_room(address, program, kinds=["check-in"])
    a_room(address, kinds=["check-in"])
    assert actions.tell_of_check_ins(NOW) == 0
    NoticeFactory(kind=Kind.CHECK_IN, program_id=program.pk)
    actions.sweep(NOW)
    for _hour in range(2):
        actions.tell_of_check_ins(NOW)
    assert actions.sweep(NOW) == 1


@pytest.mark.django_db
def test_the_address_is_sealed_and_forgotten_with_the_room():
    room = a_room("jsons://chat.example.org/secret-token")
    kept = ChatRoom.objects.get()
    assert kept.address == "jsons://chat.example.org/secret-token"
    assert b"secret-token" not in bytes(kept.sealed_address)
    actions.drop_room(room, by=UserFactory())
    assert not SealKey.objects.filter(pk=kept.pk).exists()


@pytest.mark.django_db
def test_a_notice_is_for_a_person_or_a_room():
    room = a_room("jsons://chat.example.org/x")
    for people in ({"recipient": None}, {"room": room}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NoticeFactory(**people)
    NoticeFactory(recipient=None, room=room, channel="chat")


@pytest.mark.django_db
def test_a_message_to_a_room_does_not_say_that_the_mail_server_is_back(server):
    room = a_room(f"json://localhost:{server.server_port}/room")
    actions.try_room(room, program="Kestrel", at=NOW)
    Gate.objects.update(failures=3)
    assert actions.sweep(NOW) == 1
    assert Gate.objects.get().failures == 3
    NoticeFactory()
    assert actions.sweep(NOW) == 1
    assert Gate.objects.get().failures == 0
