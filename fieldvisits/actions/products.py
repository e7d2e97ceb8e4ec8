"""The product of a thematic visit: owed with the approval, handed in, accepted (R4)."""

from __future__ import annotations

from datetime import timedelta
from hashlib import file_digest
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import superiors_for
from fieldvisits import permissions
from fieldvisits.actions.door import hold, take
from fieldvisits.actions.mirroring import hold_visit, mirror_product
from fieldvisits.checks import uploads
from fieldvisits.checks.seen import mark_of, mark_of_product, require_seen
from fieldvisits.choices import ProductState, VisitKind
from fieldvisits.models import Product, ProductFile, Regulation, Visit

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from accounts.models import Person
    from fieldvisits.models.paper import StepFields


@transaction.atomic
def owe(visit: Visit, *, by: Person | None = None) -> Product | None:
    """Make the product a thematic visit owes, due some days after its last one; None for others.

    Called in the transaction that approves the visit or makes it a thematic one; the caller
    books the days. Once only: a product that is there already stays as it is.
    """
    if visit.kind != VisitKind.THEMATIC:
        return None
    days = Regulation.objects.for_year(visit.ends_on.year).product_due_days
    product, _made = Product.objects.get_or_create(
        visit=visit,
        defaults={
            "department_id": permissions.department_of(visit),
            "due_on": visit.ends_on + timedelta(days=days),
            "moved_at": timezone.now(),
            "created_at": timezone.now(),
        },
    )
    if product.state == ProductState.NONE:  # it had lapsed with the kind of the visit
        take(product, "owe", by=by)
    if visit.product != product.state:
        visit.product = product.state
        Visit.objects.filter(pk=visit.pk).update(product=product.state)
    return product


def due_again(visit: Visit) -> None:
    """The days of the visit were amended: what is still owed is due that much after them."""
    days = Regulation.objects.for_year(visit.ends_on.year).product_due_days
    owed = Product.objects.filter(visit=visit, state=ProductState.OWED, first_submitted_at=None)
    owed.update(due_on=visit.ends_on + timedelta(days=days))


@transaction.atomic
def lapse(visit: Visit, *, by: Person) -> None:
    """The visit is thematic no more: what was only owed is owed no longer.

    A product that was handed in stays. The caller holds the visit and books the days.
    """
    product = Product.objects.filter(visit=visit, state=ProductState.OWED).first()
    if product is not None:
        take(product, "lapse", by=by)
        visit.product = product.state
        Visit.objects.filter(pk=visit.pk).update(product=product.state)


def _require_owed(product: Product, by: Person) -> None:
    """The cadre writes, and only as long as the product is with the cadre."""
    hold(product)
    if not (verdict := permissions.cadre_of_visit(by, product)):
        raise PermissionDenied(str(verdict.reason))
    if product.state != ProductState.OWED:
        raise ValidationError(
            _("The product is now “%(state)s” and cannot be changed.")
            % {"state": product.get_state_display()},
            code="moved_on",
        )


@transaction.atomic
def write(
    product: Product, *, by: Person, title: str, summary: str, link: str, seen: str = ""
) -> Product:
    """Keep what the cadre has written so far; ``seen`` is the mark of what stood there (B3)."""
    _require_owed(product, by)
    require_seen(mark_of_product(product), seen, mark_of(title, summary, link))
    product.title, product.summary, product.link = title, summary, link
    product.save(update_fields=["title", "summary", "link"])
    return product


def attach(product: Product, *, by: Person, file: UploadedFile) -> ProductFile:
    """Keep a file that is of an allowed kind; raise ``ValidationError`` otherwise."""
    name = uploads.checked_name(file.name or "")
    uploads.check_content(name, file, largest=settings.PRODUCT_FILE_BYTES)
    digest = file_digest(file, "sha256").hexdigest()
    file.seek(0)
    row = ProductFile(product=product, name=name, size=file.size or 0, sha256=digest)
    try:
        _keep(row, file, by=by)
    except BaseException:  # nothing stays on the disk that no row names
        if stored := row.file.name:
            row.file.storage.delete(stored)
        raise
    return row


@transaction.atomic
def _keep(row: ProductFile, file: UploadedFile, *, by: Person) -> None:
    _require_owed(row.product, by)
    if row.product.files.count() >= settings.PRODUCT_FILES:
        raise ValidationError(
            _("A product has at most %(n)d files.") % {"n": settings.PRODUCT_FILES}
        )
    row.validate_constraints()
    row.file.save(row.name, file, save=False)
    row.save()


@transaction.atomic
def detach(file: ProductFile, *, by: Person) -> None:
    """Take a file away again while the product is with the cadre."""
    _require_owed(file.product, by)
    stored, storage = file.file.name or "", file.file.storage
    file.delete()
    transaction.on_commit(lambda: storage.delete(stored))


@transaction.atomic
def _move(product: Product, name: str, **said: Any) -> StepFields:
    hold_visit(product.visit)
    step = take(product, name, **said)
    mirror_product(product)
    return step


@transaction.atomic
def submit(
    product: Product, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    department = permissions.department_of(product.visit)
    changes: dict[str, Any] = {
        "department_id": department,
        "superior": superiors_for(by, timezone.localdate()).of(product.visit.cadre, department),
    }
    if product.first_submitted_at is None:
        changes["first_submitted_at"] = timezone.now()
    return _move(product, "submit", by=by, version=version, comment=comment, changes=changes)


def withdraw(
    product: Product, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    return _move(product, "withdraw", by=by, version=version, comment=comment)


def accept(
    product: Product, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    return _move(product, "accept", by=by, version=version, comment=comment)


def send_back(
    product: Product, *, by: Person, version: int | None = None, comment: str = ""
) -> StepFields:
    """Return it; it is due anew some days from now, and never earlier than it was."""
    today = timezone.localdate()
    again = today + timedelta(days=Regulation.objects.on(today).product_again_days)
    changes = {"due_on": max(product.due_on, again)}
    return _move(product, "return", by=by, version=version, comment=comment, changes=changes)
