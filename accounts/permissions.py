"""Verdicts, and the one answer to "who is the superior?" (R17)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.choices import Office
from accounts.models import Department, DepartmentSuccession, Person, Portfolio
from accounts.models.department import taken_over_by
from accounts.standing_in import deciding_in_turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer to "may this person do this?", with the reason in the rule's words."""

    allowed: bool
    reason: StrOrPromise = ""
    # Whose right it is, where it comes from a delegation, and the office acted in, a code of
    # ``Office``: the record says both (R25). Nobody's, while an office is vacant.
    on_behalf_of_id: int | None = None
    acts_in: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(allowed=True)


def denied(reason: StrOrPromise) -> Verdict:
    return Verdict(allowed=False, reason=reason)


def reads_as_head(
    by: Person, department_id: int | None, on: date, *, owner_id: int | None = None
) -> bool:
    """Whether ``by`` sees a department's papers as its head, or who stands in for the head.

    A department that ended is headed by who heads its main successor. A delegate never
    has to do with the delegator's papers (R25); a head who is away goes on seeing.
    """
    offices = by.offices(on)
    if offices.headed_id is None or department_id is None:
        return False
    if offices.stands_in_as_head and owner_id is not None and owner_id == offices.head_away_id:
        return False
    if offices.headed_id == department_id:
        return True
    return department_id in _taken_over(by, offices.headed_id, on)


def _taken_over(by: Person, headed_id: int, on: date) -> frozenset[int]:
    """Departments that ended and went to ``headed_id``; read once per person and day."""
    cache: dict[tuple[int, date], frozenset[int]] = by.__dict__.setdefault("_taken_over", {})
    if (headed_id, on) not in cache:
        rows = Department.objects.filter(pk__in=taken_over_by(headed_id, on))
        cache[headed_id, on] = frozenset(rows.values_list("pk", flat=True))
    return cache[headed_id, on]


def away() -> Verdict:
    return denied(
        _(
            "Somebody stands in for you at present, and this is theirs to do. If you are back, "
            "end the delegation first."
        )
    )


def as_head(
    by: Person,
    department_id: int | None,
    on: date,
    *,
    otherwise: StrOrPromise,
    owner_id: int | None = None,
) -> Verdict:
    """The one verdict for whatever a head does, on a paper of ``owner_id``: on whose behalf
    and in which office, if by delegation; refused to a head somebody stands in for (R25).

    ``otherwise`` is the reason given to everybody else.
    """
    if not reads_as_head(by, department_id, on, owner_id=owner_id):
        return denied(otherwise)
    offices = by.offices(on)
    if offices.acting_head_of is None:
        return away()
    if not offices.stands_in_as_head:
        return ALLOWED
    return Verdict(allowed=True, on_behalf_of_id=offices.head_away_id, acts_in=Office.HEAD)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who acts in an office today; ``absent`` is whose it is, if they are away."""

    person: Person
    absent: Person | None = None
    acts_in: str = ""  # the office acted in, a code of ``Office``; empty in one's own


@dataclass(frozen=True, slots=True)
class Superiors:
    """Who decides on whose papers on one day, for any number of people: two queries.

    ``heads``, ``in_charge`` and ``secretary`` are whoever acts in the office: the holder, or
    who stands in (R25). A department without a head reads its succession: one query more.
    """

    on: date
    offices: dict[int, Holder]  # of head, by department
    portfolios: dict[int, Holder]
    committee: list[Person]  # Secretary, deputies, members, by seniority
    deputies: list[Holder]  # of the Secretary, by seniority
    secretariat: Holder | None
    secretary_self: Person | None  # in office, be it away
    stands_in: frozenset[tuple[int, int]]  # (delegate, delegator)
    seats: dict[int, str]  # the office of each member of the committee

    @property
    def heads(self) -> dict[int, Person]:
        return {department: holder.person for department, holder in self.offices.items()}

    @property
    def in_charge(self) -> dict[int, Person]:
        return {department: holder.person for department, holder in self.portfolios.items()}

    @property
    def secretary(self) -> Person | None:
        return self.secretariat.person if self.secretariat else None

    @property
    def first_deputy(self) -> Person | None:
        return self.deputies[0].person if self.deputies else None

    @classmethod
    def of_day(cls, on: date) -> Superiors:
        """Read who heads what and who sits on the Standing Committee on ``on``."""
        ordered = deciding_in_turn(on=on)
        offices, stands_in = _heads_of(row for row in ordered if row.department_id is not None)
        bench = _Bench.of(row for row in ordered if row.department_id is None)
        portfolios: dict[int, Holder] = {}
        in_charge = Portfolio.objects.on(on).select_related("person").order_by("starts_on", "pk")
        for portfolio in in_charge:
            if portfolio.person_id in bench.rows:
                holder = bench.holder(bench.rows[portfolio.person_id])
                portfolios.setdefault(portfolio.department_id, holder)
        return cls(
            on=on,
            offices=offices,
            portfolios=portfolios,
            committee=[row.person for row in bench.rows.values()],
            deputies=[bench.holder(row) for row in bench.in_office(Office.DEPUTY_SECRETARY)],
            secretariat=bench.secretariat(),
            secretary_self=next((row.person for row in bench.in_office(Office.SECRETARY)), None),
            stands_in=stands_in | bench.pairs(),
            seats={pk: row.office for pk, row in bench.rows.items()},
        )

    def of(self, person: Person, department_id: int | None) -> Person | None:
        """Return who decides on a paper of ``person`` in that department, or None (R17).

        Committee members first: a member who heads a department answers to the
        Secretary. Never returns ``person``, nor who stands in for ``person``.
        """
        holder = self.holder_for(person, department_id)
        return holder.person if holder else None

    def holder_for(self, person: Person, department_id: int | None) -> Holder | None:
        """As ``of``, and whose office it is where the one who decides stands in for somebody."""
        for holder in self._chain(person, department_id):
            acts_for = (holder.person.pk, person.pk) in self.stands_in
            if holder.person != person and not acts_for:
                return holder
        return None

    def _chain(self, person: Person, department_id: int | None) -> Iterator[Holder]:
        secretariat = [self.secretariat] if self.secretariat else []
        if person == self.secretary_self:
            yield from self.deputies
            if self.deputies:  # the one who acts for the Secretary does not decide on them
                yield from (Holder(member) for member in self.committee)
            return
        if person not in self.committee and department_id is not None:
            yield from self._of_department(department_id)
        yield from secretariat
        if self.secretariat and self.secretariat.person == person:
            yield from self.deputies  # who acts as Secretary, and their own papers
            if self.secretary_self:
                yield Holder(self.secretary_self)

    def _of_department(self, department_id: int) -> Iterator[Holder]:
        in_turn = [department_id]
        if department_id not in self.offices:  # vacant, or ended: its main successor's head
            in_turn = [*main_successors(department_id, self.on), department_id]
        for where in (self.offices, self.portfolios):
            yield from (where[department] for department in in_turn if department in where)


def _heads_of(rows: Iterable[Any]) -> tuple[dict[int, Holder], frozenset[tuple[int, int]]]:
    """Who acts as head of each department, and (delegate, delegator) of those who stand in."""
    listed = list(rows)
    own: dict[int, Person] = {}
    for row in listed:
        if row.office == Office.HEAD:
            own.setdefault(row.department_id, row.person)
    found = {department: Holder(person) for department, person in own.items()}
    pairs = set()
    for row in listed:
        if row.heads_for is not None and row.person != own.get(row.department_id):
            absent = own.get(row.department_id)
            found[row.department_id] = Holder(row.person, absent, Office.HEAD)
            pairs.add((row.person_id, row.heads_for))
    return found, frozenset(pairs)


@dataclass(frozen=True, slots=True)
class _Bench:
    """The Standing Committee of a day, by seniority."""

    rows: dict[int, Any]

    @classmethod
    def of(cls, rows: Iterable[Any]) -> _Bench:
        found: dict[int, Any] = {}
        for row in rows:
            found.setdefault(row.person_id, row)
        return cls(found)

    def in_office(self, office: str) -> list[Any]:
        return [row for row in self.rows.values() if row.office == office]

    def holder(self, row: Any) -> Holder:
        """The member, or the member who stands in."""
        if row.delegate in self.rows:
            return Holder(self.rows[row.delegate].person, row.person, row.office)
        return Holder(row.person)

    def secretariat(self) -> Holder | None:
        for row in self.in_office(Office.SECRETARY):
            return self.holder(row)
        acting = [row.person for row in self.rows.values() if row.secretary_for is not None]
        return Holder(acting[0], acts_in=Office.SECRETARY) if acting else None

    def pairs(self) -> frozenset[tuple[int, int]]:
        return frozenset((row.delegate, pk) for pk, row in self.rows.items() if row.delegate)


def main_successors(department_id: int, on: date) -> Iterator[int]:
    """The departments that took over ``department_id``, the main one of each step, in order."""
    rows = DepartmentSuccession.objects.filter(on__lte=on, is_main=True).order_by("-on", "-pk")
    following = dict(rows.values_list("old_id", "new_id"))
    seen = {department_id}
    while (department_id := following.get(department_id, 0)) and department_id not in seen:
        seen.add(department_id)
        yield department_id


def superiors_for(asker: Person, on: date) -> Superiors:
    """The superiors of ``on``, read once per asking person and date."""
    cache: dict[date, Superiors] = asker.__dict__.setdefault("_superiors", {})
    if on not in cache:
        cache[on] = Superiors.of_day(on)
    return cache[on]


def superior(person: Person, on: date, *, department_id: int | None = None) -> Person | None:
    """Return who decides on this person's papers on ``on`` (R17), or None if nobody can.

    ``department_id`` is the department of the paper, where it is not the one the
    person belongs to on ``on`` (a plan stays with the department it was filed in).
    """
    department = department_id or person.offices(on).department_id
    return superiors_for(person, on).of(person, department)
