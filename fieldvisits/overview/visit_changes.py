"""What became of a visit after it was registered: each change with old beside new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.words import date_range
from fieldvisits.actions.visits import APPROVING
from fieldvisits.choices import (
    Decision,
    InspectionBody,
    Session,
    VisitKind,
    VisitState,
    WishOutcome,
)
from fieldvisits.models import AgendaLine, AmendmentWish
from fieldvisits.overview.words import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from fieldvisits.models import Step, Visit
    from fieldvisits.models.visit import VisitQuerySet

type_of_content = dict[str, Any]
DETAILS = ("expected_result", "role", "inspection_body", "inspection_programme")
ATTACHED = "activity"  # in a content only where there is one (R23)


@dataclass(frozen=True)
class Difference:
    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Change:
    """One change: who made it, when and why, and what it changed."""

    title: str
    at: datetime
    who: str
    comment: str
    rows: list[Difference]


def with_changes(rows: VisitQuerySet) -> VisitQuerySet:
    """Whether a sitting adjusted it, and whether its cadre ever asked for an amendment."""
    adjusted = AgendaLine.objects.filter(visit=OuterRef("pk"), decision=Decision.ADJUST)
    wishes = AmendmentWish.objects.filter(visit=OuterRef("pk"))
    return rows.annotate(was_adjusted=Exists(adjusted), has_wishes=Exists(wishes))


def unit_ended(visit: Visit) -> str:
    """The day the unit ended on, for an approved visit that has to be moved to a successor."""
    if visit.state != VisitState.APPROVED or visit.unit.exists_on(visit.ends_on):
        return ""
    ends = (row.ends_on for row in visit.unit.dated() if row.ends_on)
    last = max((day for day in ends if day < visit.ends_on), default=None)
    return short(last) if last else ""


def wishes_of(visit: Visit) -> list[AmendmentWish]:
    """Of a visit read with ``with_changes``; the one that waits comes last."""
    if not visit.has_wishes:  # type: ignore[attr-defined]  # annotated
        return []
    return list(visit.wishes.select_related("answered_by").order_by("asked_at", "pk"))


def waiting_wish(visit: Visit, wishes: Iterable[AmendmentWish]) -> AmendmentWish | None:
    """The one that waits; seen by the cadre and by whoever decides."""
    if visit.state != VisitState.APPROVED:
        return None
    return next((wish for wish in wishes if wish.closed_at is None), None)


def wish_history(visit: Visit, wishes: Iterable[AmendmentWish]) -> list[dict[str, Any]]:
    """Each wish as it was asked, and its answer unless that is an amendment, a step itself."""
    rows = []
    for wish in wishes:
        asked = {"who": visit.cadre, "label": _("Amendment asked for"), "comment": wish.reason}
        rows.append({"at": timezone.localtime(wish.asked_at), **asked})
        if wish.closed_at and wish.outcome in (WishOutcome.REFUSED, WishOutcome.WITHDRAWN):
            said = {"label": wish.get_outcome_display(), "comment": wish.answer}
            at = timezone.localtime(wish.closed_at)
            rows.append({"at": at, "who": wish.answered_by or "", **said})
    return rows


def changes_of(
    visit: Visit,
    steps: list[Step],
    versions: Mapping[int, type_of_content],
    *,
    with_content: bool,
) -> list[Change]:
    """Adjusted by a sitting, amended by the head, of another kind by TCKT: newest first."""
    found = []
    for step in steps:
        now = versions.get(step.number)
        if step.name == "amend" and now:
            was = _before(step, steps, versions, APPROVING)
            found.append((_("Amended"), step, was, now))
        elif step.name == "reclassify" and now:
            was = _before(step, steps, versions, (*APPROVING, "report", "reclassify"))
            found.append((_("Kind changed"), step, _kind_of(was), _kind_of(now)))
        elif step.name == "approve" and now and (was := _registered(visit, step)):
            found.append((_("Adjusted by the Standing Committee"), step, was, now))
    units = _unit_names(visit, [content for row in found for content in row[2:]])
    return [
        Change(
            title=title,
            at=timezone.localtime(step.at),
            who=str(step.by or ""),
            comment=step.comment,
            rows=differences(was, now, units, with_content=with_content),
        )
        for title, step, was, now in reversed(found)
    ]


def _before(
    step: Step, steps: list[Step], versions: Mapping[int, type_of_content], names: Iterable[str]
) -> type_of_content:
    numbers = [row.number for row in steps if row.name in names and row.number < step.number]
    return versions.get(max(numbers), {}) if numbers else {}


def _kind_of(content: type_of_content) -> type_of_content:
    """The kind, and what is asked for with it; days and unit are another matter."""
    names = ("kind", *DETAILS, ATTACHED)
    return {name: content[name] for name in names if name in content}


def _registered(visit: Visit, step: Step) -> type_of_content:
    """The row as the cadre had submitted it, if the sitting adjusted it."""
    if visit.plan is None or not visit.was_adjusted:  # type: ignore[attr-defined]  # annotated
        return {}
    frozen = visit.plan.versions.filter(made_at__lte=step.at).order_by("-number").first()
    rows = frozen.content["visits"] if frozen else []
    return next((row for row in rows if row["code"] == visit.code), {})


def _unit_names(visit: Visit, contents: list[type_of_content]) -> dict[str, Unit]:
    codes = {content["unit"] for content in contents if "unit" in content}
    rows = Unit.objects.filter(code__in=codes - {visit.unit.code}).prefetch_related("versions")
    return {visit.unit.code: visit.unit} | {row.code: row for row in rows}


def content_now(visit: Visit) -> type_of_content:
    """The fields of a visit as ``differences`` compares them; also of one not yet saved."""
    return {
        "unit": visit.unit.code,
        "starts_on": visit.starts_on.isoformat(),
        "ends_on": visit.ends_on.isoformat(),
        "session": visit.session,
        "kind": visit.kind,
        "content": visit.content,
        **{name: getattr(visit, name) for name in DETAILS},
        **({ATTACHED: visit.activity.code} if visit.activity else {}),
    }


def differences(
    was: type_of_content,
    now: type_of_content,
    units: Mapping[str, Unit],
    *,
    with_content: bool = True,
) -> list[Difference]:
    """The lines in which two contents differ."""
    rows = [
        Difference(_("Days"), when(was), when(now)),
        Difference(_("Host unit"), _unit(was, units), _unit(now, units)),
        Difference(_("Kind"), _label(VisitKind, was.get("kind")), _label(VisitKind, now["kind"])),
        Difference(_("In the programme"), was.get(ATTACHED, ""), now.get(ATTACHED, "")),
    ]
    if with_content:
        rows += [
            Difference(str(label), str(was.get(name, "")), str(now.get(name, "")))
            for name, label in (
                ("content", _("Content")),
                ("expected_result", _("Expected result")),
                ("role", _("Your role in the activity")),
                ("inspection_programme", _("Programme")),
            )
        ]
        body = [_label(InspectionBody, one.get("inspection_body")) for one in (was, now)]
        rows.append(Difference(_("Programme of"), *body))
    return [row for row in rows if row.was != row.now]


def _label(choices: Any, value: object) -> str:
    return str(choices(value).label) if value else ""


def when(content: type_of_content) -> str:
    if "starts_on" not in content:
        return ""
    first, last = (date.fromisoformat(content[name]) for name in ("starts_on", "ends_on"))
    return f"{date_range(first, last)}, {Session(content['session']).label}"


def _unit(content: type_of_content, units: Mapping[str, Unit]) -> str:
    if "unit" not in content:
        return ""
    unit = units.get(content["unit"])
    return unit.name_on(date.fromisoformat(content["starts_on"])) if unit else content["unit"]


def wish_page(visit: Visit, wish: AmendmentWish | None) -> list[Difference]:
    """What is asked for, beside what is in force."""
    if wish is None:
        return []
    was = content_now(visit)
    wanted = {
        "starts_on": wish.starts_on.isoformat(),
        "ends_on": wish.ends_on.isoformat(),
        "session": wish.session,
        "content": wish.content,
        "expected_result": wish.expected_result,
    }
    return differences(was, {**was, **wanted}, {visit.unit.code: visit.unit})
