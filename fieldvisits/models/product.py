"""The product a thematic visit owes, and its files (R4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.department import of_headed
from fieldvisits.choices import DEAD_STATES, Confirmation, ProductState
from fieldvisits.models.paper import Paper, acted_on

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person


def stored_name(_row: ProductFile, name: str) -> str:
    """A UUID with the ending that was checked: nothing of the uploader's name reaches the disk."""
    ending = name.rpartition(".")[2].lower()
    return f"products/{uuid4().hex}.{ending}"


class ProductQuerySet(models.QuerySet["Product"]):
    def visible_to(self, person: Person) -> ProductQuerySet:
        """Author, superior, head, committee, UBKT once it asks; accepted: the agency.

        Who stands in for the head has nothing to do with the head's own (R25).
        """
        offices = person.offices(timezone.localdate())
        filed = ~Q(state=ProductState.OWED)
        seen = Q(visit__cadre=person) | acted_on(person, "product")
        if offices.headed_id or offices.is_on_committee:
            seen |= Q(superior=person) & filed
        if offices.headed_id:
            others = ~Q(visit__cadre__in=offices.away_ids) if offices.away_ids else Q()
            seen |= others & of_headed(offices.headed_id, offices.on)
        if offices.is_on_committee:
            seen |= filed
        if offices.is_inspector:  # of visits it asks about
            asked = ~Q(visit__confirmation=Confirmation.NONE)
            seen |= filed & asked & ~Q(visit__cadre=person)
        if offices.is_in_agency:
            seen |= Q(state=ProductState.ACCEPTED)
        return self.filter(seen)

    def standing(self) -> ProductQuerySet:
        """Of visits that were neither declined nor cancelled since."""
        return self.exclude(visit__state__in=DEAD_STATES)

    def owed_by(self, person: Person, today: date) -> ProductQuerySet:
        """Products the person has to hand in: the visit is over."""
        owed = self.standing().filter(state=ProductState.OWED, visit__ends_on__lte=today)
        return owed.filter(visit__cadre=person)


class Product(Paper):
    """A study or survey report: files or a link. ``Visit.product`` repeats the state, since
    the ledger asks for it in every total; both are written in one transaction.
    """

    PATH: ClassVar[str] = "product"

    visit = models.OneToOneField("fieldvisits.Visit", models.PROTECT, related_name="product_paper")
    # The cadre's department on the visit's last day, as for the result.
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, null=True, blank=True, related_name="products"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=ProductState, default=ProductState.OWED, editable=False
    )
    superior = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="products_to_decide"
    )
    title = models.CharField(_("title of the product"), max_length=300, blank=True)
    summary = models.TextField(_("what it says, in a few sentences"), max_length=4000, blank=True)
    link = models.URLField(_("link to the document"), max_length=500, blank=True)
    due_on = models.DateField(_("due"))
    first_submitted_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return self.title or str(self.visit)

    def get_absolute_url(self) -> str:
        return reverse("fieldvisits:product-detail", args=[self.pk])


class ProductFile(models.Model):
    """A file of a product. The stored name is a UUID; the one shown is the uploader's."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="files")
    file = models.FileField(upload_to=stored_name)
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "sha256"],
                name="one_copy_of_a_file_per_product",
                violation_error_message=_("This file is there already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
