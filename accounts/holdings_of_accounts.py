"""What this app holds about a person: who they are, offices, messages, sign-ins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessLog
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.holdings import Holding, register
from accounts.mailing import ways_in_words
from accounts.models import Delegation, Delivery, ImportJob, Person

if TYPE_CHECKING:
    from django.db.models import QuerySet


def _delegations(person: Person) -> QuerySet[Delegation]:
    mine = Q(delegator=person) | Q(delegate=person) | Q(made_by=person) | Q(ended_by=person)
    return Delegation.objects.filter(mine).select_related("delegator", "delegate")


def _imports(person: Person) -> QuerySet[ImportJob]:
    mine = Q(asked_by=person) | Q(confirmed_by=person) | Q(undone_by=person)
    return ImportJob.objects.filter(mine).defer("preview", "journal").order_by("-asked_at", "-pk")


def _by_address(model: Any, person: Person) -> QuerySet[Any]:
    """Sign-ins stand under the address somebody gave, in small letters."""
    rows: QuerySet[Any] = model.objects.filter(username__iexact=person.email or "\0")
    return rows.order_by("-attempt_time")


BY = pgettext_lazy("account", "By")
FROM, TO, NOTE, WHEN = _("From"), _("To"), _("Note"), _("When")
FROM_TO = ((FROM, "starts_on"), (TO, "ends_on"))
HOLDINGS = (
    Holding(
        name="person",
        title=_("Person"),
        rows=lambda person: Person.objects.filter(pk=person.pk),
        columns=(
            (_("Code"), "code"), (pgettext_lazy("person", "Full name"), "full_name"),
            (_("E-mail"), "email"),
            (_("Phone"), "phone"), (_("Gender"), "gender"), (_("Language"), "language"),
            (_("Owes field visits"), "in_scope"), (_("May sign in"), "is_active"),
            (_("Messages by mail"), ways_in_words), (_("Last sign-in"), "last_login"),
        ),
    ),
    Holding(
        name="offices",
        title=_("Offices held"),
        rows=lambda person: person.appointments.select_related("department", "unit")
        .prefetch_related("department__versions", "unit__versions"),
        columns=(
            (_("Office"), "title"), (_("Body"), "get_body_display"),
            (_("Department"), "department"), (_("Unit"), "unit"), *FROM_TO,
        ),
    ),
    Holding(
        name="portfolios",
        title=_("Departments in charge of"),
        rows=lambda person: person.portfolios.select_related("department")
        .prefetch_related("department__versions"),
        columns=((_("Department"), "department"), *FROM_TO),
    ),
    Holding(
        name="exemptions",
        title=_("Exemptions"),
        rows=lambda person: person.exemptions.all(),
        columns=((_("Reason"), "get_reason_display"), *FROM_TO, (NOTE, "note")),
    ),
    Holding(
        name="delegations",
        title=_("Delegations"),
        rows=_delegations,
        columns=(
            (_("Absent"), "delegator"), (_("Stands in"), "delegate"), *FROM_TO,
            (_("Ended"), "ended_on"), (_("Reason"), "reason"),
        ),
    ),
    Holding(
        name="messages",
        title=_("Messages"),
        rows=lambda person: person.inbox_items.all(),
        columns=(
            (_("Received"), "created_at"), (_("Read"), "read_at"), (_("Subject"), "subject"),
            (pgettext_lazy("of a message", "Text"), "body"),
        ),
    ),
    Holding(
        name="mails",
        title=_("Mails sent"),
        rows=lambda person: Delivery.objects.filter(item__recipient=person).select_related("item"),
        columns=(
            (_("Subject"), "item.subject"), (_("Address"), "address"), (_("Sent"), "sent_at"),
            (_("State"), "get_state_display"),
        ),
    ),
    Holding(
        name="account",
        title=_("What happened to the account"),
        rows=lambda person: person.account_events.select_related("by"),
        columns=((WHEN, "at"), (_("What happened"), "label"), (BY, "by"), (NOTE, "note")),
    ),
    Holding(
        name="invitations",
        title=_("Invitations"),
        rows=lambda person: person.invitations.select_related("by"),
        columns=(
            (_("Invited"), "made_at"), (_("Way"), "get_way_display"), (_("Address"), "address"),
            (BY, "by"), (_("Link works until"), "expires_at"), (_("Accepted"), "used_at"),
        ),
    ),
    Holding(
        name="addresses",
        title=_("Changes of the address asked for"),
        rows=lambda person: person.emailchanges.all(),
        columns=((WHEN, "made_at"), (_("Address"), "address"), (_("Confirmed"), "used_at")),
    ),
    Holding(
        name="factors",
        title=_("Second factor"),
        rows=lambda person: Authenticator.objects.filter(user=person).order_by("pk"),
        columns=(
            (_("Kind"), "get_type_display"), (_("Set up"), "created_at"),
            (_("Last used"), "last_used_at"),
        ),
    ),
    Holding(
        name="sessions",
        title=_("Devices"),
        rows=lambda person: UserSession.objects.filter(user=person).order_by("-created_at"),
        columns=(
            (_("Signed in"), "created_at"), (_("Address"), "ip"), (_("Browser"), "user_agent"),
        ),
    ),
    Holding(
        name="sign_ins",
        title=_("Sign-ins"),
        rows=lambda person: _by_address(AccessLog, person),
        columns=(
            (WHEN, "attempt_time"), (_("Signed out"), "logout_time"),
            (_("Address"), "ip_address"), (_("Browser"), "user_agent"),
        ),
    ),
    Holding(
        name="wrong_passwords",
        title=_("Failed sign-ins"),
        rows=lambda person: _by_address(AccessAttempt, person),
        columns=(
            (WHEN, "attempt_time"), (_("Times"), "failures_since_start"),
            (_("Address"), "ip_address"), (_("Browser"), "user_agent"),
        ),
    ),
    Holding(
        name="organisation",
        title=_("Changes of the organisation entered"),
        rows=lambda person: person.organisation_changed.all(),
        columns=(
            (WHEN, "at"), (_("What happened"), "get_kind_display"), (_("Code"), "subject_code"),
            (_("Decision number"), "decision_number"),
        ),
    ),
    Holding(
        name="imports",
        title=_("Imports of tables"),
        rows=_imports,
        columns=(
            (WHEN, "asked_at"), (_("File"), "title"), (_("State"), "get_state_display"),
            (_("Confirmed"), "confirmed_at"),
        ),
    ),
)  # fmt: skip


def join_in() -> None:
    register(*HOLDINGS)
