"""What the pages of host units show: the list, and one unit through time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.utils import timezone
from django.utils.text import capfirst

from accounts.choices import Share, UnitLevel
from accounts.models import ClusterMembership, Unit, UnitSuccession, UnitVersion
from accounts.text import search_text
from fieldvisits import permissions
from fieldvisits.choices import VisitKind
from fieldvisits.ledger.at_units import Tree, UnitDays, at_unit, last_days, unit_days
from fieldvisits.ledger.rolled_up import (
    AS_IT_WAS,
    AS_OF_TODAY,
    Before,
    Kept,
    RolledUp,
    before,
    kept,
    tree_for,
)
from fieldvisits.models import Regulation, UnitOverview, Visit
from fieldvisits.models.visit import PUBLIC_STATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from accounts.models import Person

RECENT = 50  # visits on the page of a unit
LEVELS = (
    UnitLevel.CITY,
    UnitLevel.DISTRICT,
    UnitLevel.AFFILIATED,
    UnitLevel.COMMUNE,
    UnitLevel.BASE,
    UnitLevel.BRANCH,
)


def versions_on(
    day: date,
    *,
    words: str = "",
    level: str = "",
    cluster: int | None = None,
    among: set[int] | None = None,
) -> QuerySet[UnitVersion]:
    """The units of a day as they were called then: larger ones first, then by name."""
    rank = Case(
        *(When(level=level, then=Value(number)) for number, level in enumerate(LEVELS)),
        default=Value(len(LEVELS)),
        output_field=IntegerField(),
    )
    rows = UnitVersion.objects.on(day).select_related("unit")
    if among is not None:
        rows = rows.filter(unit__in=among)
    if words:
        rows = rows.filter(search_text__contains=search_text(words))
    if level:
        rows = rows.filter(level=level)
    if cluster:
        members = ClusterMembership.objects.on(day).filter(cluster=cluster)
        rows = rows.filter(unit__in=members.values("unit"))
    return rows.prefetch_related("parent__versions").order_by(rank, "search_text", "pk")


def figures_seen_by(viewer: Person, today: date) -> set[int] | None:
    """Units whose days and visits ``viewer`` may see: None for all of them, in the agency;
    for people of a unit their own and those below it.
    """
    offices = viewer.offices(today)
    return None if offices.is_in_agency else Tree.read().below(offices.unit_ids)


@dataclass(frozen=True, slots=True)
class UnitRow:
    version: UnitVersion
    parent: str
    last_on: date | None
    days: UnitDays


def unit_rows(
    versions: Sequence[UnitVersion], today: date, year: int, view: str = AS_IT_WAS
) -> list[UnitRow]:
    """Add what was carried out: in a year, and when last. Four queries, or five."""
    first, last = Regulation.objects.for_year(year).window(year)
    tree = tree_for(view, today)
    units = [version.unit for version in versions]
    days = unit_days(units, first, last, today, tree=tree)
    latest = last_days(today, tree)
    return [
        UnitRow(
            version,
            version.parent.name_on(today) if version.parent else "",
            latest.get(version.unit_id),
            days[version.unit_id],
        )
        for version in versions
    ]


def kept_in(today: date, year: int, view: str) -> list[Kept]:
    """As of today: the days that stay with units that ended, beside who took over."""
    tree = tree_for(view, today) if view == AS_OF_TODAY else None
    if not isinstance(tree, RolledUp):
        return []
    first, last = Regulation.objects.for_year(year).window(year)
    return kept(tree, first, last, today)


@dataclass(frozen=True, slots=True)
class Place:
    """A unit named on a page of another, with how much of it is meant."""

    unit: Unit
    name: str
    share: str
    on: date


@dataclass(frozen=True, slots=True)
class UnitPage:
    unit: Unit
    name: str
    version: UnitVersion | None
    exists: bool
    ended_on: date | None
    versions: list[UnitVersion]
    parent: tuple[Unit, str] | None
    successors: list[Place]
    heirs: list[Place]  # of what lay below it, where it has no successor of its own
    predecessors: list[Place]
    days: UnitDays
    rolled: UnitDays | None  # with what it took over as a whole
    before: list[Before]  # what went into it, with its own days of the year
    year: int
    ahead: list[Visit]
    past: list[Visit]
    kinds: list[tuple[str, int]]
    in_agency: bool  # the overview is for those who visit, not for other units
    shows_figures: bool  # a unit sees its own, not those of others
    overview: UnitOverview | None
    keeps_overview: bool

    @property
    def overview_parts(self) -> list[tuple[str, str]]:
        """Label and text of every part that was written."""
        names = {
            field.name: capfirst(str(field.verbose_name))
            for field in UnitOverview._meta.concrete_fields  # noqa: SLF001 -- the documented model API
        }
        return [
            (names[part], text)
            for part in UnitOverview.PARTS
            if (text := getattr(self.overview, part, ""))
        ]


def unit_page(unit: Unit, viewer: Person, today: date, year: int) -> UnitPage:
    """Everything known of one unit, as far as the viewer may see. A constant number of queries."""
    version, exists = unit.version_on(today), unit.exists_on(today)
    (first, last), tree = Regulation.objects.for_year(year).window(year), Tree.read()
    visits = Visit.objects.visible_to(viewer).live().filter(unit__in=tree.below([unit.pk]))
    visits = visits.select_related("cadre", "unit")
    ahead = list(visits.filter(ends_on__gte=today).in_order()[:RECENT])
    past = list(visits.filter(ends_on__lt=today).order_by("-starts_on", "-code")[:RECENT])
    related = list(_links(unit))
    successors = [row for row in related if row.old_id == unit.pk]
    heirs = [] if exists or successors else list(_heirs(unit))
    parent = version.parent if version else None
    _read_names(visits=[*ahead, *past], links=[*related, *heirs], parent=parent)
    in_agency = viewer.offices(today).is_in_agency
    days, kinds = at_unit(unit, first, min(last, today), tree)
    olds = [row for row in related if row.new_id == unit.pk]
    rolled, came = _rolled(unit, (first, min(last, today)), today, tree) if olds else (None, [])
    return UnitPage(
        unit=unit,
        name=unit.name_on(today),
        version=version,
        exists=exists,
        ended_on=None if exists or version is None else version.ends_on,
        versions=unit.dated()[::-1],
        parent=(parent, parent.name_on(today)) if parent else None,
        successors=_places(successors, "new"),
        heirs=list({place.unit: place for place in _places(heirs, "new")}.values()),
        predecessors=_places(olds, "old"),
        days=days,
        rolled=rolled,
        before=came,
        year=year,
        ahead=_named(ahead),
        past=_named(past),
        in_agency=in_agency,
        shows_figures=in_agency or unit.pk in tree.below(viewer.offices(today).unit_ids),
        overview=_overview(unit) if in_agency else None,
        keeps_overview=in_agency and bool(permissions.keeps_overview(viewer, unit)),
        kinds=[(str(VisitKind(kind).label), half_days) for kind, half_days in kinds.most_common()],
    )


def _links(unit: Unit) -> QuerySet[UnitSuccession]:
    links = UnitSuccession.objects.filter(Q(old=unit) | Q(new=unit))
    return links.select_related("old", "new")


def _rolled(
    unit: Unit, days: tuple[date, date], today: date, tree: Tree
) -> tuple[UnitDays, list[Before]]:
    """Its days with those of what came whole, and what came, with its own days."""
    rolled, _kinds = at_unit(unit, *days, RolledUp.of(tree, today))
    return rolled, before(unit, *days, today, tree)


def for_page(units: QuerySet[Unit], viewer: Person) -> QuerySet[Unit]:
    """The unit with its names and cluster; whether the viewer has been there, whether it has
    an overview.
    """
    visits = Visit.objects.filter(unit=OuterRef("pk"), cadre=viewer, state__in=PUBLIC_STATES)
    overviews = UnitOverview.objects.filter(unit=OuterRef("pk"))
    member = ClusterMembership.objects.on(timezone.localdate()).filter(unit=OuterRef("pk"))
    rows = units.annotate(
        has_been=Exists(visits),
        has_overview=Exists(overviews),
        cluster_id=Subquery(member.values("cluster")[:1]),
        cluster_name=Subquery(member.values("cluster__name")[:1]),
    )
    return rows.prefetch_related("versions__parent")


def _overview(unit: Unit) -> UnitOverview | None:
    has_one = unit.__dict__.get("has_overview", True)
    return unit.overviews.select_related("by").first() if has_one else None


def _read_names(*, visits: list[Visit], links: list[UnitSuccession], parent: Unit | None) -> None:
    """Read the names through time of every other unit on the page: one query."""
    units = [visit.unit for visit in visits]
    units += [unit for row in links for unit in (row.old, row.new)]
    prefetch_related_objects([*units, *([parent] if parent else [])], "versions")


def _places(rows: Iterable[UnitSuccession], end: str) -> list[Place]:
    """Whole ones first, then main parts, then parts."""
    order = {"whole": 0, "main": 1, "part": 2}
    found = []
    for row in rows:
        other: Unit = getattr(row, end)
        found.append((order[row.share], other.name_on(row.on), row, other))
    found.sort(key=lambda item: item[:2])
    return [Place(unit, name, row.get_share_display(), row.on) for _n, name, row, unit in found]


def _heirs(unit: Unit) -> QuerySet[UnitSuccession]:
    """What took over the units below an ended one: a district's communes, say."""
    return (
        UnitSuccession.objects.filter(
            old__versions__parent=unit, share__in=(Share.WHOLE, Share.MAIN)
        )
        .select_related("old", "new")
        .distinct()
    )


def _named(visits: list[Visit]) -> list[Visit]:
    for visit in visits:
        visit.unit_name = visit.unit.name_on(visit.starts_on)  # type: ignore[attr-defined]  # for the page
    return visits
