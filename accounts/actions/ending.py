"""Departments and units end: alone, merged into one, or split over several.

What follows is previewed first (``accounts.endings``) and confirmed as it was seen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import endings
from accounts.actions.journal import Journal
from accounts.actions.offices_moving import end_offices
from accounts.actions.organisation import NO_DECISION, Decision
from accounts.actions.through_time import lock, make_owner, record_all, require_right
from accounts.choices import OrganisationVerb, Share
from accounts.endings import Change, Consequence
from accounts.through_time import DAY, last_version, main_heir, short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from accounts.models import OrganisationEvent, Person
    from accounts.through_time import Nature


@dataclass(frozen=True, kw_only=True)
class Ending:
    """What is asked for. ``heirs`` are (row, share); ``founded`` describes one that begins
    with it: code, fixed values and names.
    """

    nature: Nature
    olds: list[Any]
    on: date  # the first day without them
    heirs: Sequence[tuple[Any, str]] = field(default_factory=list)
    founded: Mapping[str, Any] | None = None
    moves_people: bool = False

    @property
    def verb(self) -> OrganisationVerb:
        if len(self.heirs) > 1:
            return OrganisationVerb.SPLIT
        is_merged = len(self.olds) > 1 or self.founded is not None
        return OrganisationVerb.MERGED if is_merged else OrganisationVerb.ENDED

    def change(self) -> Change:
        heir = main_heir(self.heirs)
        name = self.founded["names"]["name"] if self.founded else ""
        return Change(
            subject=self.nature.subject,
            ended=frozenset(row.pk for row in self.olds),
            on=self.on,
            heir_id=heir.pk if heir else None,
            heir=heir.name_on(self.on) if heir else name,
            moves_people=self.moves_people,
        )


@dataclass(frozen=True, slots=True)
class Preview:
    rows: list[Consequence]
    mark: str


def preview(ending: Ending) -> Preview:
    """Everything concerned; raise ``ValidationError`` where it cannot be. Reads only."""
    if problems := _problems(ending):
        raise ValidationError(problems)
    rows = endings.previewed(ending.change())
    return Preview(rows, _mark(ending, rows))


def _mark(ending: Ending, rows: list[Consequence]) -> str:
    owners = [*ending.olds, *(heir for heir, _share in ending.heirs)]
    versions = [
        (version.pk, version.starts_on, version.ends_on)
        for owner in owners
        for version in owner.dated()
    ]
    shares = [share for _heir, share in ending.heirs]
    return endings.mark_of(rows, versions, shares, ending.on, ending.moves_people)


def _problems(ending: Ending) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in ending.olds:
        last = last_version(row)
        values = {"name": last, "day": short(ending.on)}
        if last.ends_on is not None:
            said = _("%(name)s ended on %(day)s already.")
            found.setdefault("on", []).append(said % {**values, "day": short(last.ends_on)})
        elif last.starts_on is not None and last.starts_on >= ending.on:
            said = _("%(name)s begins, or was last changed, not before %(day)s.")
            found.setdefault("on", []).append(said % values)
    if wrong := _wrong_heirs(ending):
        found["heirs"] = wrong
    return found


def _wrong_heirs(ending: Ending) -> list[str]:
    olds = {row.pk for row in ending.olds}
    wrong = [
        _("%(name)s does not exist on %(day)s.") % {"name": row, "day": short(ending.on)}
        for row, _share in ending.heirs
        if not row.exists_on(ending.on)
    ]
    if any(row.pk in olds for row, _share in ending.heirs):
        wrong.append(_("What ends cannot take over itself."))
    if len({row.pk for row, _share in ending.heirs}) < len(ending.heirs):
        wrong.append(_("One successor stands there twice."))
    shares = [share for _row, share in ending.heirs]
    if Share.WHOLE in shares and len(shares) > 1:
        wrong.append(_("What one takes over as a whole leaves nothing for another."))
    if len(shares) > 1 and shares.count(Share.MAIN) != 1:
        wrong.append(_("Of several successors exactly one takes the main part."))
    return wrong


@transaction.atomic
def end(
    ending: Ending, *, by: Person, seen: str, decision: Decision = NO_DECISION
) -> OrganisationEvent:
    """Let departments or units end, as previewed with the mark ``seen``.

    Raises ``ValidationError`` by field, nothing written; pressing twice finds them ended.
    """
    require_right(by)
    nature = ending.nature
    locked = lock(nature, [*ending.olds, *(heir for heir, _share in ending.heirs)])
    olds = locked[: len(ending.olds)]
    shares = [share for _heir, share in ending.heirs]
    heirs = list(zip(locked[len(olds) :], shares, strict=True))
    now = Ending(
        nature=nature, olds=olds, on=ending.on, heirs=heirs, founded=ending.founded,
        moves_people=ending.moves_people,
    )  # fmt: skip
    if preview(now).mark != seen:
        raise ValidationError(
            _("What is concerned has changed meanwhile. Look at it again, then confirm."),
            code="stale",
        )
    return _write(now, by=by, decision=decision)


def _write(ending: Ending, *, by: Person, decision: Decision) -> OrganisationEvent:
    nature, journal, on = ending.nature, Journal(), ending.on
    heirs = list(ending.heirs)
    if ending.founded is not None:
        made = make_owner(
            journal, nature, code=ending.founded["code"], fixed=ending.founded["fixed"],
            starts_on=on, **ending.founded["names"],
        )  # fmt: skip
        heirs.append((made, Share.WHOLE))
    names = [row.name_on(on - DAY) for row in ending.olds]
    for row in ending.olds:
        journal.change(last_version(row), ends_on=on - DAY)
        for heir, share in heirs:
            _link(journal, nature, row, heir, share, on)
    people = end_offices(journal, ending, main_heir(heirs), by=by, decision=decision)
    said = [{"code": row.code, "name": row.name_on(on), "share": share} for row, share in heirs]
    event = record_all(
        nature, [*ending.olds, *(row for row, _share in heirs)], ending.verb, journal,
        by=by, on=on, decision=decision, before={"names": names}, after={"heirs": said},
    )  # fmt: skip
    endings.follow(ending.change(), people, by)
    return event


def _link(journal: Journal, nature: Nature, old: Any, new: Any, share: str, on: date) -> None:
    if nature.successions.objects.filter(old=old, new=new).exists():
        raise ValidationError(
            {"heirs": _("%(new)s has taken over %(old)s before.") % {"new": new, "old": old}}
        )
    if nature.is_units():
        journal.make(nature.successions(old=old, new=new, on=on, share=share))
    else:
        journal.make(nature.successions(old=old, new=new, on=on, is_main=share != Share.PART))
