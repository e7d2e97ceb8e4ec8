"""Exemptions, as the record keeps them; who writes them down is the planner's to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accounts.models import Exemption


def as_said(row: Exemption) -> dict[str, Any]:
    said = {"exemption": row.reason, "note": row.note, "from": row.starts_on.isoformat()}
    return {**said, "to": row.ends_on.isoformat() if row.ends_on else None}
