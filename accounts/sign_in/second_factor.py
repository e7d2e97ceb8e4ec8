"""The second factor at sign-in, read: who has one, who has to have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import ALLOWED, Verdict, denied
from accounts.sealing import is_openable

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Person

# What opens a door by itself; recovery codes only stand in for one of these.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def factors_of(person: Person) -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(user=person).order_by("type", "created_at", "pk")


def has_factor(person: Person) -> bool:
    return factors_of(person).filter(type__in=FACTORS).exists()


def has_to_have_one(person: Person) -> bool:
    """Whether an office held today asks for a second factor, where the settings say so."""
    if not settings.REQUIRE_SECOND_FACTOR:
        return False
    offices = person.offices(timezone.localdate())
    return offices.is_administrator or offices.is_on_committee


def still_owes_one(person: Person) -> bool:
    return has_to_have_one(person) and not has_factor(person)


def sealed_by_another_key() -> int:
    """How many people have an app with codes that this installation's secret key cannot open."""
    rows = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
    return sum(
        not is_openable(data.get("secret", "")) for data in rows.values_list("data", flat=True)
    )


def keeps_accounts(by: Person) -> Verdict:
    if by.offices(timezone.localdate()).is_administrator:
        return ALLOWED
    return denied(_("Only the administrator removes a lost second factor."))


def may_remove_of(by: Person, person: Person) -> Verdict:
    """Whether ``by`` removes the second factor of somebody who lost it."""
    if not (verdict := keeps_accounts(by)):
        return verdict
    if by.pk == person.pk:
        return denied(
            _("Another administrator removes yours; your own page takes out what you still have.")
        )
    return ALLOWED
