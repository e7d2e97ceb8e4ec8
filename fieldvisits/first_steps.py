"""The steps of the beginning that concern the regime: its regulation, the first quarter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import beginning
from accounts.beginning import Step
from accounts.desk import Button
from accounts.links import address
from accounts.models import InboxItem
from fieldvisits.calendar import Quarter
from fieldvisits.models import Plan, Regulation
from fieldvisits.notices.opening import KIND, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

REGULATION, QUARTER = 60, 70  # where they stand


@dataclass(frozen=True, slots=True)
class FirstQuarter:
    """The quarter that can be planned today, and whether anybody knows: three queries."""

    quarter: Quarter
    version: Regulation
    told: int
    plans: int

    @classmethod
    def read(cls, today: date) -> FirstQuarter:
        quarter = Quarter.of(today)
        version = Regulation.objects.for_year(quarter.next.year)
        if version.registration_opens_on(quarter.next) <= today:
            quarter = quarter.next
        told = InboxItem.objects.filter(kind=KIND, key=key_of(quarter)).count()
        plans = Plan.objects.own().filter(year=quarter.year, quarter_number=quarter.number)
        return cls(quarter, version, told, plans.count())

    @property
    def name(self) -> str:
        return f"{self.quarter.roman}/{self.quarter.year}"


def steps(today: date) -> Iterator[Step]:
    version = Regulation.objects.on(today)
    yield _regulation(version, today)
    yield _quarter(FirstQuarter.read(today))


def _regulation(version: Regulation, today: date) -> Step:
    assumed = version.assumed_for(today.year)
    goes_on = _("%(number)s is continued for %(year)d as an assumption, and marked so.")
    applies = _("%(number)s applies to %(year)d.")
    values = {"number": version.number, "year": today.year}
    new = _("The office's own regulation of this year; bring it in as a new version if there is.")
    ways = [
        Button(_("Read the regulation"), address("fieldvisits:regulation"), not assumed),
        Button(_("Bring in a new version"), address("fieldvisits:regulation-new")),
        Button(_("What this system assumes"), address("accounts:assumptions")),
    ]
    return Step(
        key="regulation",
        rank=REGULATION,
        title=_("The regulation"),
        state="done" if version.pk else "missing",
        stands=(goes_on if assumed else applies) % values,
        missing=new if assumed else "",
        without=_("Everything; targets and due days are those of the version continued."),
        ways=tuple(ways),
    )


def _quarter(found: FirstQuarter) -> Step:
    begun = found.told or found.plans
    told = ngettext("%(n)d comrade has been told", "%(n)d comrades have been told", found.told)
    plans = ngettext("%(n)d plan begun", "%(n)d plans begun", found.plans)
    said = ", ".join([told % {"n": found.told}, plans % {"n": found.plans}])
    return Step(
        key="quarter",
        rank=QUARTER,
        title=_("The first quarter"),
        state="done" if begun else "missing",
        stands=_("Quarter %(name)s: %(said)s.") % {"name": found.name, "said": said},
        missing="" if begun else _("Nobody has been told that plans can be registered."),
        without=_("Plans can be opened all the same; a late one is possible and marked late."),
        ways=(Button(_("Open the quarter"), address("fieldvisits:start-quarter"), is_main=True),),
    )


def join_in() -> None:
    beginning.register(steps)
