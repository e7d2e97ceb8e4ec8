"""Changing a visit after its approval: an amendment, a wish for one, another kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from fieldvisits import checks
from fieldvisits.actions.amending import Wanted
from fieldvisits.choices import InspectionBody, VisitKind
from fieldvisits.forms.fields import DayField, composed
from fieldvisits.forms.visit import LONG, SESSIONS, SHORT

if TYPE_CHECKING:
    from accounts.models import Unit
    from fieldvisits.models import AmendmentWish, Visit


class WishForm(forms.Form):
    """What the cadre would have changed, and why."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("To, inclusive"), required=False, help_text=_("Empty: the same day.")
    )
    session = forms.ChoiceField(
        label=_("Part of the day"), choices=SESSIONS, widget=forms.RadioSelect
    )
    content = forms.CharField(
        label=_("Concrete content"), max_length=2000, widget=forms.Textarea(attrs={"rows": LONG})
    )
    expected_result = forms.CharField(
        label=_("Expected result"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": LONG}),
    )
    comment = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": SHORT}),
        help_text=_("Whoever is concerned reads it; it stays in the history."),
        error_messages={"required": _("Give the reason in a sentence.")},
    )

    def __init__(
        self, *args: Any, visit: Visit, wish: AmendmentWish | None = None, **kwargs: Any
    ) -> None:
        self.visit = visit
        of = wish or visit
        stored = {
            "version": visit.version,
            "starts_on": of.starts_on,
            "ends_on": of.ends_on,
            "session": of.session,
            "content": of.content,
            "expected_result": of.expected_result,
            "comment": wish.reason if wish else "",
            "unit": visit.unit_id,
        }
        super().__init__(*args, **{**kwargs, "initial": stored})
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "version",
            Div(
                *self.first_fields(),
                Field("starts_on", wrapper_class="w2"),
                Field("ends_on", wrapper_class="w2"),
                Field("session", wrapper_class="w2 seg"),
                Field("content", wrapper_class="w3"),
                Field("expected_result", wrapper_class="w3"),
                css_class="fields row-fields",
            ),
            "comment",
        )

    def first_fields(self) -> list[Field]:
        return []

    def clean(self) -> dict[str, Any]:
        cleaned = composed(super().clean() or {})
        if cleaned.get("starts_on") and "ends_on" not in self.errors:
            cleaned["ends_on"] = cleaned.get("ends_on") or cleaned["starts_on"]
        if cleaned.get("starts_on") and cleaned.get("ends_on"):
            for problem in checks.date_problems(self.tried(cleaned), None):
                self.add_error(problem.field, problem.message)
        return cleaned

    def tried(self, cleaned: dict[str, Any]) -> Visit:
        visit = type(self.visit)(starts_on=cleaned["starts_on"], ends_on=cleaned["ends_on"])
        visit.session = cleaned.get("session") or self.visit.session
        return visit

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        names = ("starts_on", "ends_on", "session", "content", "expected_result")
        return Wanted(unit=said.get("unit"), **{name: said[name] for name in names})


class WishAnswerForm(forms.Form):
    """Refused by the superior, with a reason; withdrawn by the cadre, who may give one."""

    wish = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": SHORT}),
        help_text=_("Whoever is concerned reads it; it stays in the history."),
        error_messages={"required": _("Give the reason in a sentence.")},
    )

    def __init__(
        self,
        *args: Any,
        visit: Visit,
        wish: AmendmentWish | None,
        needs_reason: bool,
        **kwargs: Any,
    ) -> None:
        self.visit = visit
        super().__init__(*args, **{**kwargs, "initial": {"wish": wish.pk if wish else None}})
        self.fields["comment"].required = needs_reason
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})


class AmendForm(WishForm):
    """The same for the superior; where the unit has ended, with the units that took over."""

    unit = forms.ChoiceField(
        label=_("Host unit"),
        error_messages={"invalid_choice": _("Another unit needs a decision: go the ad hoc way.")},
    )

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        day = self.visit.starts_on
        self.fields["unit"].choices = [(pk, unit.name_on(day)) for pk, unit in self.units.items()]  # type: ignore[attr-defined]  # a choice field

    def first_fields(self) -> list[Field]:
        return [Field("unit")]

    def clean_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]


class KindForm(forms.Form):
    """Another kind, and what that kind asks for (R2); the days stay."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind of content"), choices=VisitKind.choices)
    role = forms.CharField(
        label=_("Role of the cadre in the activity"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": SHORT}),
    )
    inspection_body = forms.ChoiceField(
        label=_("Programme of"),
        choices=[("", _("Choose")), *InspectionBody.choices],
        required=False,
    )
    inspection_programme = forms.CharField(
        label=_("Number and date of the programme"), max_length=120, required=False
    )
    expected_result = forms.CharField(
        label=_("Expected result"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": SHORT}),
        help_text=_("For a thematic visit: which product."),
    )
    comment = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": SHORT}),
        help_text=_("Whoever is concerned reads it; it stays in the history."),
        error_messages={"required": _("Give the reason in a sentence.")},
    )

    DETAILS = ("role", "inspection_body", "inspection_programme", "expected_result")

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        self.visit = visit
        stored = {name: getattr(visit, name) for name in ("version", "kind", *self.DETAILS)}
        super().__init__(*args, **{**kwargs, "initial": stored})
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "version",
            Div(
                Field("kind"),
                Field("role", wrapper_class="of-joint"),
                Field("inspection_body", wrapper_class="w3 of-inspection"),
                Field("inspection_programme", wrapper_class="w3 of-inspection"),
                Field("expected_result"),
                Field("comment"),
                css_class="fields",
            ),
        )

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})

    def details(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.DETAILS}
