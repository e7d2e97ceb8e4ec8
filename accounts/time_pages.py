"""What the pages of departments and units through time show; reads only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions.through_time import events_of, last_event, taken_back_ids
from accounts.choices import OrganisationVerb, Share
from accounts.models import Appointment
from accounts.text import search_text
from accounts.through_time import DAY, last_version, links_of, share_of, short

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from accounts.models import OrganisationEvent
    from accounts.through_time import Nature

EXISTING, ENDED = "", "ended"
ENDS = (OrganisationVerb.MERGED, OrganisationVerb.SPLIT, OrganisationVerb.ENDED)
SAID: dict[str, StrOrPromise] = {
    OrganisationVerb.ADDED: gettext_lazy("Begins on %(day)s as “%(new)s”."),
    OrganisationVerb.RENAMED: gettext_lazy("“%(old)s” is called “%(new)s” from %(day)s on."),
    OrganisationVerb.PLACED: gettext_lazy("Level or superior changed from %(day)s on."),
    OrganisationVerb.SUCCEEDED: gettext_lazy(
        "%(heirs)s answers for it in requests for confirmation."
    ),
    OrganisationVerb.WITHDRAWN: gettext_lazy("Taken back: %(what)s."),
}


def rows_on(
    nature: Nature, day: date, *, words: str = "", level: str = "", state: str = EXISTING
) -> QuerySet[Any]:
    """The versions in force on a day; of those that had ended by then, the last ones."""
    owner = nature.owner
    there = nature.versions.objects.on(day).filter(**{owner: OuterRef(owner)})
    rows = nature.versions.objects.on(day)
    if state == ENDED:
        later = nature.versions.objects.filter(
            **{owner: OuterRef(owner)}, starts_on__gt=OuterRef("starts_on")
        )
        later_or_first = Exists(later) | (
            Q(starts_on=None) & Exists(_others(nature).filter(starts_on__isnull=False))
        )
        rows = nature.versions.objects.filter(ends_on__lt=day).exclude(Exists(there))
        rows = rows.exclude(later_or_first)
    if words:
        rows = rows.filter(_named(nature, words))
    if level and nature.is_units():
        rows = rows.filter(level=level)
    rows = rows.select_related(owner)
    if nature.is_units():
        return rows.prefetch_related("parent__versions").order_by("search_text", "pk")
    return rows.order_by("department__code", "pk")


def _others(nature: Nature) -> QuerySet[Any]:
    return nature.versions.objects.filter(**{nature.owner: OuterRef(nature.owner)})


def _named(nature: Nature, words: str) -> Q:
    if nature.is_units():
        return Q(search_text__contains=search_text(words))
    # A handful of rows: their names have no search text of their own.
    wanted = search_text(words)
    rows = nature.versions.objects.select_related("department")
    found = [
        row.pk
        for row in rows
        if wanted in search_text(f"{row.name} {row.short_name} {row.department.code}")
    ]
    return Q(pk__in=found)


@dataclass(frozen=True, slots=True)
class Link:
    pk: int
    name: str
    share: str
    on: date
    is_successor: bool


@dataclass(frozen=True, slots=True)
class Entry:
    event: OrganisationEvent
    what: str
    is_gone: bool  # taken back since


@dataclass(frozen=True, slots=True)
class TimePage:
    owner: Any
    day: date
    version: Any  # in force on the day, or the nearest
    exists: bool
    begins_later: bool
    ended_on: date | None
    versions: list[Any]
    successors: list[Link]
    predecessors: list[Link]
    held: list[Appointment]
    entries: list[Entry]
    undoes: OrganisationEvent | None

    @property
    def wants_successor(self) -> bool:
        """Ended, and nobody took over: who answers for it has to be named."""
        return self.ended_on is not None and not self.successors


def time_page(nature: Nature, owner: Any, day: date) -> TimePage:
    versions = owner.dated()
    links = links_of(nature, owner)
    events = events_of(nature, owner)
    gone = taken_back_ids(events)
    exists = owner.exists_on(day)
    first = versions[0].starts_on if versions else None
    held = Appointment.objects.on(day).filter(**{nature.owner: owner})
    return TimePage(
        owner=owner,
        day=day,
        version=owner.version_on(day),
        exists=exists,
        begins_later=first is not None and first > day,
        ended_on=last_version(owner).ends_on if versions else None,
        versions=versions[::-1],
        successors=[_link(link, "new") for link in links if link.old_id == owner.pk],
        predecessors=[_link(link, "old") for link in links if link.new_id == owner.pk],
        held=list(
            held.select_related("person", "department").order_by("-office", "person__sort_key")
        ),
        entries=[Entry(event, said_of(event), _is_gone(event, gone)) for event in events],
        undoes=last_event(nature, owner),
    )


def _is_gone(event: OrganisationEvent, gone: set[int]) -> bool:
    return event.pk in gone or event.details.get("after", {}).get("part_of") in gone


def _link(link: Any, end: str) -> Link:
    other = getattr(link, end)
    day = link.on if end == "new" else link.on - DAY
    return Link(other.pk, other.name_on(day), share_of(link), link.on, end == "new")


def said_of(event: OrganisationEvent) -> str:
    """The event in a sentence."""
    before = event.details.get("before", {})
    after = event.details.get("after", {})
    values = {
        "day": short(event.on),
        "old": before.get("name", ""),
        "new": after.get("name", ""),
        "heirs": ", ".join(heir["name"] for heir in after.get("heirs", ())),
        "what": dict(OrganisationVerb.choices).get(after.get("what", ""), ""),
    }
    if event.kind in ENDS:
        return _said_of_end(event, before, after)
    said = SAID.get(event.kind)
    return str(said) % values if said else capfirst(str(event.get_kind_display()))


def _said_of_end(event: OrganisationEvent, before: dict[str, Any], after: dict[str, Any]) -> str:
    heirs = after.get("heirs", [])
    names = ", ".join(before.get("names", ()))
    day = short(event.on)
    own = next((heir for heir in heirs if heir["code"] == event.subject_code), None)
    if own is not None:
        share = str(Share(own["share"]).label)
        said = _("Takes over from %(day)s on: %(names)s (%(share)s).")
        return said % {"day": day, "names": names, "share": share}
    if not heirs:
        return _("No more from %(day)s on; nobody takes over.") % {"day": day}
    listed = ", ".join(f"{heir['name']} ({Share(heir['share']).label})" for heir in heirs)
    return _("No more from %(day)s on; taken over by %(heirs)s.") % {"day": day, "heirs": listed}
