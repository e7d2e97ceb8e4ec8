"""People by code. Without an e-mail a person is on record and cannot sign in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from accounts.interchange.tables import Column, Row, Table
from accounts.interchange.upserts import Wanted, count, refuse_repeated, upsert
from accounts.interchange.values import CODE, EMAIL, FLAG, PHONE, line, quoted
from accounts.models import Person

if TYPE_CHECKING:
    from accounts.interchange.run import Run


def _take_people(run: Run, rows: Iterable[Row]) -> None:
    wanted = []
    for row in rows:
        values = {"full_name": row["full_name"]}
        values |= {name: row[name] for name in ("email", "in_scope") if row.has(name)}
        values |= {name: row[name] for name in ("phone", "gender") if row.has(name)}
        wanted.append(Wanted(row, row["code"], {"code": row["code"]}, values))
    refuse_repeated(run, "people", "code", wanted)
    people = {(person.code,): person for person in Person.objects.all()}
    _refuse_shared_email(run, wanted, people)
    if run.failed:
        return
    _free_emails(wanted, people)
    upsert(run, Person, wanted, people, _described, ("sort_key", "search_text"))  # type: ignore[arg-type]  # keys are tuples
    count(run, "people", wanted)


def _described(person: Person) -> Person:
    if person.pk is None:
        person.password = make_password(None)
    return person.describe(person.full_name)


def _refuse_shared_email(run: Run, wanted: list[Wanted], people: dict[tuple[str], Person]) -> None:
    """An e-mail address belongs to one person, in the file and in the database."""
    given = {item.row["code"] for item in wanted if item.row.has("email")}
    owners = {
        person.email.lower(): (person.code, 0)
        for person in people.values()
        if person.email and person.code not in given
    }
    for item in wanted:
        if not (email := item.row.get("email")):
            continue
        code, number = owners.setdefault(email, (item.row["code"], item.row.number))
        if number != item.row.number:
            reason = _("%(email)s already belongs to %(code)s.")
            reason %= {"email": quoted(email), "code": quoted(code)}
            run.problem("people", item.row.number, "email", reason)


def _free_emails(wanted: list[Wanted], people: dict[tuple[str], Person]) -> None:
    """Let go of addresses that change hands, so that none is held twice on the way."""
    taken = {item.values.get("email") for item in wanted}
    losing = [
        person.pk
        for item in wanted
        if (person := people.get((item.row["code"],)))
        and person.email
        and "email" in item.values
        and item.values["email"] != person.email
        and person.email.lower() in taken
    ]
    Person.objects.filter(pk__in=losing).update(email=None)


def _give_people() -> Iterator[tuple[Any, ...]]:
    names = ("code", "full_name", "email", "phone", "gender", "in_scope")
    yield from sorted(Person.objects.order_by().values_list(*names), key=lambda row: row[0])


PEOPLE = Table(
    "people",
    (
        Column("code", CODE),
        Column("full_name", line(120)),
        Column("email", EMAIL, optional=True),
        Column("phone", PHONE, optional=True, empty=""),
        Column("gender", line(20), optional=True, empty=""),
        Column("in_scope", FLAG, optional=True, empty=True),
    ),
    _take_people,
    _give_people,
    code="code",
)
