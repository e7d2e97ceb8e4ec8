"""What the pages of an import show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import ImportState
from accounts.imports.working import progress_of
from accounts.interchange.reorganisation import Asked
from accounts.interchange.tables import tables
from accounts.interchange.wording import label_of, title_of, words_of
from accounts.looks import Look, look_of

if TYPE_CHECKING:
    from accounts.models import ImportJob

CHANGES_ON_PAGE = 50  # of each table
WARNINGS_ON_PAGE = 50
KINDS = {"new": ("ok", "accepted"), "changed": ("now", "due"), "removed": ("warn", "cut")}


def templates() -> list[dict[str, Any]]:
    """Every table that can be taken in, with what it is for."""
    return [
        {"name": table.name, "title": title_of(table.name), "about": words_of(table.name).about}
        for table in tables()
    ]


def bar_of(job: ImportJob) -> dict[str, Any]:
    """What the progress component takes; it goes on asking while the import is unfinished."""
    rows = job.found.get("rows", 0)
    done = min(progress_of(job), rows) if rows else 0
    return {
        "id": f"import-{job.pk}",
        "label": job.get_state_display(),
        "done": done,
        "total": rows if done else 0,
        "state": "running" if job.is_unfinished else "ready",
        "state_label": job.get_state_display(),
        "note": _("%(done)d of %(rows)d rows") % {"done": done, "rows": rows} if done else "",
        "url": reverse("accounts:import-progress", args=[job.pk]),
    }


def said_of(job: ImportJob) -> str:
    """The counts of a line of the list, those that are not 0."""
    told = [
        (job.created, ngettext("%(n)s new", "%(n)s new", job.created)),
        (job.changed, ngettext("%(n)s changed", "%(n)s changed", job.changed)),
        (job.removed, ngettext("%(n)s removed", "%(n)s removed", job.removed)),
        (job.unchanged, ngettext("%(n)s unchanged", "%(n)s unchanged", job.unchanged)),
        (job.wrong, ngettext("%(n)s wrong", "%(n)s wrong", job.wrong)),
    ]
    numbers = ((number_format(count, force_grouping=True), said) for count, said in told if count)
    return ", ".join(said % {"n": number} for number, said in numbers)


def lines_of(jobs: list[ImportJob]) -> list[dict[str, Any]]:
    return [
        {"job": job, "says": said_of(job), "label": label_of_state(job), "look": look_of_state(job)}
        for job in jobs
    ]


def is_idle(job: ImportJob) -> bool:
    """Whether it was looked through, and everything in it is on record already."""
    return job.state == ImportState.CHECKED and not job.is_confirmable


def label_of_state(job: ImportJob) -> str:
    return _("Nothing to take in") if is_idle(job) else job.get_state_display()


def look_of_state(job: ImportJob) -> Look:
    return look_of("import", "undone" if is_idle(job) else job.state)


def tables_of(job: ImportJob) -> list[dict[str, Any]]:
    """Each table with its counts, and its first changes with old beside new."""
    found = []
    for table in job.found.get("tables", ()):
        all_changes = table["created"] + table["changed"] + table["removed"]
        shown = [_change(table["name"], one) for one in table["changes"][:CHANGES_ON_PAGE]]
        found.append(
            table
            | {
                "title": title_of(table["name"]),
                "shown": shown,
                "total": all_changes,
                "is_cut": all_changes > len(shown),
            }
        )
    return found


def _change(table: str, change: dict[str, Any]) -> dict[str, Any]:
    labels = {"new": _("new"), "changed": _("changed"), "removed": _("removed")}
    tone, shape = KINDS[change["kind"]]
    return {
        "label": change["label"],
        "row": change["row"],
        "is_new": change["kind"] == "new",
        "kind": labels[change["kind"]],
        "tone": tone,
        "shape": shape,
        "columns": [(label_of(table, name), old, new) for name, old, new in change["columns"]],
    }


def problems_of(job: ImportJob) -> list[dict[str, Any]]:
    return [
        problem
        | {
            "title": title_of(problem["table"]) if problem["table"] else "",
            "label": label_of(problem["table"], problem["column"]),
        }
        for problem in job.found.get("problems", ())
    ]


def can_look_again(job: ImportJob) -> bool:
    again = (ImportState.CHECKED, ImportState.REFUSED, ImportState.FAILED)
    return job.state in again and job.can_be_read_again


def page_of_import(job: ImportJob) -> dict[str, Any]:
    found = job.found
    warnings = found.get("warnings", [])
    return {
        "job": job,
        "bar": bar_of(job),
        "tables": tables_of(job),
        "problem_count": found.get("problem_count", 0),
        "warnings": warnings[:WARNINGS_ON_PAGE],
        "warning_count": found.get("warning_count", 0),
        "readings": found.get("readings", []),
        "is_idle": is_idle(job),
        "label": label_of_state(job),
        "is_done": job.state == ImportState.DONE,
        "can_look_again": can_look_again(job),
        "look": look_of_state(job),
        "reorganisation": reorganisation_of(job),
    }


def reorganisation_of(job: ImportJob) -> dict[str, Any]:
    """What a look at the reorganisation found; empty for a file, and before it was looked at."""
    found = job.found
    if not job.is_reorganisation or "counts" not in found:
        return {}
    counts = [
        {"level": level, "before": before, "after": after}
        for level, before, after in found["counts"]
    ]
    effect = {"rows": found["concerned"]}
    return found | {"counts": counts, "effect": effect, "asked": Asked.of(job.options)}
