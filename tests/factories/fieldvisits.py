"""Words that forms of the planner send, for tests over HTTP."""

from __future__ import annotations

from typing import Any

from accounts.models import Unit


def visit_fields(host: Unit, **changed: Any) -> dict[str, Any]:
    """What the form of a planned visit sends: 16/10/2018, a working session."""
    return {
        "unit": host.pk,
        "starts_on": "16/10/2018",
        "ends_on": "",
        "session": "full",
        "kind": "working_session",
        "content": "Làm việc với Ban Thường vụ về công tác đoàn vụ",
        "expected_result": "Biên bản làm việc",
        "role": "",
        "inspection_body": "",
        "inspection_programme": "",
        "revision": "",
        **changed,
    }


def report_fields(**changed: Any) -> dict[str, Any]:
    """What the form of a report sends: 24/09/2018, a whole day."""
    return {
        "starts_on": "24/09/2018",
        "ends_on": "24/09/2018",
        "session": "full",
        "result": "Đã khảo sát 104 phiếu tại ba xã",
        **changed,
    }
