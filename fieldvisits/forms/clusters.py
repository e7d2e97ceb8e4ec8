"""Emulation clusters: the cluster, which units join it, when one leaves (R22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.clustering import may_join
from accounts.models import EmulationCluster, Unit
from accounts.numbers import whole_number
from fieldvisits.forms.fields import DayField, composed

if TYPE_CHECKING:
    from datetime import date


class ClusterForm(forms.ModelForm):
    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("To, that day included"),
        required=False,
        help_text=_("Left empty: until further notice."),
    )

    class Meta:
        model = EmulationCluster
        fields = ["name", "starts_on", "ends_on"]

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})


class UnitsField(forms.ModelMultipleChoiceField):
    """Any units there are may come back; what is no number of one is left out."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        return super().clean([pk for pk in value or [] if whole_number(pk)])


class JoinForm(forms.Form):
    """Units directly under the city that are in no cluster; any may come back."""

    starts_on = DayField(label=_("They belong to it from"))
    units = UnitsField(
        Unit.objects.prefetch_related("versions"),
        label=_("Units in no cluster yet"),
        error_messages={"required": _("Tick at least one unit.")},
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"starts_on": day}})
        self.free = [(row.unit_id, row.union_name) for row in may_join(day)]
        self.fields["units"].choices = self.free  # type: ignore[attr-defined]  # a choice field


class LeaveForm(forms.Form):
    ends_on = DayField(
        label=_("Last day in the cluster"),
        help_text=_("A day before the first takes the line out: it was entered by mistake."),
    )
