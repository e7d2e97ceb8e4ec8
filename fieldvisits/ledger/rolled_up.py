"""The same days, seen from today: what a unit took over as a whole counts as its own.

A unit that was split keeps its history: it stands beside its successors, with how much of it
each took in words. Nothing is divided, so nothing is invented and the sums stay the same.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from accounts.choices import Share
from accounts.models import Unit, UnitSuccession
from fieldvisits.ledger.at_units import Tree, UnitDays, unit_days

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date


AS_IT_WAS, AS_OF_TODAY = "", "today"
MOST_STEPS = 8  # a unit that went into one that went into another, and so on


@dataclass(frozen=True)
class RolledUp(Tree):
    """Units by what became of them until ``as_of``; used in place of a ``Tree``."""

    as_of: date
    whole: dict[int, int] = field(default_factory=dict)  # old: the one that took all of it

    @classmethod
    def of(cls, tree: Tree, as_of: date) -> RolledUp:
        """One query."""
        links = UnitSuccession.objects.filter(share=Share.WHOLE, on__lte=as_of).order_by("on")
        return cls(tree.versions, as_of, dict(links.values_list("old_id", "new_id")))

    def heir(self, unit_id: int) -> int | None:
        """The unit that stands for this one today; None for one that ended or was split."""
        step: int | None = unit_id
        for _step in range(MOST_STEPS):
            if step is None or self._exists(step, self.as_of):
                return step
            step = self.whole.get(step)
        return None

    def at_and_above(self, unit_id: int, day: date) -> list[int]:
        heir = self.heir(unit_id)
        if heir is None:
            return super().at_and_above(unit_id, day)
        return super().at_and_above(heir, self.as_of)

    def below(self, unit_ids: Collection[int]) -> set[int]:
        """Also what came into them as a whole, and what lay below that."""
        olds: defaultdict[int, set[int]] = defaultdict(set)
        for old, new in self.whole.items():
            olds[new].add(old)
        found = super().below(unit_ids)
        for _step in range(MOST_STEPS):
            more = {old for unit_id in found for old in olds[unit_id]} - found
            if not more:
                break
            found |= super().below(more)
        return found


def tree_for(view: str, as_of: date, tree: Tree | None = None) -> Tree:
    """The units as they were, or as of today: one query, or two."""
    tree = tree or Tree.read()
    return RolledUp.of(tree, as_of) if view == AS_OF_TODAY else tree


@dataclass(frozen=True, slots=True)
class Part:
    """A successor of a unit that was split, and how much of it that one took, in words."""

    unit_id: int
    name: str
    share: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Days that stay with a unit that is no more, beside who took over its area."""

    unit_id: int
    name: str
    days: UnitDays
    parts: list[Part]


def kept(tree: RolledUp, first: date, last: date, as_of: date) -> list[Kept]:
    """Units without a successor of the whole where somebody came, by name. Four queries or so."""
    gone = [pk for pk in tree.versions if tree.heir(pk) is None]
    counts = unit_days([Unit(pk=pk) for pk in gone], first, last, as_of, tree=tree)
    some = [pk for pk, days in counts.items() if days.covered]
    units = Unit.objects.filter(pk__in=some).prefetch_related("versions")
    parts = parts_of(some, as_of)
    rows = [Kept(unit.pk, str(unit), counts[unit.pk], parts[unit.pk]) for unit in units]
    return sorted(rows, key=lambda row: row.name)


def parts_of(unit_ids: Collection[int], as_of: date) -> dict[int, list[Part]]:
    """Return {unit: its successors}, the main part first."""
    order = {Share.WHOLE: 0, Share.MAIN: 1, Share.PART: 2}
    links = UnitSuccession.objects.filter(old__in=unit_ids, on__lte=as_of)
    links = links.select_related("new").prefetch_related("new__versions")
    found: defaultdict[int, list[Part]] = defaultdict(list)
    for link in sorted(links, key=lambda link: (order[Share(link.share)], link.new.code)):
        part = Part(link.new_id, link.new.name_on(link.on), link.get_share_display())
        found[link.old_id].append(part)
    return found


@dataclass(frozen=True, slots=True)
class Before:
    """A unit that went into another, with its own days of the period."""

    unit_id: int
    name: str
    share: str
    days: UnitDays
    is_inherited: bool


def before(unit: Unit, first: date, last: date, as_of: date, tree: Tree) -> list[Before]:
    """What went into ``unit``: its own days of the period, beside it. Three queries or so."""
    links = UnitSuccession.objects.filter(new=unit, on__lte=as_of)
    rows = list(links.select_related("old").prefetch_related("old__versions").order_by("old__code"))
    counts = unit_days([link.old for link in rows], first, last, as_of, tree=tree)
    return [
        Before(
            link.old_id,
            link.old.name_on(first),
            link.get_share_display(),
            counts[link.old_id],
            link.share == Share.WHOLE,
        )
        for link in rows
    ]
