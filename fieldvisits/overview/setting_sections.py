"""The settings of the regulation in the office's own order: headings, and what each part moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fieldvisits.overview.regulation import setting_fields

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class Section:
    key: str
    title: StrOrPromise
    moves: StrOrPromise  # which figures and marks follow a change
    names: tuple[str, ...]


SECTIONS = (
    Section(
        key="days",
        title=_("Days owed in a year"),
        moves=_("Target, met or not met, gap and pace of every cadre; sums of departments"),
        names=(
            "target_days", "window_month", "window_day", "pro_rates", "exempt_month_days",
            "level_quotas",
        ),
    ),
    Section(
        key="plans",
        title=_("Registration and quarterly plans"),
        moves=_("When registration opens; plans on time or late"),
        names=("registration_opens_days", "plan_due_day"),
    ),
    Section(
        key="sittings",
        title=_("Sittings"),
        moves=_("How many members have to be present before a sitting can be closed"),
        names=("quorum_percent",),
    ),
    Section(
        key="ad-hoc",
        title=_("Ad-hoc visits"),
        moves=_("Which urgent visits one member may decide on between sittings"),
        names=("urgent_days",),
    ),
    Section(
        key="results",
        title=_("Results and products"),
        moves=_("Results and products due, on time or late"),
        names=("result_due_days", "product_due_days", "product_again_days", "leaver_days"),
    ),
    Section(
        key="reports",
        title=_("Weekly, quarterly and annual reports"),
        moves=_("Reports on time, late or missing, of each person and department"),
        names=(
            "weekly_due_at", "weekly_after_at", "quarterly_due_day", "annual_due_month",
            "annual_due_day", "unread_days",
        ),
    ),
    Section(
        key="units",
        title=_("Confirmation by units"),
        moves=_("Confirmations without an answer; when a “no” may be upheld"),
        names=("confirmation_days", "dispute_working_days"),
    ),
    Section(
        key="reminders",
        title=_("Reminders"),
        moves=_("Messages only, no figure"),
        names=("reminder_days", "escalation_days", "nudge_after_days"),
    ),
)  # fmt: skip
REST = Section(
    key="other", title=_("Other settings"), moves=_("What the setting's name says"), names=()
)


def sections() -> list[Section]:
    """All of them; a setting that belongs to none stands under the last heading by itself."""
    placed = {name for section in SECTIONS for name in section.names}
    rest = tuple(field.name for field in setting_fields() if field.name not in placed)
    if not rest:
        return list(SECTIONS)
    return [*SECTIONS, Section(key=REST.key, title=REST.title, moves=REST.moves, names=rest)]


def moves() -> dict[str, StrOrPromise]:
    """For every setting what follows a change of it."""
    return {name: section.moves for section in sections() for name in section.names}
