"""People put on record by the administrator, and their particulars changed."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions.account import follow_address
from accounts.actions.organisation import record
from accounts.choices import OrganisationSubject, OrganisationVerb
from accounts.models import Person
from accounts.organising import require_organising
from accounts.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = ("full_name", "email", "phone", "gender", "in_scope")


def suggested_code() -> str:
    """The next number of the codes the office uses most: “CB041” after “CB040”.

    Nothing where there is no such series yet.
    """
    parted = [
        found
        for code in Person.objects.order_by().values_list("code", flat=True)
        if (found := re.fullmatch(r"(.*?)(\d{1,9})", code))
    ]
    if not parted:
        return ""
    start, width = Counter((one[1], len(one[2])) for one in parted).most_common(1)[0][0]
    last = max(int(one[2]) for one in parted if one[1] == start)
    return f"{start}{last + 1:0{width}d}"


def particulars(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in FIELDS}


def mark_of(person: Person) -> str:
    return hashlib.sha256(repr(particulars(person)).encode()).hexdigest()[:16]


def _fill(person: Person, values: Mapping[str, Any]) -> None:
    for name in ("phone", "gender"):
        setattr(person, name, clean(values[name]))
    person.email = clean(values["email"] or "") or None
    person.in_scope = values["in_scope"]
    person.describe(values["full_name"])


@transaction.atomic
def add_person(*, by: Person, code: str, **values: Any) -> Person:
    """Put somebody on record; they cannot sign in until invited.

    Raises ``ValidationError`` by field: a code or an e-mail somebody else has.
    """
    require_organising(by)
    person = Person(code=clean(code))
    person.set_unusable_password()
    _fill(person, values)
    if same := Person.objects.filter(code=person.code).first():
        if particulars(same) == particulars(person):  # pressed twice (B4)
            return same
        raise ValidationError({"code": _("Another person already has this code.")})
    _write(person)
    _tell(person, OrganisationVerb.ADDED, by=by, after=particulars(person))
    return person


@transaction.atomic
def change_person(person: Person, *, by: Person, seen: str, **values: Any) -> Person:
    """Change particulars; ``seen`` is the mark of those that were shown (B3).

    Another address for somebody who has one is told to both, as on the page of the account.
    """
    require_organising(by)
    person = Person.objects.select_for_update().get(pk=person.pk)
    before = particulars(person)
    was = mark_of(person)
    _fill(person, values)
    if particulars(person) == before:
        return person
    if was != seen:
        raise ValidationError(_("Somebody else changed these particulars meanwhile."), code="stale")
    _write(person)
    changed = {name for name in FIELDS if before[name] != getattr(person, name)}
    if "email" in changed and before["email"]:
        follow_address(person, old=before["email"], by=by, reason="", now=timezone.now())
    _tell(
        person, OrganisationVerb.CHANGED, by=by,
        before={name: before[name] for name in FIELDS if name in changed},
        after={name: getattr(person, name) for name in FIELDS if name in changed},
    )  # fmt: skip
    return person


def refuse_taken_email(email: str | None, person_id: int | None) -> None:
    """An address signs one person in; raises ``ValidationError`` naming who has it."""
    others = Person.objects.exclude(pk=person_id)
    if email and (other := others.filter(email__iexact=email).first()):
        said = _("Comrade %(name)s (%(code)s) already has this e-mail address.")
        raise ValidationError(said % {"name": other.full_name, "code": other.code})


def _write(person: Person) -> None:
    try:
        refuse_taken_email(person.email, person.pk)
    except ValidationError as refusal:
        raise ValidationError({"email": refusal.messages}) from refusal
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:  # somebody was faster
        raise ValidationError(
            _("The code or the e-mail address has just been given to somebody else.")
        ) from error


def _tell(
    person: Person,
    kind: OrganisationVerb,
    *,
    by: Person,
    after: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
) -> None:
    record(
        (OrganisationSubject.PERSON, person.code), kind, by=by, on=timezone.localdate(),
        before=before, after=after,
    )  # fmt: skip
