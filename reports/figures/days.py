"""Half-days inside, days at the edge."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from fieldvisits.ledger.slots import KIND_NAMES
from fieldvisits.ledger.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Iterable

# The figures that cadres, departments and the agency show alike, in this order.
SHOWN = (
    "planned", "approved", "ahead", "unreported",
    "carried_out", "accepted", "provisional", "confirmed",
)  # fmt: skip

type_of_json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Days:
    """The figures of docs/figures.md, in half-days, as of one day."""

    planned: int = 0
    approved: int = 0
    ahead: int = 0
    unreported: int = 0
    carried_out: int = 0
    accepted: int = 0
    provisional: int = 0
    confirmed: int = 0
    ad_hoc: int = 0
    event_attendance: int = 0
    denied: int = 0
    by_quarter: tuple[int, ...] = (0,) * 4
    by_kind: tuple[int, ...] = (0,) * len(KIND_NAMES)

    @classmethod
    def of(cls, parts: Iterable[Totals]) -> Days:
        total = Totals()
        for part in parts:
            total.add(part)
        return cls(**{item.name: getattr(total, item.name) for item in fields(cls)})

    @property
    def forecast(self) -> int:
        return self.accepted + self.provisional + self.ahead

    @property
    def kinds(self) -> dict[str, int]:
        """Half-days of ``accepted`` by kind."""
        return dict(zip(KIND_NAMES, self.by_kind, strict=True))

    def as_json(self) -> type_of_json:
        return {name: in_days(getattr(self, name)) for name in SHOWN}

    def splits_as_json(self) -> type_of_json:
        return {
            "not_counted": {
                "event_attendance": in_days(self.event_attendance),
                "denied": in_days(self.denied),
            },
            "by_quarter": {
                str(number): in_days(half_days)
                for number, half_days in enumerate(self.by_quarter, start=1)
            },
            "by_kind": {kind: in_days(half_days) for kind, half_days in self.kinds.items()},
        }


NO_DAYS = Days()


def in_days(half_days: int) -> int | float:
    """Return days: whole ones as they are, others with one place.

    >>> in_days(83), in_days(120)
    (41.5, 60)
    """
    return half_days / 2 if half_days % 2 else half_days // 2


def ad_hoc_share(days: Days) -> float | None:
    """Return the part of what was carried out that came from ad-hoc visits; None at 0."""
    return days.ad_hoc / days.carried_out if days.carried_out else None


def confirmed_share(days: Days) -> float | None:
    """Return the part of the official total that units have confirmed; None at 0."""
    return days.confirmed / days.accepted if days.accepted else None
