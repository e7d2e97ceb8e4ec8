"""The product of a thematic visit, written by the cadre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from fieldvisits.checks.seen import mark_of_product
from fieldvisits.checks.uploads import LONGEST_NAME, TYPES
from fieldvisits.forms.fields import composed

if TYPE_CHECKING:
    from fieldvisits.models import Product

WRITTEN = ("title", "summary", "link")
KINDS = ", ".join(kind for kind in TYPES if kind != "jpeg")


class WebAddressField(forms.URLField):
    """Only what a browser opens as a page."""

    default_validators = [URLValidator(schemes=["http", "https"])]


class ProductForm(forms.Form):
    """Saved as often as one likes; a file is added with each saving."""

    title = forms.CharField(label=_("Title"), max_length=300, required=False)
    summary = forms.CharField(
        label=_("What it says, in a few sentences"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    link = WebAddressField(
        label=_("Link to the document"), max_length=500, required=False, assume_scheme="https"
    )
    file = forms.FileField(
        label=_("Add a file"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("%(kinds)s; at most 20 MB each.") % {"kinds": KINDS},
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in TYPES)}),
    )

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        stored = {name: getattr(product, name) for name in WRITTEN}
        stored["seen"] = mark_of_product(product)
        super().__init__(*args, **{**kwargs, "initial": stored})
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})
