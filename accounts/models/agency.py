"""The agency itself, as it calls itself on a day; and when the clock last did its work."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgencyVersion(models.Model):
    """Names and document heads in force from a day on; papers print what was valid on theirs."""

    starts_on = models.DateField(
        _("from"),
        unique=True,
        error_messages={"unique": _("There is already a version from this day; change that one.")},
    )
    name = models.CharField(
        _("name of the agency"),
        max_length=120,
        help_text=_("Stands in the head of every page and in the subject of every mail."),
    )
    superior_body = models.CharField(
        _("superior body"),
        max_length=120,
        help_text=_("First line at the left of a document's head."),
    )
    issuing_body = models.CharField(
        _("issuing body"), max_length=120, help_text=_("Second line at the left, in bold type.")
    )
    motto = models.CharField(_("organisation, at the right of the head"), max_length=120)
    place = models.CharField(
        _("place"), max_length=60, help_text=_("Stands before the date: Hà Nội, ngày …")
    )
    number_code = models.CharField(
        _("abbreviation of the agency in document numbers"), max_length=20
    )
    number_department = models.CharField(
        _("abbreviation of the department that drafts for the Standing Committee"), max_length=20
    )
    signed_for = models.CharField(_("signed on behalf of"), max_length=80)
    signed_in_place = models.CharField(_("signed in place of the head"), max_length=20)
    signed_by_order = models.CharField(_("signed by order"), max_length=20)
    help_sentence = models.CharField(
        _("who helps, and how they are reached"),
        max_length=200,
        blank=True,
        help_text=_("Stands in the foot of every page."),
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("names and document heads")
        verbose_name_plural = _("names and document heads")
        ordering = ["starts_on"]

    def __str__(self) -> str:
        return self.name


class ClockRun(models.Model):
    """The last time one kind of work of the clock was done, and how it ended."""

    task = models.CharField(max_length=100, unique=True)
    ended_at = models.DateTimeField()
    succeeded_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["task"]

    def __str__(self) -> str:
        return self.task
