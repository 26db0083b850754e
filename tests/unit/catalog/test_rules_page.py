"""The table of rules in the documentation says what the catalogue says; FUPIN_WRITE_DOCS=1 writes it anew."""

import os
import re

from pipelines.catalog.rules import rules
from pipelines.settings import PROJECT

PAGE = PROJECT / "docs" / "checks.md"
BLOCK = re.compile(r"(<!-- rules: [^\n]* -->\n)(.*?)(<!-- end of rules -->)", re.DOTALL)


def written():
    lines = ["| rule | kind | severity | asserts |", "|---|---|---|---|"]
    for rule in rules().values():
        kind = f"`{rule.kind}`" if rule.kind != rule.code else ""
        lines.append(f"| `{rule.code}` | {kind} | {rule.severity} | {rule.text_en} |")
    return "\n".join(lines) + "\n"


def test_the_page_lists_the_rules_of_the_catalogue():
    page = PAGE.read_text(encoding="utf-8")
    match = BLOCK.search(page)
    assert match is not None
    if os.environ.get("FUPIN_WRITE_DOCS"):
        PAGE.write_text(BLOCK.sub(lambda found: found[1] + written() + found[3], page), encoding="utf-8")
        return
    assert match[2] == written()
