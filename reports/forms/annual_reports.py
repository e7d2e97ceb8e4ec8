"""Writing the annual report of a department, and which year the list is of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from reports.forms.written import OwnFilter, WrittenForm, text_field

if TYPE_CHECKING:
    from reports.models import AnnualReport

__all__ = ["AnnualTextsForm", "OwnFilter", "stored"]


class AnnualTextsForm(WrittenForm):
    results = text_field(
        _("Results of the year"),
        _("What the department did at its units and what came out of it. Needed to submit."),
        10,
    )
    difficulties = text_field(_("Difficulties and limits"), _("What did not succeed, and why."), 5)
    lessons = text_field(
        _("Lessons"),
        _("What the department does again, and what it does differently. Needed to submit."),
        5,
    )
    proposals = text_field(
        _("Proposals"), _("To the Standing Committee and to other departments."), 4
    )


def stored(report: AnnualReport) -> dict[str, Any]:
    """What the form begins with, for a report that is there."""
    return {name: getattr(report, name) for name in AnnualTextsForm.base_fields}
