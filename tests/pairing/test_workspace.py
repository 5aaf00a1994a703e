"""A pair's workspace: for the two, until their end, within limits, kept sealed."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.acting import acting_as
from mentorship.ui.receiving import MAX_BYTES, InMemoryToALimit
from pairing import actions
from pairing.actions import workspace as rules
from pairing.forms import LinkForm
from pairing.models import File, Link, Note
from pairing.uploads import accept
from pairing.views.workspace import as_download
from tests import factories as make
from tests import uploads
from tests.races import at_once

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def pair():
    return make.PairFactory()


@pytest.fixture
def storage():
    return File._meta.get_field("stored").storage


def a_note(pair, body="Next time", by=None, form_id=None):
    by = by or pair.mentee.user
    return actions.write_note(
        pair, by=by, at=NOW, body=body, form_id=form_id or uuid4()
    )


def a_file(pair, name="plan.pdf", content=None, form_id=None):
    file = accept(name, content or uploads.a_pdf())
    by = pair.mentee.user
    return actions.keep_file(pair, by=by, at=NOW, file=file, form_id=form_id or uuid4())


def end(pair):
    by = make.RoleFactory(program=pair.cohort.program).user
    actions.end_pairs([pair], ending="completed", by=by, at=NOW)


def send(client, user, name, thing, data=None):
    client.force_login(user)
    data = {"form_id": uuid4(), **(data or {})}
    return client.post(reverse(f"pairing:{name}", args=[thing.pk]), data)


def read(client, user, pair):
    client.force_login(user)
    return client.get(reverse("pairing:workspace", args=[pair.pk])).content.decode()


# ---------------------------------------------------------------------------- notes
def test_a_note_is_read_by_both_as_safe_markdown(client, pair):
    body = "**Ask** [this](javascript:alert(1)) <script>x</script>"
    assert send(client, pair.mentee.user, "add_note", pair, {"body": body}).url
    for user in (pair.mentee.user, pair.mentor.user):
        html = read(client, user, pair)
        assert "<strong>Ask</strong>" in html
        assert 'href="javascript:' not in html
        assert "<script>x" not in html


def test_every_place_to_write_says_first_who_reads_it(client, pair):
    html = read(client, pair.mentee.user, pair)
    label = f"You and {pair.mentor.short_name}"
    for form in ("add_note", "add_link", "add_file"):
        before = html[: html.index(reverse(f"pairing:{form}", args=[pair.pk]))]
        assert label in before[before.rindex("note__who") :]


def test_the_same_form_sent_twice_is_one_note(client, pair):
    data = {"body": "Once", "form_id": uuid4()}
    for _ in range(2):
        send(client, pair.mentee.user, "add_note", pair, data)
    with acting_as(pair.mentee.user):
        assert Note.objects.count() == 1


def test_an_empty_note_is_refused_beside_its_field(client, pair):
    page = send(client, pair.mentee.user, "add_note", pair, {"body": "  "})
    assert page.status_code == 422
    html = page.content.decode()
    assert 'id="note_form_body_error"' in html
    assert re.search(r'aria-describedby="[^"]*note_form_body_error', html)


def test_a_refused_link_keeps_what_was_typed(client, pair):
    data = {"url": "javascript:alert(1)", "title": "My list"}
    page = send(client, pair.mentee.user, "add_link", pair, data)
    assert page.status_code == 422
    assert "javascript:alert(1)" in page.context["link_form"]["url"].value()
    assert 'value="My list"' in page.content.decode()


def test_only_its_writer_rewords_a_note(client, pair):
    note = a_note(pair)
    data = {"body": "Better", "version": 1}
    assert send(client, pair.mentor.user, "note", note, data).status_code == 403
    assert send(client, pair.mentee.user, "note", note, data).status_code == 302
    with acting_as(pair.mentee.user):
        fresh = Note.objects.get()
        assert (fresh.body, fresh.version) == ("Better", 2)


def test_a_stale_save_shows_both_texts(client, pair):
    note = a_note(pair, "As it was")
    user = pair.mentee.user
    send(client, user, "note", note, {"body": "From the phone", "version": 1})
    page = send(client, user, "note", note, {"body": "From the desk", "version": 1})
    assert page.status_code == 409
    html = page.content.decode()
    assert "From the phone" in html
    assert "From the desk</textarea>" in html
    assert 'name="version" value="2"' in html
    data = {"body": "From the desk", "version": 2}
    assert send(client, user, "note", note, data).status_code == 302


def test_many_notes_come_in_pages(client, pair):
    for number in range(21):
        a_note(pair, f"note number {number}")
    assert read(client, pair.mentor.user, pair).count("note number") == 20


def test_a_page_of_one_and_of_three_takes_as_many_queries(
    client, pair, django_assert_max_num_queries
):
    a_note(pair)
    client.force_login(pair.mentor.user)
    address = reverse("pairing:workspace", args=[pair.pk])
    client.get(address)
    with django_assert_max_num_queries(12) as one:
        client.get(address)
    for number in range(2):
        a_note(pair, f"note {number}")
    taken = len(one)
    with django_assert_max_num_queries(taken):
        client.get(address)


# ---------------------------------------------------------------------------- links
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://example.org/a?b=1#c", "https://example.org/a?b=1#c"),
        ("http://example.org", "http://example.org"),
        ("example.org/rota", "https://example.org/rota"),
        ("mailto:rosa@example.org", "mailto:rosa@example.org"),
        ("https://bücher.example/ä", "https://bücher.example/ä"),
    ],
)
def test_an_address_to_visit_or_write_to_is_kept(typed, kept):
    form = LinkForm({"url": typed, "form_id": uuid4()})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["url"] == kept


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "ftp://a.b",
        ),
        *(
            "file:///etc/passwd",
            "https://",
            "https://user:pw@example.org",
            "words only",
        ),
        *("https://[::1", "https://a.b:99999999/", 'https://a.b/"onclick=', "mailto:x"),
        *(
            "//evil.example",
            "java\tscript:alert(1)",
            "https://a.b/<script>",
            "\u202e.b",
        ),
    ],
)
def test_no_other_address_is_kept(typed):
    form = LinkForm({"url": typed, "form_id": uuid4()})
    assert not form.is_valid()
    assert list(form.errors) == ["url"]


def test_a_link_is_a_link_and_nothing_is_fetched(client, pair):
    data = {"url": "example.org", "title": "<b>The rota</b>"}
    send(client, pair.mentee.user, "add_link", pair, data)
    html = read(client, pair.mentor.user, pair)
    assert 'href="https://example.org" rel="noopener noreferrer nofollow"' in html
    assert "&lt;b&gt;The rota" in html


# ---------------------------------------------------------------------------- files
def upload(client, user, pair, name, content):
    file = SimpleUploadedFile(name, content)
    return send(client, user, "add_file", pair, {"file": file})


def test_a_file_is_sealed_on_disk_and_comes_back_whole(client, pair, storage):
    content = uploads.a_pdf(b"our plan")
    upload(client, pair.mentee.user, pair, "Plan für Linh.pdf", content)
    with acting_as(pair.mentee.user):
        file = File.objects.get()
        with storage.open(file.stored.name) as kept:
            stored = kept.read()
        assert re.fullmatch("[0-9a-f]{32}", file.stored.name)
        assert b"our plan" not in stored
        assert b"%PDF" not in stored
    client.force_login(pair.mentor.user)
    answer = client.get(reverse("pairing:file", args=[file.pk]))
    assert answer.content == content
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    said = answer.headers["Content-Disposition"]
    assert said == "attachment; filename*=utf-8''Plan%20f%C3%BCr%20Linh.pdf"


@pytest.mark.parametrize(
    "name", ['a";x="b.txt', "a\r\nX-Header: 1.txt", "\u202etxt.exe"]
)
def test_a_name_cannot_break_out_of_its_header(name):
    said = as_download(name, b"words")["Content-Disposition"]
    assert "\n" not in said
    assert said.startswith(("attachment; filename*=utf-8''", 'attachment; filename="'))
    assert '";x="' not in said.replace('\\"', "")


def test_a_refused_file_says_why_beside_its_field(client, pair, storage):
    before = set(rules.stored_names(storage))
    page = upload(client, pair.mentee.user, pair, "logo.svg", b"<svg/>")
    assert page.status_code == 422
    html = page.content.decode()
    assert "can run programs" in html
    assert 'id="file_form_file_error"' in html
    assert set(rules.stored_names(storage)) == before


def test_too_large_a_file_is_refused_beside_its_field(client, pair):
    page = upload(client, pair.mentee.user, pair, "a.txt", b"a" * (MAX_BYTES + 1))
    assert page.status_code == 422
    assert "up to 10 MB" in page.content.decode()


def test_nothing_is_held_of_a_file_over_the_limit():
    handler = InMemoryToALimit()
    handler.new_file("file", "a.txt", "text/plain", None)
    chunk = b"a" * (MAX_BYTES // 4)
    for number in range(5):
        handler.receive_data_chunk(chunk, number * len(chunk))
    kept = handler.file_complete(5 * len(chunk))
    assert (kept.size, kept.read()) == (5 * len(chunk), b"")


def test_a_file_moved_to_another_row_does_not_open(pair, storage):
    one, two = a_file(pair), a_file(pair)
    with acting_as(pair.mentee.user):
        two.stored = one.stored.name
        with pytest.raises(InvalidTag):
            actions.read_file(two)


@pytest.mark.django_db(transaction=True)
def test_deleting_takes_the_bytes_with_it(client, pair, storage):
    file = a_file(pair)
    assert storage.exists(file.stored.name)
    send(client, pair.mentee.user, "drop_file", file)
    assert not storage.exists(file.stored.name)
    with acting_as(pair.mentee.user):
        assert not File.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_deletion_taken_back_keeps_the_bytes(pair, storage):
    file = a_file(pair)
    with transaction.atomic():
        actions.take_away(file, by=pair.mentee.user)
        transaction.set_rollback(True)
    with acting_as(pair.mentee.user):
        assert actions.read_file(File.objects.get())


def test_the_night_deletes_files_that_no_row_knows(pair, storage):
    kept = a_file(pair)
    lost = storage.save(uuid4().hex, ContentFile(b"left over"))
    assert actions.sweep_files(NOW) == 0  # it may be on its way in
    actions.sweep_files(NOW + timedelta(days=1))
    assert not storage.exists(lost)
    assert storage.exists(kept.stored.name)
    assert actions.sweep_files(NOW + timedelta(days=1)) == 0


def test_the_night_learns_no_row_of_a_file(pair):
    a_file(pair)
    actions.sweep_files(NOW + timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pairing_file")
        assert cursor.fetchone() == (0,)


# --------------------------------------------------------------- limits and endings
@pytest.mark.parametrize(
    ("model", "form", "data"),
    [
        (Note, "add_note", {"body": "One more"}),
        (Link, "add_link", {"url": "https://example.org"}),
        (File, "add_file", {}),
    ],
)
def test_a_full_workspace_says_so_beside_the_field(
    client, pair, monkeypatch, model, form, data
):
    monkeypatch.setitem(rules.MOST, model, 1)
    texts = {"body": "One", "url": "https://example.org"}
    for expected in (302, 422):
        if form == "add_file":
            data = {"file": SimpleUploadedFile("a.txt", b"words")}
        page = send(client, pair.mentee.user, form, pair, data or texts)
        assert page.status_code == expected
    assert "Delete one to make room" in page.content.decode()
    assert "_error" in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_pass_the_limit(monkeypatch):
    pair = make.PairFactory()
    monkeypatch.setitem(rules.MOST, Note, 1)
    results = at_once(
        lambda: a_note(pair, by=pair.mentee.user),
        lambda: a_note(pair, by=pair.mentor.user),
    )
    kinds = sorted(type(result).__name__ for result in results)
    assert kinds == ["Note", "WorkspaceIsFull"]


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_twice_at_once_is_one_file(storage):
    pair, form_id = make.PairFactory(), uuid4()
    results = at_once(*[lambda: a_file(pair, form_id=form_id)] * 2)
    assert len({result.pk for result in results}) == 1
    with acting_as(pair.mentee.user):
        assert File.objects.count() == 1


def test_after_the_end_all_is_read_and_nothing_is_written(client, pair):
    note, file = a_note(pair, "Kept for later"), a_file(pair)
    end(pair)
    user = pair.mentee.user
    html = read(client, user, pair)
    assert "Kept for later" in html
    assert "Your pair has ended" in html
    assert "<textarea" not in html
    assert client.get(reverse("pairing:file", args=[file.pk])).status_code == 200
    for name, thing in (
        *(("add_note", pair), ("add_link", pair), ("add_file", pair)),
        *(("note", note), ("drop_note", note), ("drop_file", file)),
    ):
        data = {"body": "x", "url": "https://a.b", "version": 1}
        assert send(client, user, name, thing, data).status_code == 403


def test_an_end_in_the_meantime_writes_nothing(pair):
    end(pair)
    with pytest.raises(actions.PairHasEnded):
        a_note(pair)
    with pytest.raises(actions.PairHasEnded):
        a_file(pair)


def test_nobody_else_finds_a_thing_of_it(client, pair):
    note, file = a_note(pair), a_file(pair)
    coordinator = make.RoleFactory(program=pair.cohort.program).user
    other = make.PairFactory(cohort=pair.cohort)
    for user in (coordinator, other.mentor.user, other.mentee.user):
        client.force_login(user)
        for name, thing in (("note", note), ("file", file)):
            answer = client.get(reverse(f"pairing:{name}", args=[thing.pk]))
            assert answer.status_code == 404
