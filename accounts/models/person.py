"""People: whoever signs in, travels, decides or is written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.text import clean, search_text, sort_key

if TYPE_CHECKING:
    from datetime import date

    from accounts.models.appointment import Offices


class PersonQuerySet(models.QuerySet["Person"]):
    def in_order(self) -> PersonQuerySet:
        """Vietnamese order of names: last word first (docs/regulation.md, conventions)."""
        return self.order_by("sort_key", "code")

    def matching(self, words: str) -> PersonQuerySet:
        """People whose name, code or e-mail contains ``words``, diacritics ignored."""
        return self.filter(search_text__contains=search_text(words))


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]  # django-stubs cannot follow from_queryset here
    def get_by_natural_key(self, email: str | None) -> Person:
        return self.get(email__iexact=email)


class Person(AbstractBaseUser):
    """One person, for life: offices come and go as dated ``Appointment`` rows."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    # Without an e-mail a person is on record but cannot sign in until invited.
    email = models.EmailField(_("e-mail"), max_length=254, null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    gender = models.CharField(_("gender"), max_length=20, blank=True)
    in_scope = models.BooleanField(
        _("owes field visits"), default=True, help_text=_("Rule R1 applies to this person.")
    )
    language = models.CharField(_("language"), max_length=8, blank=True)
    # Pages whose first words have been read and put away: keys of ``accounts.hints``.
    hints_read = models.JSONField(default=list, blank=True, editable=False)
    # How messages go by mail: {group of ``accounts.mailing``: a ``MailWay``}, where chosen.
    mail_ways = models.JSONField(default=dict, blank=True, editable=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    sort_key = models.CharField(max_length=600, editable=False, db_index=True)
    search_text = models.CharField(max_length=450, editable=False)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["code", "full_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "code"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="person_email_is_unique",
                violation_error_message=_("Another person already has this e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def describe(self, full_name: str) -> Person:
        """Set the name with what is derived from it; the caller saves."""
        self.full_name = clean(full_name)
        self.sort_key = sort_key(self.full_name)
        self.search_text = search_text(f"{self.full_name} {self.code} {self.email or ''}")
        return self

    def offices(self, on: date) -> Offices:
        """Everything this person holds on ``on``; read once per date and instance."""
        from accounts.models.appointment import Offices  # noqa: PLC0415 -- models refer to each other

        cache: dict[date, Offices] = self.__dict__.setdefault("_offices", {})
        if on not in cache:
            cache[on] = Offices.of(self, on)
        return cache[on]
