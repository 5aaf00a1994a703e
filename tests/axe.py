"""Accessibility rules of WCAG 2.2 A and AA, checked by axe-core in the browser."""

from pathlib import Path

from tests.browser import picture

SCRIPT = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ALL = {"type": "tag", "values": RULES}
RUN = """wanted =>
    axe.run(document, {runOnly: wanted, resultTypes: ["violations"]})"""


# Nothing but colors differs in the dark.
LIGHTS = {"light": None, "dark": "color-contrast"}


def in_both_lights(page, name) -> list[str]:
    """What axe finds wrong in the light, and in the dark with its colors. Keeps a
    picture of each under `name`."""
    found = []
    for theme, only in LIGHTS.items():
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        picture(page, f"{name}-{theme}")
        found += violations(page, only)
    return found


def violations(page, only=None):
    """What axe finds wrong on a Playwright page: one line for each element. `only`
    names a single rule to check, such as the contrast of another theme."""
    wanted = {"type": "rule", "values": [only]} if only else ALL
    if not page.evaluate("!!window.axe"):
        page.evaluate(f"() => {{ {SCRIPT} }}")
    found = page.evaluate(RUN, wanted)
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
