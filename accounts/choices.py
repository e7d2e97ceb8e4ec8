"""The words of the organisation, as the sources use them (docs/regulation.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class DepartmentKind(models.TextChoices):
    DEPARTMENT = "department", _("department")
    OFFICE = "office", pgettext_lazy("department kind", "office")


class Body(models.TextChoices):
    """Where an office is held. ``department`` and ``unit`` name the row beside it."""

    DEPARTMENT = "department", _("department")
    STANDING_COMMITTEE = "standing_committee", _("Standing Committee")
    EXECUTIVE_BUREAU = "executive_bureau", _("Executive Bureau")
    INSPECTION_COMMITTEE = "inspection_committee", _("Inspection Committee")
    ADMINISTRATION = "administration", _("administration")
    UNIT = "unit", _("host unit")


class Office(models.TextChoices):
    CADRE = "cadre", _("cadre")
    DEPUTY = "deputy", _("deputy head")
    HEAD = "head", _("head")
    SECRETARY = "secretary", _("Secretary")
    DEPUTY_SECRETARY = "deputy_secretary", _("Deputy Secretary")
    MEMBER = "member", _("member")
    CLERK = "clerk", _("clerk")
    REPRESENTATIVE = "representative", _("representative")
    ADMINISTRATOR = "administrator", _("administrator")


class UnitLevel(models.TextChoices):
    """``affiliated`` counts as district level ("cấp huyện và tương đương")."""

    BRANCH = "branch", _("branch")
    BASE = "base", _("base union")
    COMMUNE = "commune", _("commune level")
    DISTRICT = "district", _("district level")
    AFFILIATED = "affiliated", _("directly affiliated union")
    CITY = "city", _("city level")


class Share(models.TextChoices):
    """How much of an old unit went into a new one."""

    WHOLE = "whole", _("whole")
    MAIN = "main", _("main part")
    PART = "part", _("part")


class ExemptionReason(models.TextChoices):
    STUDY = "study", _("long study")
    SICK = "sick", _("long sick leave")
    MATERNITY = "maternity", _("maternity leave")
    LATE_JOINER = "late_joiner", _("joined late")
    LEFT = "left", _("left the agency")
    OTHER = "other", _("other reason")


class DeliveryState(models.TextChoices):
    PENDING = "pending", pgettext_lazy("mail", "waiting")
    CLAIMED = "claimed", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")


class InvitationWay(models.TextChoices):
    MAIL = "mail", _("by mail")
    SLIP = "slip", _("printed slip")


class InvitationState(models.TextChoices):
    """How far a person has come to an account of their own."""

    NEVER = "never", _("not invited yet")
    WAITING = "waiting", pgettext_lazy("account", "invited")
    EXPIRED = "expired", _("link no longer works")
    ACCEPTED = "accepted", pgettext_lazy("account", "accepted")
    OTHERWISE = "otherwise", _("has a password already")


class MailWay(models.TextChoices):
    """How messages of a kind go by mail; the inbox has them in any case."""

    AT_ONCE = "at_once", _("by mail at once")
    DIGEST = "digest", _("in one mail in the morning")
    NONE = "none", _("not by mail")


class EventKind(models.TextChoices):
    """What can happen to an account, on record."""

    INVITED = "invited", _("invited by mail")
    SLIP_PRINTED = "slip_printed", _("invitation printed as a slip")
    ACCEPTED = "accepted", _("invitation accepted, password chosen")
    EMAIL_ASKED = "email_asked", _("change of e-mail address asked for")
    EMAIL_CHANGED = "email_changed", _("e-mail address changed")
    PASSWORD_CHANGED = "password_changed", _("password changed")
    PASSWORD_RESET = "password_reset", _("password chosen anew by a link")
    CLOSED = "closed", _("account closed")
    OPENED = "opened", _("account opened")
    FACTOR_ADDED = "factor_added", _("second factor set up")
    FACTOR_TAKEN_OUT = "factor_taken_out", _("second factor taken out by the person")
    FACTOR_REMOVED = "factor_removed", _("second factor removed by the administrator")
    CODES_RENEWED = "codes_renewed", _("recovery codes made anew")
    CODE_USED = "code_used", _("signed in with a recovery code")
    SESSIONS_ENDED = "sessions_ended", _("other sessions ended")
    DATA_TAKEN = "data_taken", _("own data taken out")
    LET_IN_AGAIN = "let_in_again", _("let in again after wrong passwords")


class ImportKind(models.TextChoices):
    """What an import takes in."""

    TABLES = "tables", _("tables")
    REORGANISATION = "reorganisation", _("the reorganisation of 2025")


class ImportState(models.TextChoices):
    """Of an upload: looked through first, taken in when somebody says so."""

    TO_CHECK = "to_check", _("Waiting to be looked through")
    CHECKING = "checking", _("Being looked through")
    CHECKED = "checked", _("Ready to be taken in")
    REFUSED = "refused", _("Has errors, nothing taken in")
    TO_IMPORT = "to_import", _("Waiting to be taken in")
    IMPORTING = "importing", _("Being taken in")
    DONE = "done", _("Taken in")
    FAILED = "failed", _("Not taken in")
    UNDONE = "undone", _("Taken back")


# The code under which Standing Committee members without a department are listed.
COMMITTEE_CODE = "THUONG_TRUC"


class OrganisationSubject(models.TextChoices):
    """What a change of the organisation is about; named by its code."""

    PERSON = "person", _("person")
    DEPARTMENT = "department", _("department")
    UNIT = "unit", _("host unit")
    HOLIDAYS = "holidays", _("holidays")  # the code is the year


class OrganisationVerb(models.TextChoices):
    """What happened to it. Offices stand under the person, portfolios under the department."""

    ADDED = "added", _("put on record")
    CHANGED = "changed", _("particulars changed")
    APPOINTED = "appointed", _("appointed")
    MOVED = "moved", _("changed department")
    OFFICE_ENDED = "office_ended", _("office ended")
    CORRECTED = "corrected", _("mistaken entry corrected")
    WITHDRAWN = "withdrawn", _("mistaken entry taken back")
    PORTFOLIO = "portfolio", _("member in charge changed")
    RENAMED = "renamed", _("renamed")
    MERGED = "merged", _("merged")
    SPLIT = "split", _("split")
    PLACED = "placed", _("placed under another")
    ENDED = "ended", _("ended")
    REOPENED = "reopened", _("ending taken back")
    SUCCEEDED = "succeeded", _("successor named")
    REORGANISED = "reorganised", _("reorganised")
    EXEMPTED = "exempted", _("exemption entered")
    EXEMPTION_CHANGED = "exemption_changed", _("exemption changed")


# What an office is called where it is not simply its own word.
TITLES: dict[tuple[str, str], StrOrPromise] = {
    ("office", Office.HEAD): pgettext_lazy("of the Office", "head"),
    ("office", Office.DEPUTY): pgettext_lazy("of the Office", "deputy head"),
    (Body.DEPARTMENT, Office.DEPUTY): pgettext_lazy("of a department", "deputy head"),
    (Body.INSPECTION_COMMITTEE, Office.HEAD): pgettext_lazy("of the Inspection Committee", "head"),
    (Body.INSPECTION_COMMITTEE, Office.DEPUTY): pgettext_lazy(
        "of the Inspection Committee", "deputy head"
    ),
}

# Which offices there are in which body.
OFFICES_OF: dict[Body, tuple[Office, ...]] = {
    Body.DEPARTMENT: (Office.HEAD, Office.DEPUTY, Office.CADRE),
    Body.STANDING_COMMITTEE: (Office.SECRETARY, Office.DEPUTY_SECRETARY, Office.MEMBER),
    Body.EXECUTIVE_BUREAU: (Office.MEMBER,),
    Body.INSPECTION_COMMITTEE: (Office.HEAD, Office.DEPUTY, Office.MEMBER),
    Body.ADMINISTRATION: (Office.ADMINISTRATOR, Office.CLERK),
    Body.UNIT: (Office.REPRESENTATIVE,),
}
