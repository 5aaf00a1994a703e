"""Pages to take along: their signs, their title, and how they are handed out."""

import re
import zlib

import pytest
from fontTools.ttLib import TTFont

from mentorship.ui.pdf import FILES, FONTS, SANS, Paper, download

NAMES = "Nguyễn Thị Linh, Łukasz Żółć, Øyvind Þórsson, İpek Ğürsoy, Ștefan Țepeș"


def a_paper(**more):
    return Paper(**{"title": "A page", "language": "en", **more})


@pytest.mark.parametrize("family", FILES)
def test_every_face_has_the_signs_of_our_languages(family):
    with TTFont(FONTS / FILES[family]) as font:
        known = font.getBestCmap()
    assert {sign for sign in NAMES + "“–…’·" if ord(sign) not in known} == set()


def test_names_are_embedded_so_that_they_can_be_read_back():
    paper = a_paper()
    paper.say(NAMES)
    # The map back from glyphs to signs that readers and search programs use.
    read_back = "".join(maps_to_signs(paper.finished()))
    assert {sign for sign in NAMES.replace(" ", "") if sign not in read_back} == set()


def maps_to_signs(pdf):
    for stream in re.findall(rb"stream\r?\n(.+?)\r?\nendstream", pdf, re.DOTALL):
        try:
            text = zlib.decompress(stream)
        except zlib.error:
            text = stream
        if b"beginbfchar" in text:
            for code in re.findall(rb"<\w+> <(\w{4})>", text):
                yield chr(int(code, 16))


def test_a_sign_without_a_shape_is_seen_to_be_missing():
    paper = a_paper()
    assert paper.printable("Mei 美", SANS) == "Mei ?"
    paper.finished()


def test_a_paper_says_its_title_and_language():
    pdf = a_paper(title="Plan of Linh", language="de").finished()
    assert b"/Lang (de)" in pdf
    assert b"/DisplayDocTitle true" in pdf
    assert "Plan of Linh".encode("utf-16-be") in pdf or b"Plan of Linh" in pdf


@pytest.mark.parametrize("words", ["x" * 4000, "a\x00b\r\n\tc", "\u202eabc 😀"])
def test_any_words_fit_on_the_paper(words):
    paper = a_paper()
    paper.item(words, words)
    assert paper.finished().startswith(b"%PDF")


def test_a_download_is_saved_and_never_sniffed():
    answer = download(a_paper(), "plan")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content.startswith(b"%PDF")
