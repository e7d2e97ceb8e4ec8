"""What the planner holds about a person: plans, visits, products, requests, steps taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding, register
from fieldvisits.models import (
    AdHocRequest,
    AmendmentWish,
    Product,
    ProgrammeActivity,
    Sitting,
    UnitRemark,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Person


def _requests(person: Person) -> QuerySet[AdHocRequest]:
    return AdHocRequest.objects.filter(visit__cadre=person).select_related("visit")


def _sittings(person: Person) -> QuerySet[Sitting]:
    there = Q(chair=person) | Q(secretary=person) | Q(presences__member=person)
    return Sitting.objects.filter(there).distinct()


def _remarks(person: Person) -> QuerySet[UnitRemark]:
    rows = UnitRemark.objects.filter(Q(by=person) | Q(passed_on_by=person))
    return rows.select_related("visit")


def _activities(person: Person) -> QuerySet[ProgrammeActivity]:
    return ProgrammeActivity.objects.filter(Q(person=person) | Q(changed_by=person))


FROM, TO, STATE, WHEN = _("From"), _("To"), _("State"), _("When")
VISIT, REASON, COMMENT = _("Visit"), _("Reason"), _("Comment")
HOLDINGS = (
    Holding(
        name="plans",
        title=_("Quarterly plans"),
        rows=lambda person: person.plans.all(),
        columns=(
            (_("Year"), "year"), (_("Quarter"), "quarter_number"), (STATE, "get_state_display"),
            (_("First submitted"), "first_submitted_at"),
        ),
    ),
    Holding(
        name="visits",
        title=_("Visits"),
        rows=lambda person: person.visits.select_related("unit").prefetch_related("unit__versions"),
        columns=(
            (_("Code"), "code"), (_("Unit"), "unit"), (FROM, "starts_on"), (TO, "ends_on"),
            (_("Part of the day"), "get_session_display"), (_("Kind"), "get_kind_display"),
            (STATE, "get_state_display"), (_("Content"), "content"), (_("Result"), "result"),
        ),
    ),
    Holding(
        name="days",
        title=_("Days in the ledger"),
        rows=lambda person: person.ledger.select_related("visit"),
        columns=(
            (_("Day"), "date"), (_("Part of the day"), "get_half_display"), (VISIT, "visit.code"),
        ),
    ),
    Holding(
        name="products",
        title=_("Products"),
        rows=lambda person: Product.objects.filter(visit__cadre=person).select_related("visit"),
        columns=(
            (VISIT, "visit.code"), (_("Title"), "title"), (STATE, "get_state_display"),
            (_("Due"), "due_on"),
        ),
    ),
    Holding(
        name="requests",
        title=_("Ad-hoc requests"),
        rows=_requests,
        columns=((VISIT, "visit.code"), (REASON, "reason"), (STATE, "get_state_display")),
    ),
    Holding(
        name="wishes",
        title=_("Wishes for amendments"),
        rows=lambda person: AmendmentWish.objects.filter(
            Q(visit__cadre=person) | Q(answered_by=person)
        ).select_related("visit"),
        columns=((VISIT, "visit.code"), (REASON, "reason"), (_("Answer"), "answer")),
    ),
    Holding(
        name="team_invitations",
        title=_("Invitations to come along"),
        rows=lambda person: person.team_invitations.select_related("visit"),
        columns=(
            (VISIT, "visit.code"), (_("Answer"), "get_answer_display"), (WHEN, "asked_at"),
        ),
    ),
    Holding(
        name="activities",
        title=_("Programme of the year"),
        rows=_activities,
        columns=((_("Title"), "title"),),
    ),
    Holding(
        name="overviews",
        title=_("Overviews of units written"),
        rows=lambda person: person.unit_overviews.select_related("unit")
        .prefetch_related("unit__versions"),
        columns=((_("Unit"), "unit"),),
    ),
    Holding(
        name="remarks",
        title=_("Remarks of units"),
        rows=_remarks,
        columns=((VISIT, "visit.code"), (_("Remark"), "text"), (WHEN, "made_at")),
    ),
    Holding(
        name="sittings",
        title=_("Sittings"),
        rows=_sittings,
        columns=((_("Sitting"), "__str__"),),
    ),
    Holding(
        name="read_regulations",
        title=_("Regulations read"),
        rows=lambda person: person.regulations_read.select_related("regulation"),
        columns=((_("Regulation"), "regulation"), (WHEN, "read_at")),
    ),
    Holding(
        name="settings",
        title=_("Settings changed"),
        rows=lambda person: person.settings_changed.all(),
        columns=((_("Setting"), "__str__"),),
    ),
    Holding(
        name="steps",
        title=_("Steps taken on papers"),
        rows=lambda person: person.steps_taken.all(),
        columns=(
            (WHEN, "at"), (_("Step"), "name"), (FROM, "before"), (TO, "after"),
            (_("Office"), "office"), (COMMENT, "comment"),
        ),
    ),
)  # fmt: skip


def join_in() -> None:
    register(*HOLDINGS)
