"""The papers beside a visit, product, notice and confirmation, as lists and pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.looks import look_key, look_of
from accounts.words import date_range
from fieldvisits import checks, permissions, workflow
from fieldvisits.choices import Confirmation, NoticeState, ProductState, Session
from fieldvisits.models import ConfirmationRequest, Product, UnitNotice, UnitRemark
from fieldvisits.overview.words import comrade, due, history, since

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from accounts.models import Person
    from fieldvisits.models import Step, Visit
    from fieldvisits.models.visit import VisitQuerySet

AnyBeside = Product | UnitNotice | ConfirmationRequest


def with_visit(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The paper with all that its page names of the visit."""
    return rows.select_related("visit__cadre", "visit__unit", "visit__plan").prefetch_related(
        "visit__unit__versions"
    )


def with_unit(rows: QuerySet[Any]) -> QuerySet[Any]:
    return with_visit(rows).select_related("unit").prefetch_related("unit__versions")


@dataclass(frozen=True)
class BesidePage:
    """One of the papers on a page of its own."""

    paper: Any
    steps: list[Step]
    buttons: list[workflow.Transition]
    facts: dict[str, Any]
    reads_content: bool

    @property
    def visit(self) -> Visit:
        visit: Visit = self.paper.visit
        return visit

    @property
    def place(self) -> str:
        return self.visit.unit.name_on(self.visit.starts_on)

    @property
    def unit(self) -> str:
        """The unit addressed, as it was called on the day of the visit."""
        return str(self.paper.unit.name_on(self.visit.starts_on))

    @property
    def history(self) -> list[dict[str, Any]]:
        return history(self.paper, self.steps)

    @property
    def proposed(self) -> str:
        """Days and part of the day the unit proposes, in words."""
        paper = self.paper
        if not paper.proposed_from:
            return ""
        session = Session(paper.proposed_session or self.visit.session)
        return f"{date_range(paper.proposed_from, paper.proposed_to)}, {session.label}"


def beside_page(paper: AnyBeside, person: Person, today: date) -> BesidePage:
    holder, next_step = _holder(paper, today)
    tone, shape = look_of(*look_key(paper.PATH, "state", paper.state))
    label = paper.get_state_display()
    if paper.PATH == "confirmation" and paper.state == Confirmation.NONE:
        label = _("no longer asked")  # the visit is as if nobody had; the paper stays
    facts = {
        "state_label": capfirst(label),
        "tone": tone,
        "shape": shape,
        "holder": capfirst(holder),
        "since": since(paper.moved_at or paper.created_at, today),
        "next_step": next_step,
    }
    return BesidePage(
        paper=paper,
        steps=list(paper.steps.select_related("by", "on_behalf_of")),
        buttons=workflow.open_to(person, paper),
        facts=facts,
        reads_content=bool(permissions.reads_content(person, paper.visit)),
    )


def _holder(paper: AnyBeside, today: date) -> tuple[str, str]:
    if isinstance(paper, Product):
        return _of_product(paper, today)
    if isinstance(paper, UnitNotice):
        return _of_notice(paper)
    return _of_request(paper, today)


def _of_product(product: Product, today: date) -> tuple[str, str]:
    match product.state:
        case ProductState.OWED:
            step = _("Hand in the product %(due)s") % {"due": due(product.due_on, today)}
            return comrade(product.visit.cadre), step
        case ProductState.SUBMITTED:
            return comrade(product.superior), _("Accept the product or return it")
    return "", _("The agency can read it")


def _of_notice(notice: UnitNotice) -> tuple[str, str]:
    unit = notice.unit.name_on(notice.visit.starts_on)
    match notice.state:
        case NoticeState.SENT:
            return unit, _("The unit answers: it receives the visit, proposes a day, or cannot")
        case NoticeState.OTHER_DAY | NoticeState.CANNOT:
            return _("the head of the department"), _("Settle it with the unit")
    return "", _("Nothing more happens")


def _of_request(request: ConfirmationRequest, today: date) -> tuple[str, str]:
    unit = request.unit.name_on(request.visit.starts_on)
    match request.state:
        case Confirmation.ASKED:
            return unit, _("The unit answers %(due)s") % {"due": due(request.due_on, today)}
        case Confirmation.EXPIRED:
            return unit, _("The unit can still answer; no day is lost by a missing answer")
        case Confirmation.CORRECTED:
            return _("the head of the department"), _("Look at the days the unit proposes")
        case Confirmation.DISPUTED if request.cadre_answered_at is None:
            first = checks.may_be_upheld_on(request)
            step = _("Answer in writing; without an answer the “no” can be upheld from %(day)s on")
            return comrade(request.visit.cadre), step % {"day": f"{first:%d/%m/%Y}"}
        case Confirmation.DISPUTED:
            return _("the Inspection Committee"), _("Uphold the “no” or set it aside")
    return "", _("Nothing more happens")


# --- On the page of the visit -------------------------------------------------------------


@dataclass(frozen=True)
class Beside:
    """A paper in one line: where it is, how it stands, and what the unit said with it."""

    url: str
    label: str
    tone: str
    shape: str
    said: str = ""


@dataclass(frozen=True)
class VisitPapers:
    """What stands beside a visit, as far as the reader may see it."""

    product: Beside | None
    notice: Beside | None
    request: Beside | None
    remarks: list[UnitRemark]
    may_remark: bool
    may_ask: bool
    passes_on: bool


def with_papers(rows: VisitQuerySet, person: Person) -> VisitQuerySet:
    """The product, the latest notice and the latest request one may see: no query of their own."""
    for name, papers, field in (
        ("product_paper", Product.objects.visible_to(person), "title"),
        ("notice", UnitNotice.objects.visible_to(person), "remark"),
        ("request", ConfirmationRequest.objects.visible_to(person), "remark"),
    ):
        latest = papers.filter(visit=OuterRef("pk")).order_by("-pk")
        rows = rows.annotate(
            **{
                f"{name}_pk": Subquery(latest.values("pk")[:1]),
                f"{name}_state": Subquery(latest.values("state")[:1]),
                f"{name}_said": Subquery(latest.values(field)[:1]),
            }
        )
    told = UnitNotice.objects.filter(visit=OuterRef("pk")).order_by("-pk")
    remarks = UnitRemark.objects.visible_to(person).filter(visit=OuterRef("pk"))
    return rows.annotate(
        told_at=Subquery(told.values("created_at")[:1]), has_remarks=Exists(remarks)
    )


def _beside(visit: Any, name: str, model: type[AnyBeside]) -> Beside | None:
    pk = getattr(visit, f"{name}_pk")
    if pk is None:
        return None
    paper = model(pk=pk, state=getattr(visit, f"{name}_state"))
    tone, shape = look_of(*look_key(model.PATH, "state", paper.state))
    said = getattr(visit, f"{name}_said") or ""
    return Beside(paper.get_absolute_url(), paper.get_state_display(), tone, shape, said)


def papers_of(visit: Any, person: Person, today: date) -> VisitPapers:
    """Of a visit read with ``with_papers``."""
    remarks = UnitRemark.objects.visible_to(person).filter(visit=visit).select_related("by")
    headed = person.offices(today).acting_head_of
    return VisitPapers(
        product=_beside(visit, "product_paper", Product),
        notice=_beside(visit, "notice", UnitNotice),
        request=_beside(visit, "request", ConfirmationRequest),
        remarks=list(remarks) if visit.has_remarks else [],
        may_remark=bool(permissions.remarks_on(person, visit)),
        may_ask=bool(permissions.asks_about(person, visit))
        and not checks.may_be_asked(visit, today),
        passes_on=headed is not None and visit.cadre_id != person.pk,
    )
