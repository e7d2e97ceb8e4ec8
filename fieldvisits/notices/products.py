"""Who is told of the steps of a product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fieldvisits.notices.telling import tell_step
from fieldvisits.notices.visits import of_visit

if TYPE_CHECKING:
    from fieldvisits.models import Product
    from fieldvisits.models.paper import StepFields


def _submitted(product: Product, step: StepFields) -> None:
    subject = _("%(name)s hands in the product of the visit to %(unit)s, %(day)s")
    tell_step(product.superior, "to_decide", product, step, subject, of_visit(product.visit))


def _returned(product: Product, step: StepFields) -> None:
    subject = _("The product of your visit to %(unit)s, %(day)s, was returned; due on %(due)s")
    values = {**of_visit(product.visit), "due": f"{product.due_on:%d/%m/%Y}"}
    tell_step(product.visit.cadre, "returned", product, step, subject, values)


def _accepted(product: Product, step: StepFields) -> None:
    subject = _("The product of your visit to %(unit)s, %(day)s, was accepted")
    tell_step(product.visit.cadre, "decided", product, step, subject, of_visit(product.visit))


TELL = {
    ("product", "submit"): _submitted,
    ("product", "return"): _returned,
    ("product", "accept"): _accepted,
}
