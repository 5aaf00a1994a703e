"""The four main pages with words as long as German ones, and from right to left."""

import pytest

from tests.axe import violations
from tests.browser import WIDTHS, pages, picture, sign_in

# Who opens which page; names as in sample.py.
MAIN = {
    "home": ("home:me", "mentee", ()),
    "pair": ("pairing:pair", "mentee", ("pair",)),
    "log": ("home:log", "mentee", ("pair",)),
    "coordinator": ("home:cohort", "coordinator", ("cohort",)),
}
# Every word four tenths longer, in one piece.
LONGER = """() => {
    const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const longer = (word) => word + word.slice(0, Math.ceil(word.length * 0.4));
    while (all.nextNode()) {
        if (["SCRIPT", "STYLE"].includes(all.currentNode.parentElement.tagName)) {
            continue;
        }
        all.currentNode.data = all.currentNode.data.replace(/\\p{L}{3,}/gu, longer);
    }
}"""
# Text that a box cuts off, unless it is meant for ears alone.
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((box) => {
    const style = getComputedStyle(box);
    const cuts = ["hidden", "clip"].includes(style.overflowX);
    const speaks = [...box.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    const over = box.scrollWidth - box.clientWidth;
    return cuts && speaks && box.clientWidth > 2 && over > 1;
}).map((box) => `${box.className}: ${box.textContent.trim().slice(0, 40)}`)"""
TOO_WIDE = """() => {
    const page = document.documentElement;
    return page.scrollWidth - page.clientWidth;
}"""


@pytest.fixture(scope="module")
def windows(site, sample, chromium):
    with pages(chromium) as (open_page, mistakes):
        yield open_page
    assert mistakes == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", MAIN)
def test_a_main_page_bears_longer_words_in_both_directions(
    site, sample, windows, name, width, direction
):
    address, who, parts = MAIN[name]
    page = windows(width)
    sign_in(page, site, getattr(sample, who))
    page.goto(site.url + sample.address(address, *parts))

    page.evaluate(f"document.documentElement.dir = '{direction}'")
    page.evaluate(LONGER)

    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        picture(page, f"longer-{name}-{width}-{direction}-{theme}")
    assert page.evaluate(TOO_WIDE) <= 0
    assert page.evaluate(CUT_OFF) == []
    assert violations(page) == []
    page.context.close()
