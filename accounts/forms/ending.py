"""Departments and units end: alone, merged, or split; each over as many rows as are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Share
from accounts.forms.rows import RowForm, Rows, not_looked_at, rows_of
from accounts.forms.through_time import CodeField, EventForm, OwnerField
from accounts.text import clean
from accounts.through_time import last_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrOrPromise

    from accounts.through_time import Nature


class OwnerRow(RowForm):
    """One of several departments or units; ``offered`` is (number, name) of each to choose."""

    def __init__(
        self, *args: Any, nature: Nature, offered: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.nature, self.offered = nature, offered
        self.build()

    def build(self) -> None:
        """Add what a row asks for."""

    def owner_field(self, label: StrOrPromise) -> OwnerField:
        field = OwnerField(self.nature, label=label, empty_label=_("Choose"))
        field.choices = [("", field.empty_label), *self.offered]
        field.widget.attrs["class"] = "form-select"
        return field


class HeirRow(OwnerRow):
    share = forms.ChoiceField(
        label=pgettext_lazy("successor", "How much of it"),
        choices=[("", _("Choose")), *Share.choices],
    )

    def build(self) -> None:
        self.fields["heir"] = self.owner_field(_("Successor"))
        self.order_fields(["heir", "share"])


class PartnerRow(OwnerRow):
    def build(self) -> None:
        self.fields["partner"] = self.owner_field(_("Merged with it"))


HeirRows = rows_of(HeirRow, Rows, extra=2)
PartnerRows = rows_of(PartnerRow, Rows, extra=1)


class RowsForm(EventForm):
    """An event of several: ``rows`` are the others, as many as are needed."""

    kind_of_rows: type[Rows]
    rows_title: StrOrPromise
    rows_hint: StrOrPromise
    rows: Rows

    def _add_rows(self, others: Iterable[Any]) -> None:
        told = {"nature": self.nature, "offered": [(row.pk, str(row)) for row in others]}
        data = self.data if self.is_bound else None
        self.rows = self.kind_of_rows(data, prefix="rows", form_kwargs=told)

    def is_valid(self) -> bool:
        own = super().is_valid()  # first: it may put an error into a row
        return self.rows.is_valid() and own

    def add_row(self) -> None:
        """Another row, all that was typed as it was, and nothing looked at."""
        self.rows = self.rows.with_one_more()
        not_looked_at(self)
        self.initial["seen"] = ""

    def refuse_rows(self, errors: Iterable[Any]) -> None:
        """What is wrong with the rows together stands at the first of them, if one was sent."""
        first = next(iter(self.rows.forms), None)
        for error in errors:
            if first is None:
                self.add_error(None, error)
            else:
                first.add_error(next(iter(first.fields)), error)


class EndForm(RowsForm):
    """It ends: nobody takes over, one does, or it is split over several."""

    kind_of_rows = HeirRows
    rows_title = _("Who takes over")
    rows_hint = _("Leave it empty if nobody takes over; of several, one takes the main part.")

    def build(self) -> None:
        self._add_rows(self._others())
        _add_moving(self)

    def heirs(self) -> list[tuple[Any, str]]:
        return [(row["heir"], row["share"]) for row in self.rows.entered()]


class MergeForm(RowsForm):
    """Several into one that exists, or into a new one that begins with it."""

    kind_of_rows = PartnerRows
    rows_title = _("Merged with it")
    rows_hint = _("A new one begins out of two or more; into one that exists, one alone may go.")

    def build(self) -> None:
        others = self._others()
        self._add_rows(others)
        into = OwnerField(
            self.nature, label=_("Into"), required=False,
            empty_label=_("A new one, named below"),
        )  # fmt: skip
        into.offer(others)
        self.fields["into"] = into
        self.fields["code"] = CodeField(label=_("Code of the new one"))
        self._add_names(blank=True)
        # A new one begins unless another was chosen.
        is_new = not (self.is_bound and self.data.get("into"))
        for name in ("code", "name", "short_name"):
            self.fields[name].required = is_new
            self.fields[name].error_messages["required"] = _("The new one needs this.")
        _add_moving(self)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("into") or "into" in self.errors:
            return said
        if self.rows.is_valid() and not self.rows.entered():
            said_so = _("Choose with which it is merged; for another name alone, rename it.")
            self.refuse_rows([said_so])
        return said

    def merged(self) -> list[Any]:
        partners = [row["partner"] for row in self.rows.entered()]
        return list(dict.fromkeys([self.owner, *partners]))

    def founded(self) -> dict[str, Any] | None:
        """What the new one is: of the kind, the level and the place of the one that ends."""
        said, last = self.cleaned_data, last_version(self.owner)
        if said.get("into"):
            return None
        names = {"name": clean(said["name"]), "short_name": clean(said["short_name"])}
        if self.nature.is_units():
            names |= {"level": last.level, "kind": last.kind, "parent": last.parent}
            return {"code": said["code"], "fixed": {}, "names": names}
        fixed = {"kind": self.owner.kind, "is_coordinating": self.owner.is_coordinating}
        return {"code": said["code"], "fixed": fixed, "names": names}


def _add_moving(form: EventForm) -> None:
    label = _("Appoint its people in the main successor from that day on")
    if form.nature.is_units():
        label = _("Let its representatives answer for the main successor from that day on")
    form.fields["moves_people"] = forms.BooleanField(label=label, required=False)
