"""Frozen content: one function per paper names its fields; one way to hash them.

Canonical JSON: sorted keys, NFC, ISO dates, codes instead of names, no display text,
a schema number. The same content always has the same SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import TYPE_CHECKING, Any

from fieldvisits.models import AdHocRequest, Dossier, Plan, Product, Sitting, Visit

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from fieldvisits.models import Paper

SCHEMA = 1


def canonical(content: dict[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return unicodedata.normalize("NFC", text)


def content_hash(content: dict[str, Any]) -> str:
    """Return the SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def visit_content(visit: Visit) -> dict[str, Any]:
    content = {
        "schema": SCHEMA,
        "code": visit.code,
        "cadre": visit.cadre.code,
        "unit": visit.unit.code,
        "starts_on": _iso(visit.starts_on),
        "ends_on": _iso(visit.ends_on),
        "session": visit.session,
        "shared": visit.shared,
        "kind": visit.kind,
        "origin": visit.origin,
        "content": visit.content,
        "expected_result": visit.expected_result,
        "role": visit.role,
        "inspection_body": visit.inspection_body,
        "inspection_programme": visit.inspection_programme,
        "team": visit.team,
        "result": visit.result,
    }
    if visit.activity:  # named only where there is one: other contents keep their hash
        content["activity"] = visit.activity.code
    return content


def plan_content(plan: Plan) -> dict[str, Any]:
    visits = plan.visits.live().select_related("cadre", "unit", "activity").order_by("code")
    return {
        "schema": SCHEMA,
        "cadre": plan.cadre.code,
        "department": plan.department.code if plan.department else None,
        "year": plan.year,
        "quarter": plan.quarter_number,
        "visits": [visit_content(visit) for visit in visits],
    }


def dossier_content(dossier: Dossier) -> dict[str, Any]:
    plans = dossier.plans.select_related("cadre", "department").order_by("cadre__code")
    return {
        "schema": SCHEMA,
        "department": dossier.department.code if dossier.department else None,
        "year": dossier.year,
        "quarter": dossier.quarter_number,
        "round": dossier.round,
        "met_on": _iso(dossier.met_on),
        "present": dossier.present,
        "conclusions": dossier.conclusions,
        "missing_reason": dossier.missing_reason,
        "plans": [plan_content(plan) for plan in plans],
    }


def sitting_content(sitting: Sitting) -> dict[str, Any]:
    lines = sitting.lines.select_related("visit", "unit", "decided_by").order_by("number")
    return {
        "schema": SCHEMA,
        "held_on": _iso(sitting.held_on),
        "chair": sitting.chair.code,
        "secretary": sitting.secretary.code,
        "notice_number": sitting.notice_number,
        "present": sorted(
            row.member.code
            for row in sitting.presences.filter(is_present=True).select_related("member")
        ),
        "lines": [
            {
                "number": line.number,
                "visit": line.visit.code,
                "decision": line.decision,
                "reason": line.reason,
                "starts_on": _iso(line.starts_on),
                "ends_on": _iso(line.ends_on),
                "session": line.session,
                "unit": line.unit.code if line.unit else None,
                "decided_by": line.decided_by.code if line.decided_by else None,
            }
            for line in lines
        ],
        "directions": [
            {"department": row.department.code if row.department else None, "text": row.text}
            for row in sitting.directions.select_related("department")
        ],
        "reported": [
            {"visit": request.visit.code, "state": request.state}
            for request in sitting.requests_reported.select_related("visit").order_by("pk")
        ],
    }


def request_content(request: AdHocRequest) -> dict[str, Any]:
    replaced = request.replaces
    return {
        "schema": SCHEMA,
        "department": request.department.code if request.department else None,
        "reason": request.reason,
        "endorsement": request.endorsement,
        "is_urgent": request.is_urgent,
        "is_late": request.is_late,
        "late_reason": request.late_reason,
        "replaces": replaced.code if replaced else None,
        "decided_alone_by": request.decided_alone_by.code if request.decided_alone_by else None,
        "visit": visit_content(request.visit),
    }


def product_content(product: Product) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "visit": product.visit.code,
        "title": product.title,
        "summary": product.summary,
        "link": product.link,
        "files": sorted(product.files.values_list("sha256", flat=True)),
    }


_CONTENT: dict[str, Callable[[Any], dict[str, Any]]] = {
    "plan": plan_content,
    "dossier": dossier_content,
    "visit": visit_content,
    "sitting": sitting_content,
    "request": request_content,
    "product": product_content,
}


def freeze_as(path: str, content: Callable[[Any], dict[str, Any]]) -> None:
    """Let an app above say what of its papers is frozen."""
    _CONTENT[path] = content


def content_of(paper: Paper) -> dict[str, Any]:
    return _CONTENT[paper.PATH](paper)
