"""Hands that use a page without a mouse."""

import re

NAME = """() => {
    const at = document.activeElement;
    return at.labels?.[0]?.innerText || at.getAttribute("aria-label") || at.innerText;
}"""
RING = "() => getComputedStyle(document.activeElement).outlineStyle"
CHIP = "() => getComputedStyle(document.activeElement.closest('label')).outlineStyle"


def tab_to(page, name, steps=60):
    """Press Tab until the control of that name has the focus, which must be seen."""
    for _step in range(steps):
        page.keyboard.press("Tab")
        if re.search(name, page.evaluate(NAME) or ""):
            in_chip = page.evaluate("() => !!document.activeElement.closest('.chip')")
            assert page.evaluate(CHIP if in_chip else RING) != "none", name
            return
    raise AssertionError(f"No way to “{name}” by keyboard.")
