"""Tables to be filled in: several rows of one form, of which empty ones are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from accounts.forms.fields import composed

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ROWS = 60


class RowForm(forms.Form):
    """One row; its controls look like those of every form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            is_choice = isinstance(field, forms.ChoiceField)
            is_tick = isinstance(field, forms.BooleanField)
            look = "form-select" if is_choice else "" if is_tick else "form-control"
            field.widget.attrs.setdefault("class", look)

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})


class Rows(forms.BaseFormSet):
    """What was filled in, row by row."""

    def filled(self) -> Iterator[tuple[RowForm, dict[str, Any]]]:
        for form in self.forms:
            if form.has_changed() and form.is_valid():
                yield form, dict(form.cleaned_data)  # a refusal takes fields out of its own

    def entered(self) -> list[Any]:
        return [values for _form, values in self.filled()]


def rows_of(form: type[RowForm], rows: type[Rows], *, extra: int) -> type[Rows]:
    return forms.formset_factory(  # type: ignore[return-value]  # a subclass of ``rows``
        form, rows, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )
