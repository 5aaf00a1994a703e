"""What may be kept is read by name and by content, and everything else is told why."""

import zipfile
from io import BytesIO

import pytest
from PIL import Image

from pairing.uploads import NAMES, Refused, accept, documents
from tests import uploads as make

GOOD = {
    "plan.pdf": make.a_pdf(),
    "plan.docx": make.an_office("docx"),
    "rota.xlsx": make.an_office("xlsx"),
    "talk.pptx": make.an_office("pptx"),
    "plan.odt": make.an_open_document("odt"),
    "rota.ods": make.an_open_document("ods"),
    "talk.odp": make.an_open_document("odp"),
    "notes.txt": "Zwei Fragen für Kwame".encode(),
    "notes.md": b"# Questions\n\n- One <b>thing</b>\n",
    "rota.csv": b"day,who\n1,Rosa\n",
    "board.png": make.a_picture("PNG"),
    "board.jpg": make.a_picture("JPEG"),
    "board.jpeg": make.a_picture("JPEG"),
    "board.webp": make.a_picture("WEBP"),
    "board.gif": make.a_picture("GIF"),
}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
ZIP = make.an_archive({"a.txt": "hidden"})

REFUSED = {
    "a drawing": ("logo.svg", SVG, "can run programs"),
    "a page": ("page.html", HTML, "can run programs"),
    "XML": ("data.xml", b"<?xml version='1.0'?><a/>", "can run programs"),
    "a page named text": ("page.txt", b" \n" + HTML, "not plain text"),
    "a drawing named Markdown": ("logo.md", SVG, "not plain text"),
    "XML named CSV": ("data.csv", b"<?xml version='1.0'?><a/>", "not plain text"),
    "a drawing named PNG": ("logo.png", SVG, "web page inside"),
    "a PDF that begins with a page": (
        "plan.pdf",
        b"%PDF-1.7\n%<html><script>alert(1)</script>" + make.a_pdf(),
        "web page inside",
    ),
    "a program": ("run.exe", b"MZ\x90", "of this kind are not kept"),
    "no kind at all": ("README", b"words", "of this kind are not kept"),
    "an archive": ("all.zip", ZIP, "Packed files"),
    "a phone's own kind": ("photo.heic", b"\0\0\0 ftypheic", "Save it as JPEG"),
    "macros by name": ("plan.docm", make.an_office(), "without macros"),
    "macros by content": (
        "plan.docx",
        make.an_office(more={"word/vbaProject.bin": b"\xd0\xcf"}),
        "macros, scripts or other files",
    ),
    "macros by type": (
        "plan.docx",
        make.an_office(types="application/vnd.ms-word.document.macroEnabled.main+xml"),
        "macros, scripts or other files",
    ),
    "scripts in a text": (
        "plan.odt",
        make.an_open_document(more={"Basic/Standard/Module1.xml": "Sub Main"}),
        "macros, scripts or other files",
    ),
    "a program in a document": (
        "plan.docx",
        make.an_office(more={"word/embeddings/setup.exe": b"MZ"}),
        "macros, scripts or other files",
    ),
    "a way out of the archive": (
        "plan.docx",
        make.an_office(more={"../../etc/cron.d/x": "x"}),
        "damaged",
    ),
    "an archive named DOCX": ("plan.docx", ZIP, "something else"),
    "a sheet named text": ("plan.odt", make.an_open_document("ods"), "something else"),
    "a sheet named DOCX": ("plan.docx", make.an_office("xlsx"), "something else"),
    "a bomb": (
        "plan.docx",
        make.an_office(more={"word/a.xml": b"\0" * (documents.MAX_UNPACKED + 1)}),
        "unpacks to far more",
    ),
    "a bomb by its ratio": (
        "plan.docx",
        make.an_office(more={"word/a.xml": b"\0" * (documents.SMALL * 3)}),
        "unpacks to far more",
    ),
    "a bomb of members": (
        "plan.docx",
        make.an_office(more={f"word/{n}": "" for n in range(documents.MAX_MEMBERS)}),
        "unpacks to far more",
    ),
    "a lie about a size": ("plan.docx", make.a_lying_archive(), "damaged"),
    "two documents in one": (
        "plan.docx",
        make.an_office() + make.an_office(),
        "damaged",
    ),
    "something behind a document": (
        "plan.docx",
        make.an_office() + b"MZ and more",
        "damaged",
    ),
    "half a document": ("plan.docx", make.an_office()[:-30], "damaged"),
    "a document behind a page": ("plan.docx", HTML + make.an_office(), "web page"),
    "a document behind a PDF": ("plan.docx", make.a_pdf() + ZIP, "under another name"),
    "a PDF inside a document": (
        "plan.docx",
        make.an_archive({"a": make.a_pdf()}, packed=zipfile.ZIP_STORED),
        "PDF hidden",
    ),
    "an archive behind a PDF": ("plan.pdf", make.a_pdf() + ZIP, "archive hidden"),
    "an archive behind a PNG": ("a.png", make.a_picture() + ZIP, "archive hidden"),
    "an archive behind a JPEG": (
        "a.jpg",
        make.a_picture("JPEG") + ZIP,
        "archive hidden",
    ),
    "words behind a PNG": ("a.png", make.a_picture() + b"more", "hidden behind"),
    "words behind a WebP": ("a.webp", make.a_picture("WEBP") + b"more", "hidden"),
    "a program that is a GIF": ("a.gif", make.a_script_and_a_gif(), "hidden behind"),
    "something behind a PDF": ("a.pdf", make.a_pdf() + b"MZ more", "something follows"),
    "half a PDF": ("a.pdf", make.a_pdf()[:-6], "incomplete"),
    "a PDF that runs": ("a.pdf", make.a_pdf(b"/JavaScript (x)"), "runs a program"),
    "a PDF that carries": ("a.pdf", make.a_pdf(b"/EmbeddedFile"), "runs a program"),
    "text named PDF": ("a.pdf", b"hello", "something else"),
    "a PDF named text": ("a.txt", make.a_pdf(), "under another name"),
    "a JPEG named PNG": ("a.png", make.a_picture("JPEG"), "under another name"),
    "text named PNG": ("a.png", b"hello", "cannot be read"),
    "half a PNG": ("a.png", make.a_picture()[:60], "hidden behind"),
    "half a JPEG": ("a.jpg", make.a_picture("JPEG")[:200], "cannot be read"),
    "too many pixels": ("a.png", make.a_bomb_of_pixels(), "50 million pixels"),
    "a moving GIF": ("a.gif", make.a_moving_picture("GIF"), "Moving pictures"),
    "a moving WebP": ("a.webp", make.a_moving_picture("WEBP"), "Moving pictures"),
    "nothing": ("a.txt", b"", "empty"),
    "blanks": ("a.txt", b" \n\0\0", "empty"),
    "not UTF-8": ("a.txt", "für".encode("latin-1"), "UTF-8"),
    "a control in text": ("a.txt", b"a\0b", "other than text"),
    "too large": ("a.txt", b"a" * (10 * 1024 * 1024 + 1), "up to 10 MB"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_people_work_with_is_kept(name):
    kept = accept(name, GOOD[name])
    assert kept.name == name
    assert kept.kind == name.rpartition(".")[2]
    assert kept.content


def test_every_kind_on_the_list_was_tried():
    assert {name.rpartition(".")[2] for name in GOOD} == set(NAMES)


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_told_why(case):
    name, content, words = REFUSED[case]
    with pytest.raises(Refused, match=words):
        accept(name, content)


def test_documents_are_kept_byte_for_byte():
    for name in ("plan.pdf", "plan.docx", "notes.md"):
        assert accept(name, GOOD[name]).content == GOOD[name]


def test_a_photo_forgets_its_place_and_stands_upright():
    kept = accept("photo.jpg", make.a_photo_with_a_place()).content
    image = Image.open(BytesIO(kept))
    assert image.size == (30, 40)  # it was taken lying
    assert not image.getexif()
    assert b"Linh" not in kept
    assert b"Exif" not in kept


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_every_picture_forgets_its_notes(kind):
    exif = Image.Exif()
    exif[0x010F] = "Camera of Linh"
    content = make.a_picture(kind, exif=exif)
    assert b"Linh" in content
    assert b"Linh" not in accept(f"photo.{kind.lower()}", content).content


def test_what_a_phone_adds_behind_a_photo_is_left_behind():
    kept = accept("photo.jpg", make.a_picture("JPEG") + b"a short film").content
    assert b"film" not in kept


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\linh\\plan.txt", "plan.txt"),
        ('a"b\r\nX-Header: 1.txt', 'a"b X-Header: 1.txt'),
        ("gpj.\u202etxt.txt", "gpj. txt.txt"),
        ("..txt", "file.txt"),
        ("x" * 300 + ".txt", "x" * 116 + ".txt"),
        ("Plan für Linh.TXT", "Plan für Linh.TXT"),
    ],
)
def test_a_name_is_the_last_part_and_shows_what_it_is(given, kept):
    assert accept(given, b"words").name == kept
