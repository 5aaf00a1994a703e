"""Pages to take along as PDF: our type, a title and a language, made in memory."""

import logging
from pathlib import Path

from django.http import HttpResponse
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.prefs import ViewerPreferences

# It tells of every table of a typeface that it takes along.
logging.getLogger("fontTools").setLevel(logging.WARNING)

FONTS = Path(__file__).parent / "fonts"
SANS, BOLD, SERIF = "sans", "bold", "serif"
FILES = {
    SANS: "source-sans-3-regular.ttf",
    BOLD: "source-sans-3-semibold.ttf",
    SERIF: "source-serif-4-semibold.ttf",
}
MARGIN = 24  # millimeters
INK, FAINT, PINE = (32, 38, 35), (92, 100, 96), (27, 94, 74)


class Paper(FPDF):
    """An A4 page written from top to bottom; it grows a second one when it must."""

    def __init__(self, *, title: str, language: str, author: str = ""):
        super().__init__(format="A4")
        for family, file in FILES.items():
            self.add_font(family, fname=FONTS / file)
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, margin=MARGIN)
        self.set_title(title)
        self.set_lang(language)
        self.set_author(author)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.add_page()

    def say(self, words, font=SANS, size=11, color=INK, after=2.0, align="L", dent=0.0):
        """A paragraph of `words`, broken into lines where it must be."""
        self.set_font(font, size=size)
        self.set_text_color(*color)
        self.set_x(MARGIN + dent)
        self.multi_cell(
            0,
            size * 0.5,
            self.printable(str(words), font),
            align=align,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )
        self.ln(after)

    def headline(self, words, align="L"):
        """The one large line at the top."""
        self.say(words, SERIF, size=24, after=3, align=align)

    def heading(self, words):
        """The beginning of a section, also in the list of contents beside the page."""
        self.ln(4)
        self.start_section(str(words))
        self.say(words, SERIF, size=14, color=PINE)

    def aside(self, words, align="L"):
        """A faint line: what a thing is, or from when."""
        self.say(words, size=10, color=FAINT, align=align)

    def item(self, words, detail=""):
        """One thing of a list, with a faint line below."""
        self.say(words, BOLD, after=0.5, dent=4)
        if detail:
            self.say(detail, size=10, color=FAINT, dent=4)
        else:
            self.ln(1.5)

    def finished(self) -> bytes:
        """The whole file; nothing can be added afterwards."""
        made = bytes(self.output())
        for font in self.fonts.values():
            font.close()
        return made

    def printable(self, words: str, family: str) -> str:
        """The words in signs that the typeface has; others become a question mark,
        because a blank would hide that something is missing."""
        known = self.fonts[family].cmap
        return "".join(
            sign if ord(sign) in known or sign == "\n" else "?" for sign in words
        )


def download(paper: Paper, name: str) -> HttpResponse:
    """The paper as a file that is saved, never shown inside a page."""
    answer = HttpResponse(paper.finished(), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
