"""Tables to be filled in: several rows of one form, of which empty ones are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from accounts.forms.fields import composed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_ROWS = 60
ADD_ROW = "add_row"  # the name of the button; ``components/add_row.html`` has it


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

    def initial_form_count(self) -> int:
        """None: what stands in a row was typed here, or may be typed over."""
        return 0

    def with_one_more(self) -> Rows:
        """As typed so far, nothing looked at yet, and an empty row that has the focus."""
        typed = [as_typed(form) for form in self.forms]
        rows = type(self)(initial=typed, prefix=self.prefix, form_kwargs=self.form_kwargs)
        rows.extra = min(len(typed) + 1, MOST_ROWS)
        if len(typed) < MOST_ROWS:
            first = next(iter(rows.forms[-1].fields.values()))
            first.widget.attrs["autofocus"] = True
        return rows

    @property
    def is_full(self) -> bool:
        return self.total_form_count() >= MOST_ROWS

    def filled(self) -> Iterator[tuple[RowForm, dict[str, Any]]]:
        for form in self.forms:
            if form.has_changed() and form.is_valid():
                yield form, dict(form.cleaned_data)  # a refusal takes fields out of its own

    def entered(self) -> list[Any]:
        return [values for _form, values in self.filled()]


def as_typed(form: forms.Form) -> dict[str, Any]:
    """What stands in the controls, as it was sent."""
    return {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }


def asks_for_row(data: Mapping[str, Any]) -> bool:
    """Whether it was sent for another row only, not to have something done."""
    return ADD_ROW in data


def not_looked_at(form: forms.Form) -> None:
    """Show what was typed without a word on whether it is right."""
    form.initial, form.is_bound = as_typed(form), False


def rows_of(form: type[RowForm], rows: type[Rows], *, extra: int) -> type[Rows]:
    return forms.formset_factory(  # type: ignore[return-value]  # a subclass of ``rows``
        form, rows, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )
