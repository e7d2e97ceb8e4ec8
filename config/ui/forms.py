"""What forms need around their fields: what is wrong, filters, confirmation, paging, jobs."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.forms import BaseForm, BaseFormSet
from django.utils.translation import gettext as _

from accounts.forms.rows import ADD_ROW, MOST_ROWS, Rows
from accounts.looks import look_of
from config.ui.library import picked, register


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet, title: Any = "") -> dict[str, Any]:
    """Everything that is wrong, at the head of the page, each line with a way to its field."""
    return {"title": title, "lines": [line for form in forms if form for line in _wrong(form)]}


def _wrong(form: BaseForm | BaseFormSet, *, where: str = "") -> Iterator[dict[str, str]]:
    if isinstance(form, BaseFormSet):
        for message in form.non_form_errors():
            yield {"href": "", "where": where, "message": str(message)}
        for number, row in enumerate(form.forms, 1):
            yield from _wrong(row, where=_("Row %(number)d") % {"number": number})
        return
    for name, messages in form.errors.items():
        field = form[name] if name in form.fields else None
        for message in messages:
            yield {
                "href": f"#{field.auto_id}" if field and not field.is_hidden else "",
                "where": ": ".join(filter(None, (where, str(field.label) if field else ""))),
                "message": str(message),
            }


@register.inclusion_tag("components/filter_bar.html")
def filter_bar(
    form: BaseForm, *, says: Any = "", exports: Iterable[tuple[Any, str]] = (), auto: bool = False
) -> dict[str, Any]:
    """Filters that stay in the address; a sentence says what is shown."""
    return {"form": form, "says": says, "exports": list(exports), "auto": auto}


@register.inclusion_tag("components/confirm_bar.html")
def confirm_bar(
    *,
    label: Any,
    back: str = "",
    back_label: Any = "",
    tone: str = "main",
    name: str = "",
    value: str = "",
) -> dict[str, Any]:
    """The button that does it, and the way back."""
    return {
        "label": label,
        "back": back,
        "back_label": back_label,
        "tone": tone,
        "name": name,
        "value": value,
    }


@register.inclusion_tag("components/add_row.html")
def add_row(rows: Rows) -> dict[str, Any]:
    """The button below a table to be filled in; it works with scripts and without."""
    return {"name": ADD_ROW, "prefix": rows.prefix, "is_full": rows.is_full, "most": MOST_ROWS}


@register.inclusion_tag("components/theirs.html")
def theirs(form: BaseForm) -> dict[str, Any]:
    """What is stored now, beside what was typed over an older text."""
    return {"rows": getattr(form, "theirs", ())}


@register.inclusion_tag("components/pager.html")
def pager(page: Any) -> dict[str, Any]:
    return picked(page, has_next=False, next_url="", previous_url="", says="")


@register.inclusion_tag("components/progress.html")
def progress(job: Any) -> dict[str, Any]:
    """A long job. Polls ``url`` while it waits or runs; that answer is this component again."""
    facts = picked(
        job, label="", done=0, total=0, state="queued", state_label="", url="", note="", id="job"
    )
    facts["running"] = facts["state"] in {"queued", "running"}
    facts["tone"], facts["shape"] = look_of("job", facts["state"])
    return facts
