"""What a sitting says of one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Field, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from fieldvisits.actions.sittings import Adjustment
from fieldvisits.choices import Decision
from fieldvisits.forms.fields import DayField
from fieldvisits.forms.visit import SESSIONS
from fieldvisits.overview.names import UnitNames

if TYPE_CHECKING:
    from fieldvisits.models import AgendaLine


class DecisionForm(forms.Form):
    """``version`` is the one of the line that was on the screen."""

    decision = forms.ChoiceField(choices=Decision.choices, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    starts_on = DayField(label=_("From"), required=False)
    ends_on = DayField(label=_("To, inclusive"), required=False)
    session = forms.ChoiceField(
        label=_("Part of the day"),
        choices=SESSIONS,
        required=False,
        widget=forms.RadioSelect,
    )
    unit = forms.TypedChoiceField(
        label=_("Host unit"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"data-search": ""}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The cadre and the head read it."),
    )

    def __init__(
        self,
        *args: Any,
        line: AgendaLine,
        decision: str,
        units: UnitNames | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.line, self.chosen = line, decision
        self.initial.update(decision=decision, version=line.version, reason=line.reason)
        if decision == Decision.ADJUST:
            self._propose(units or UnitNames.of(None))
        else:
            for name in ("starts_on", "ends_on", "session", "unit"):
                del self.fields[name]
        self.fields["reason"].required = decision in (Decision.ADJUST, Decision.DECLINE)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("decision", "version", *self._layout())

    def _propose(self, units: UnitNames) -> None:
        """What was planned, or adjusted before, stands in the fields."""
        visit, line = self.line.visit, self.line
        self.initial.update(
            starts_on=line.starts_on or visit.starts_on,
            ends_on=line.ends_on or visit.ends_on,
            session=line.session or visit.session,
            unit=line.unit_id or visit.unit_id,
        )
        for name in ("starts_on", "ends_on", "session", "unit"):
            self.fields[name].required = True
        quarter = visit.plan.quarter if visit.plan else visit.quarter
        choices = units.touching(quarter.first_day, quarter.last_day)
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def _layout(self) -> list[Any]:
        if self.chosen != Decision.ADJUST:
            return [Field("reason")]
        return [
            Row(Column("starts_on"), Column("ends_on")),
            Field("session", wrapper_class="seg"),
            Field("unit"),
            Field("reason"),
        ]

    def clean(self) -> dict[str, Any]:
        """The order of the days, together with whatever else is wrong."""
        said = super().clean() or self.cleaned_data
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first."))
        return said

    def adjustment(self) -> Adjustment | None:
        said = self.cleaned_data
        if self.chosen != Decision.ADJUST:
            return None
        unit = Unit.objects.get(pk=said["unit"])
        return Adjustment(said["starts_on"], said["ends_on"], said["session"], unit)
