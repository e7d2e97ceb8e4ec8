"""What the documents say has to be so."""

import re
from pathlib import Path

from fieldvisits.management.commands.draw_workflow import draw

ROOT = Path(__file__).resolve().parent.parent


def test_workflow_page_is_drawn_from_the_tables():
    assert (ROOT / "docs" / "workflow.md").read_text(encoding="utf-8") == draw()


def test_readme_names_places_that_exist():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w.*]+/[\w./*]*)`", text))
    made = {name for name in named if name.startswith("var/")}  # by the first start
    assert len(named) > 30
    assert {name for name in named - made if not any(ROOT.glob(name.rstrip("/")))} == set()


def test_regulation_page_names_code_and_tests_that_exist():
    text = (ROOT / "docs" / "regulation.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:accounts|fieldvisits|reports|tests)/[\w/.]+\.py)`", text))
    missing = {name for name in named if not (ROOT / name).exists()}
    assert len(named) > 10
    assert missing == set()


def test_readme_names_files_that_exist():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?<=[`( ])(?:\w+|\*|\.ci)/[\w./-]*(?=[`) ])", text))
    named -= {name for name in named if name.startswith("var/")}  # made by a run
    named -= {"browser/"}  # of tests/, as its line says
    assert len(named) > 20
    assert {name for name in named if not list(ROOT.glob(name))} == set()


def test_regulation_page_has_a_row_for_every_rule():
    text = (ROOT / "docs" / "regulation.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| (R\d+) \|", text, re.MULTILINE)) == {f"R{n}" for n in range(1, 27)}


LATER = {"R24"}  # rules that are not built yet


def test_every_rule_that_is_built_names_code_and_tests():
    text = (ROOT / "docs" / "regulation.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if re.match(r"\| R\d+ \|", line)]
    bare = {
        row[0].removeprefix("| ") for row in rows if not ("`" in row[-2] and "`tests/" in row[-1])
    }
    assert bare == LATER


def test_every_case_of_life_is_a_test_of_that_name():
    text = (ROOT / "docs" / "regulation.md").read_text(encoding="utf-8")
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", text)
    there = {
        (path.name, name)
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert len(named) > 20
    assert set(named) - there == set()
