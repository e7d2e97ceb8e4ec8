"""What a run found, as it is kept with the import and shown: plain JSON, in words."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.interchange.values import quoted
from accounts.interchange.wording import label_of, title_of
from accounts.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.interchange.run import Problem, Run

WARNINGS_KEPT = 500
COUNTS = ("created", "changed", "removed", "unchanged")


def counts_of(run: Run) -> dict[str, int]:
    """Rows of all tables together."""
    found = {name: sum(getattr(tally, name) for tally in run.tallies.values()) for name in COUNTS}
    return found | {"wrong": sum(len(rows) for rows in run.wrong.values())}


def digest_of(run: Run) -> str:
    """Two runs over the same data do the same if this is the same."""
    said = {
        name: [getattr(tally, count) for count in COUNTS]
        + [asdict(change) for change in tally.changes]
        for name, tally in run.tallies.items()
    }
    whole: dict[str, Any] = said | ({"beside": run.beside} if run.beside else {})
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def preview_of(run: Run, warnings: list[str]) -> dict[str, Any]:
    return {
        "tables": [_table(run, name) for name in run.tallies],
        "problems": [_problem(problem) for problem in run.problems],
        "problem_count": run.problem_count,
        "warnings": [sentence.replace("\0", "·") for sentence in warnings[:WARNINGS_KEPT]],
        "warning_count": len(warnings),
        "readings": list(_readings(run)),
        "rows": run.rows_read,
        **run.beside,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    """With nothing in it that a database could not hold: headings come as they were sent."""
    return {
        "table": problem.table,
        "row": problem.row,
        "column": quoted(problem.column),
        "reason": "".join(sign if sign.isprintable() else "·" for sign in problem.reason),
    }


def _table(run: Run, name: str) -> dict[str, Any]:
    tally = run.tallies[name]
    found = {count: getattr(tally, count) for count in (*COUNTS, "read")}
    found["wrong"] = len(run.wrong.get(name, ()))
    return found | {"name": name, "changes": [asdict(change) for change in tally.changes]}


def _readings(run: Run) -> Iterator[str]:
    """One sentence for each table, column and way; the headings of a table in one."""
    headings: defaultdict[str, list[str]] = defaultdict(list)
    for (table, column, way), (count, text, taken) in run.readings.items():
        if way == "heading":
            if not _same(text, label_of(table, column)):
                headings[table].append(f"{text} → {label_of(table, column)}")
            continue
        if way.startswith(("name", "word")) and _same(
            text, title_of(table) if way == "name" else taken
        ):
            continue
        names = {
            "table": title_of(table),
            "column": label_of(table, column),
            "n": count,
            "text": text,
            "taken": taken,
        }
        yield _sentence(way, count) % names
    for table, pairs in headings.items():
        sentence = _("%(table)s: headings were understood as columns: %(pairs)s.")
        yield sentence % {"table": title_of(table), "pairs": "; ".join(pairs)}


def _same(text: str, words: str) -> bool:
    """Whether somebody wrote the words of the screen: that needs no mention."""
    return clean(text).casefold() == words.casefold()


def _sentence(way: str, count: int) -> str:
    match way:
        case "spaces":
            return ngettext(
                "%(table)s, %(column)s: surplus spaces were taken off in %(n)d cell (“%(taken)s”).",
                "%(table)s, %(column)s: surplus spaces were taken off in %(n)d cells, "
                "first “%(taken)s”.",
                count,
            )
        case "composed":
            return ngettext(
                "%(table)s, %(column)s: letters and accents were joined in %(n)d cell "
                "(“%(taken)s”).",
                "%(table)s, %(column)s: letters and accents were joined in %(n)d cells, "
                "first “%(taken)s”.",
                count,
            )
        case "name":
            return _("“%(text)s” was taken for the table “%(table)s”.")
        case "parted":
            return _("%(table)s: the cells are parted by “%(text)s”, not by a comma.")
        case "example":
            return _("%(table)s: the example row of the template was left out.")
    return ngettext(
        "%(table)s, %(column)s: “%(text)s” was read as %(taken)s.",
        "%(table)s, %(column)s: “%(text)s” was read as %(taken)s, and %(n)d cells like it.",
        count,
    )
