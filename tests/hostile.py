"""What hostile hands type, and how a page's forms are read to know where."""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from hypothesis import strategies as st

SCRIPT = "<script>alert(1)</script>"
VALUES = [
    # nothing, and what looks like nothing
    *("", " ", "\t\n", "\u200b", "\ufeff", "\u00a0"),
    # what a database, a number, a day or a header cannot hold
    *("\x00", "a\x00b", "\x07\x1b[31m", "9" * 400, "-1", "1e400", "NaN", "0x10"),
    *("٣", "1.5"),
    *("0000-00-00", "9999-12-31", "2026-02-30", "25:61", "\r\n\r\nSet-Cookie: a=b"),
    # writing from the right, signs that turn or combine, faces made of many
    *("עברית العربية", "\u202egpj.exe", "z\u0351\u0300\u0489" * 40, "👩🏽‍🚀" * 30),
    *("\U0010ffff", "ﷺ" * 50, "İıſ", "ß" * 300),
    # markup, templates, statements, paths, formulas
    *(SCRIPT, "\"'><img src=x onerror=alert(1)>", "</textarea>" + SCRIPT),
    *("{{ 7*7 }}{% debug %}", "%s%n%(x)s{0}", "' or 1=1; drop table x; --"),
    *("../../etc/passwd", "javascript:alert(1)", "=cmd|'/C calc'!A0", "\\"),
    # long
    *("x" * 50_000, "many words " * 3000, "\n" * 5000),
]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
HOSTILE = st.sampled_from(VALUES) | TEXT
TYPED = {
    *("text", "url", "email", "search", "tel", "textarea"),
    *("number", "date", "time", "datetime-local"),
}
# What goes along without being typed.
NO_VALUE = {"file", "submit", "button", "image", "reset"}


def attacked(controls: dict[str, tuple]) -> list[str]:
    """The fields that are filled with hostile values: those that are typed into, or all
    of a form that only asks to choose. How many rows a list has stays as it was."""
    open_ones = [name for name in controls if not name.endswith("_FORMS")]
    typed = [name for name in open_ones if controls[name][0] in TYPED | {"password"}]
    return typed or open_ones


def at_once(controls: dict[str, tuple]) -> int:
    """How many of the fields under attack one post fills: two of three, so that now and
    then what is wrong stands beside what is right."""
    return -(-2 * len(attacked(controls)) // 3)


def variations(controls: dict[str, tuple]):
    """What may be sent: hostile values in fields under attack, and now and then a
    choice or a hidden value that the page never offered."""
    meant = {name: value for name, (_kind, value) in controls.items()}
    targets, most = attacked(controls), at_once(controls)
    chosen = st.permutations(targets).map(lambda names: names[:most])
    others = [name for name in meant if name not in targets]
    others = [name for name in others if not name.endswith("_FORMS")]
    one = st.sampled_from([*[None] * 4 * len(others), *others, None])
    return st.tuples(chosen, st.lists(HOSTILE, min_size=most, max_size=most)).flatmap(
        lambda typed: st.tuples(one, HOSTILE).map(
            lambda more: meant | dict(zip(*typed, strict=True)) | named(*more)
        )
    )


def named(name, value) -> dict:
    return {name: value} if name else {}


class Page(HTMLParser):
    """A page's posted forms as {address: {name: (kind, value)}}, its ids, and what
    controls say describes them."""

    def __init__(self, html: str, url: str):
        super().__init__()
        self.url = url
        self.forms: dict[str, dict] = {}
        self.ids: set[str] = set()
        self.described: set[str] = set()
        self.invalid: list[str] = []
        self._form: dict = {}
        self._area = self._select = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        describes = given.get("aria-describedby", "")
        self.described |= set(describes.split())
        if given.get("aria-invalid") == "true":
            self.invalid.append(describes)
        if tag == "form" and given.get("method", "").lower() == "post":
            address = urlsplit(urljoin(self.url, given.get("action", ""))).path
            self._form = self.forms.setdefault(address, {})
        elif tag == "form":
            self._form = {}
        elif "name" in given:
            self._control(tag, given)
        elif tag == "option" and self._select and "selected" in given:
            self._form[self._select] = ("select", given.get("value", ""))

    def _control(self, tag, given):
        name, value = given["name"], given.get("value", "")
        kind = given.get("type", "text") if tag == "input" else tag
        if kind in ("radio", "checkbox"):
            if "checked" in given or name not in self._form:
                value = value if "checked" in given else ""
                self._form[name] = (kind, value)
        elif kind not in NO_VALUE and tag in ("input", "textarea", "select"):
            self._form[name] = (kind, value)
            self._area = name if tag == "textarea" else ""
            self._select = name if tag == "select" else self._select

    def handle_data(self, data):
        if self._area:
            kind, value = self._form[self._area]
            self._form[self._area] = (kind, value + data)

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area:
            kind, value = self._form[self._area]
            # The first line end after the tag is not part of the text.
            self._form[self._area] = (kind, value.removeprefix("\n"))
            self._area = ""
        elif tag == "select":
            self._select = ""
