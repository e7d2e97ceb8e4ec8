"""Ad-hoc requests as people file them, for tests that need one in some state."""

from __future__ import annotations

from datetime import date

from accounts.models import Person
from fieldvisits.actions import requests
from fieldvisits.models import AdHocRequest, Visit
from tests.factories.agency import CONTENT, Agency

REASON = "Đơn vị đề nghị đột xuất để gỡ khó về nhân sự"
REPORT = "Ban thấy cần thiết, đề nghị Thường trực đồng ý"


def draft(
    agency: Agency,
    first: date,
    last: date | None = None,
    *,
    cadre: Person | None = None,
    replaces: Visit | None = None,
    late_reason: str = "",
    **fields: object,
) -> AdHocRequest:
    """A request written down and not sent."""
    values = {
        "unit": agency.unit, "session": "full", "kind": "working_session", "content": CONTENT,
        **fields,
    }  # fmt: skip
    if values["kind"] == "thematic":
        values.setdefault("expected_result", "Báo cáo chuyên đề")
    visit = Visit(starts_on=first, ends_on=last or first, **values)
    asked = AdHocRequest(reason=REASON, late_reason=late_reason, replaces=replaces)
    return requests.save(asked, visit, by=cadre or agency.cadre)


def requested(agency: Agency, first: date, *more: object, **fields: object) -> AdHocRequest:
    asked = draft(agency, first, *more, **fields)  # type: ignore[arg-type]  # as given
    requests.send(asked, by=asked.visit.cadre)
    return asked


def endorsed(agency: Agency, first: date, *more: object, **fields: object) -> AdHocRequest:
    asked = requested(agency, first, *more, **fields)
    assert asked.superior is not None
    requests.endorse(asked, by=asked.superior, comment=REPORT)
    return asked
