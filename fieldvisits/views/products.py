"""Products: what is owed, one product, its files."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.paging import page_of
from fieldvisits import permissions
from fieldvisits.actions import products
from fieldvisits.actions.bulk import in_words
from fieldvisits.checks.seen import mark_of_product
from fieldvisits.checks.uploads import TYPES, ending_of
from fieldvisits.choices import ProductState
from fieldvisits.forms.product import WRITTEN, ProductForm
from fieldvisits.forms.refusals import (
    CONFLICT,
    FORBIDDEN,
    UNPROCESSABLE,
    add_refusal,
    renew,
    show_the_present,
)
from fieldvisits.models import Product, ProductFile
from fieldvisits.overview.beside_visit import beside_page, with_visit
from fieldvisits.overview.nudge import nudge_of
from fieldvisits.overview.waiting import waiting_products

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from accounts.views import SignedInRequest
    from fieldvisits.models.product import ProductQuerySet

log = logging.getLogger(__name__)
PAGE = 50


def _shown(request: SignedInRequest) -> tuple[str, ProductQuerySet]:
    """Owed by me, waiting for me, or everything accepted."""
    rows = Product.objects.visible_to(request.user).standing()
    match request.GET.get("show"):
        case "waiting":
            waiting = waiting_products(request.user, timezone.localdate())
            return "waiting", rows.filter(pk__in=waiting.order_by().values("pk")).order_by(
                "moved_at", "pk"
            )
        case "accepted":
            accepted = rows.filter(state=ProductState.ACCEPTED)
            return "accepted", accepted.order_by("-visit__ends_on", "-pk")
        case _:
            mine = rows.filter(visit__cadre=request.user).exclude(state=ProductState.ACCEPTED)
            return "mine", mine.order_by("due_on", "pk")


@require_GET
def product_list(request: SignedInRequest) -> HttpResponse:
    shown, rows = _shown(request)
    page = page_of(request, with_visit(rows), PAGE)
    lines = [(row, row.visit.unit.name_on(row.visit.starts_on)) for row in page.rows]
    context = {"shown": shown, "page": page, "lines": lines, "today": timezone.localdate()}
    return render(request, "fieldvisits/product_list.html", context)


def _product(request: SignedInRequest, pk: int) -> Product:
    rows = with_visit(Product.objects.visible_to(request.user)).select_related("superior")
    found: Product = get_object_or_404(rows, pk=pk)
    return found


@require_GET
def product_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    product = _product(request, pk)
    page = beside_page(product, request.user, timezone.localdate())
    context = {
        "page": page,
        "product": product,
        "files": list(product.files.all()),
        "writes": _may_write(request, product),
        "nudge": nudge_of(product, request.user, timezone.localdate()),
    }
    return render(request, "fieldvisits/product_detail.html", context)


def _may_write(request: SignedInRequest, product: Product) -> bool:
    mine = permissions.cadre_of_visit(request.user, product)
    return bool(mine) and product.state == ProductState.OWED


@require_http_methods(["GET", "POST"])
def product_write(request: SignedInRequest, pk: int) -> HttpResponse:
    """Title, summary, link, and one more file with each saving."""
    product = _product(request, pk)
    form = ProductForm(request.POST or None, request.FILES or None, product=product)
    status = _unwritable(request, product)
    if request.method == "POST":
        status = _write(request, product, form) if form.is_valid() else UNPROCESSABLE
        if not status:
            if "go_on" in request.POST:
                return redirect("fieldvisits:product-step", product.pk, "submit")
            messages.success(request, _("Saved. Nothing has been handed in yet."))
            return redirect(product)
    page = beside_page(product, request.user, timezone.localdate())
    context = {"page": page, "product": product, "form": form, "files": product.files.all()}
    return render(request, "fieldvisits/product_form.html", context, status=status)


def _unwritable(request: SignedInRequest, product: Product) -> int:
    if not permissions.cadre_of_visit(request.user, product):
        return FORBIDDEN
    return 200 if product.state == ProductState.OWED else CONFLICT


def _write(request: SignedInRequest, product: Product, form: ProductForm) -> int:
    """Return 0, or the status of a refusal; texts are kept even if the file is refused."""
    said = form.cleaned_data
    texts = {name: said[name] for name in WRITTEN}
    try:
        products.write(product, by=request.user, **texts, seen=said["seen"])
    except (ValidationError, PermissionDenied) as refusal:
        stored = Product.objects.get(pk=product.pk)
        now = {name: getattr(stored, name) for name in WRITTEN}
        show_the_present(form, now, seen=mark_of_product(stored))
        return add_refusal(form, refusal)
    if not said["file"]:
        return 0
    try:
        products.attach(product, by=request.user, file=said["file"])
    except (ValidationError, PermissionDenied) as refusal:
        renew(form, seen=mark_of_product(product))  # the texts are kept
        form.add_error("file", in_words(refusal))
        return UNPROCESSABLE
    return 0


def _file(request: SignedInRequest, pk: int, file_pk: int) -> ProductFile:
    seen = Product.objects.visible_to(request.user).filter(pk=pk)
    rows = ProductFile.objects.filter(product__in=seen.values("pk"))
    return get_object_or_404(rows.select_related("product__visit"), pk=file_pk)


@require_GET
def product_file(request: SignedInRequest, pk: int, file_pk: int) -> HttpResponseBase:
    """The file, to be saved and never shown in the page; its type is the one that was checked."""
    row = _file(request, pk, file_pk)
    try:
        content = row.file.open("rb")
    except FileNotFoundError as error:
        log.exception("file %s of product %s is gone", row.pk, pk)
        raise Http404 from error
    kind = TYPES.get(ending_of(row.name), "application/octet-stream")
    return FileResponse(content, as_attachment=True, filename=row.name, content_type=kind)


@require_POST
def product_file_remove(request: SignedInRequest, pk: int, file_pk: int) -> HttpResponse:
    row = _file(request, pk, file_pk)
    try:
        products.detach(row, by=request.user)
    except (ValidationError, PermissionDenied) as refusal:
        messages.error(request, in_words(refusal))
    else:
        messages.success(request, _("The file was removed."))
    return redirect(row.product)
