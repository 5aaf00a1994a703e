"""Accessibility rules of WCAG 2.2 A and AA, checked by axe-core in the browser."""

from pathlib import Path

SCRIPT = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ALL = {"type": "tag", "values": RULES}
RUN = """wanted =>
    axe.run(document, {runOnly: wanted, resultTypes: ["violations"]})"""


def violations(page, only=None):
    """What axe finds wrong on a Playwright page: one line for each element. `only`
    names a single rule to check, such as the contrast of another theme."""
    wanted = {"type": "rule", "values": [only]} if only else ALL
    page.evaluate(f"() => {{ if (!window.axe) {{ {SCRIPT} }} }}")
    found = page.evaluate(RUN, wanted)
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
