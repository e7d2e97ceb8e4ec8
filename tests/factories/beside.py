"""Products, notices and requests for confirmation beside the visits of ``papers``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.utils import timezone

from fieldvisits.ledger.keeping import book
from fieldvisits.models import (
    ConfirmationRequest,
    Product,
    ProductFile,
    Step,
    UnitNotice,
    UnitRemark,
    Visit,
)
from tests.factories.uploads import PDF

if TYPE_CHECKING:
    from tests.factories.papers import Papers

# name, which is also the state: the visit it stands beside.
PRODUCTS = {"owed": "approved", "submitted": "reported", "accepted": "accepted"}
NOTICES = {"sent": "approved", "other_day": "reported"}
REQUESTS = {"asked": "accepted", "disputed": "reported"}


def make_papers_beside(papers: Papers) -> None:
    for name, visit in PRODUCTS.items():
        papers.products[name] = _product(papers, name, papers.visits[visit])
    for name, visit in NOTICES.items():
        papers.notices[name] = _notice(papers, name, papers.visits[visit])
    for name, visit in REQUESTS.items():
        papers.confirmations[name] = _request(papers, name, papers.visits[visit])
    UnitRemark.objects.create(
        visit=papers.visits["accepted"], unit=papers.agency.unit, by=papers.people["unit"],
        department=papers.agency.rural, text=papers.text("remark", "text"),
    )  # fmt: skip
    for visit in papers.visits.values():
        visit.refresh_from_db()
    book(list(papers.visits.values()))


def _texts(papers: Papers, paper: str, *names: str) -> dict[str, str]:
    return {name: papers.text(paper, name) for name in names}


def _taken(path: str, paper: Any, name: str = "imported") -> Any:
    """One row of history: they came from earlier records, or the unit has just answered."""
    Step.objects.create(**{path: paper}, name=name, after=paper.state, at=timezone.now(), number=1)
    return paper


def _product(papers: Papers, name: str, visit: Visit) -> Product:
    product = Product.objects.create(
        visit=visit, department=papers.agency.rural, state=name, due_on=date(2018, 12, 31),
        superior=papers.agency.head if name == "submitted" else None, version=1,
        moved_at=timezone.now(), **_texts(papers, f"product-{name}", "title", "summary"),
    )  # fmt: skip
    file = ProductFile(product=product, name="a.pdf", size=len(PDF), sha256="0" * 64)
    file.file.save("a.pdf", ContentFile(PDF))
    Visit.objects.filter(pk=visit.pk).update(product=name)
    return _taken("product", product)


def _notice(papers: Papers, name: str, visit: Visit) -> UnitNotice:
    notice = UnitNotice.objects.create(
        visit=visit, unit=visit.unit, department=papers.agency.rural, state=name, version=1,
        moved_at=timezone.now(), answered_at=timezone.now(), proposed_on=date(2018, 12, 27),
        **_texts(papers, f"unitnotice-{name}", "remark"),
    )  # fmt: skip
    return _taken("unit_notice", notice)


def _request(papers: Papers, name: str, visit: Visit) -> ConfirmationRequest:
    texts = _texts(papers, f"confirmation-{name}", "question", "remark", "cadre_answer")
    request = ConfirmationRequest.objects.create(
        visit=visit, unit=visit.unit, department=papers.agency.rural, state=name, version=1,
        due_on=date(2018, 12, 31), disputed_on=date(2018, 12, 3), moved_at=timezone.now(), **texts,
    )  # fmt: skip
    Visit.objects.filter(pk=visit.pk).update(confirmation=name)
    return _taken("confirmation", request, "dispute" if name == "disputed" else "imported")
