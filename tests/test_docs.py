"""What the documents say has to be so."""

import re
from pathlib import Path

from fieldvisits.management.commands.draw_workflow import draw

ROOT = Path(__file__).resolve().parent.parent


def test_workflow_page_is_drawn_from_the_tables():
    assert (ROOT / "docs" / "workflow.md").read_text(encoding="utf-8") == draw()


def test_regulation_page_names_code_and_tests_that_exist():
    text = (ROOT / "docs" / "regulation.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:accounts|fieldvisits|reports|tests)/[\w/.]+\.py)`", text))
    missing = {name for name in named if not (ROOT / name).exists()}
    assert len(named) > 10
    assert missing == set()


def test_regulation_page_has_a_row_for_every_rule():
    text = (ROOT / "docs" / "regulation.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| (R\d+) \|", text, re.MULTILINE)) == {f"R{n}" for n in range(1, 27)}
