"""A report begins with what is on record of its visits, to be worked on by its writer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from reports.overview.report import VisitRow, visit_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_RESULT = 600


def drafted_results(content: dict[str, Any]) -> str:
    """One line for each visit that was approved: where, when, what its result says."""
    return "\n".join(_lines(visit_rows(content)))


def _lines(rows: list[VisitRow]) -> Iterator[str]:
    for row in rows:
        said = " ".join(row.result.split())
        if len(said) > LONGEST_RESULT:
            said = said[:LONGEST_RESULT].rstrip() + "…"
        result = said or _("(result not recorded yet)")
        yield f"- {row.days}, {row.unit}: {result}"
