"""What is asked of a visit: one row of a plan, or what an ad-hoc request has in common."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from accounts.numbers import whole_number
from fieldvisits import checks
from fieldvisits.checks.rows import content_problems
from fieldvisits.choices import COUNTING_KINDS, InspectionBody, Session, VisitKind
from fieldvisits.forms.fields import ActivityField, DayField, UnitField, composed
from fieldvisits.models import Plan, Visit

if TYPE_CHECKING:
    from accounts.models import Person
    from fieldvisits.calendar import Quarter

SHORT, LONG = 4, 6  # lines
SESSIONS = [(session.value, capfirst(session.label)) for session in Session]
OF_KIND = [
    ("role", VisitKind.JOINT_ACTIVITY, _("Say what your role in the activity is.")),
    ("inspection_body", VisitKind.INSPECTION, _("Say whose programme of inspection it is.")),
    (
        "inspection_programme",
        VisitKind.INSPECTION,
        _("Give the number and date of the programme."),
    ),
    (
        "expected_result",
        VisitKind.THEMATIC,
        _("A thematic visit owes a product: say which one."),
    ),
]


class VisitFields(forms.ModelForm):
    """What is asked of a visit before it takes place, in a plan or ad hoc. Which fields
    belong to which kind is shown by the sheet plans.css, and checked here.
    """

    use_required_attribute = False  # a browser would not send a form with a hidden field

    unit = UnitField(label=_("Host unit"))
    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("To, inclusive"), required=False, help_text=_("Empty: the same day.")
    )
    session = forms.ChoiceField(
        label=_("Part of the day"), choices=SESSIONS, widget=forms.RadioSelect, initial=Session.FULL
    )
    activity = ActivityField(
        label=_("Activity of the year's programme"),
        required=False,
        help_text=_("Where the visit is part of one; left empty, it stands for itself."),
    )
    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = Visit
        fields = [
            "unit", "starts_on", "ends_on", "session", "shared", "kind", "content",
            "expected_result", "role", "inspection_body", "inspection_programme", "activity",
        ]  # fmt: skip

    def __init__(self, *args: Any, cadre: Person, offered: Quarter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cadre = cadre
        # Of a row that was changed elsewhere meanwhile: what stands there now.
        self.theirs: list[tuple[str, str]] = []
        self.initial["revision"] = self.instance.revision if self.instance.pk else ""
        also = (self.instance.unit_id, whole_number(self.data.get("unit")))
        self.fields["unit"].offer(offered, also=also)  # type: ignore[attr-defined]  # declared above
        offers: ActivityField = self.fields["activity"]  # type: ignore[assignment]  # declared above
        if not offers.offer(offered, also=(self.instance.activity_id,)):
            del self.fields["activity"]
        self.fields["kind"].choices = [("", _("Choose the kind")), *_kinds(self.instance)]  # type: ignore[attr-defined]  # a choice field
        self.fields["inspection_body"].choices = [("", _("Choose")), *InspectionBody.choices]  # type: ignore[attr-defined]  # a choice field
        self._require_by_kind()
        for name, lines in (("content", LONG), ("expected_result", LONG), ("role", SHORT)):
            self.fields[name].widget.attrs |= {"rows": lines}
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = visit_layout(with_activity="activity" in self.fields)

    def _require_by_kind(self) -> None:
        """What only one kind asks for is not called optional there."""
        for name, kind, words in OF_KIND:
            field = self.fields[name]
            field.required = not self.is_bound or self.data.get("kind") == kind
            field.error_messages["required"] = words

    def clean(self) -> dict[str, Any]:
        cleaned = composed(super().clean() or {})
        if cleaned.get("starts_on") and not cleaned.get("ends_on") and "ends_on" not in self.errors:
            cleaned["ends_on"] = cleaned["starts_on"]
        if "activity" in cleaned and cleaned.get("kind") != VisitKind.JOINT_ACTIVITY:
            cleaned["activity"] = None  # R23
        return cleaned

    def _post_clean(self) -> None:
        """Add what the rules say of the row as typed, at the fields they are about."""
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, not in the stubs
        wrong = set(self.errors)
        self.instance.cadre = self.cadre
        if {"unit", "starts_on", "ends_on", "session"} & wrong:  # its days cannot be judged
            found = list(content_problems(self.instance))
        else:
            found = self.problems()
        for problem in found:
            if problem.field not in wrong:
                self.add_error(problem.field or None, problem.message)

    def problems(self) -> list[checks.Problem]:
        """Everything wrong with the visit as typed."""
        raise NotImplementedError

    def validate_constraints(self) -> None:
        """``checks`` says the same, at its field and without a question to the database."""


class VisitForm(VisitFields):
    """One row of a plan."""

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, cadre=plan.cadre, offered=plan.quarter, **kwargs)
        self.plan = plan

    def problems(self) -> list[checks.Problem]:
        return checks.visit_problems(self.instance, self.plan.quarter)


def _kinds(visit: Visit) -> list[tuple[str, Any]]:
    """The kinds that need registration; an attendance only where one stands already."""
    return [
        (kind.value, kind.label)
        for kind in VisitKind
        if kind in COUNTING_KINDS or kind == visit.kind
    ]


def visit_layout(*, with_activity: bool) -> Layout:
    activity = [Field("activity", wrapper_class="of-joint")] if with_activity else []
    return Layout(
        "revision",
        Div(
            Field("unit", wrapper_class="w4"),
            Field("kind", wrapper_class="w2"),
            Field("starts_on", wrapper_class="w2"),
            Field("ends_on", wrapper_class="w2"),
            Field("session", wrapper_class="w2 seg"),
            Field("role", wrapper_class="of-joint"),
            *activity,
            Field("inspection_body", wrapper_class="w3 of-inspection"),
            Field("inspection_programme", wrapper_class="w3 of-inspection"),
            Field("content", wrapper_class="w3"),
            Field("expected_result", wrapper_class="w3"),
            Field("shared"),
            css_class="fields",
        ),
    )


def differences(form: VisitFields, stored: Visit) -> list[tuple[str, str]]:
    """Label and text of every field that is stored otherwise than it was typed."""
    found = []
    for name in form.Meta.fields:
        was = getattr(stored, name)
        if name in form.cleaned_data and form.cleaned_data[name] != was:
            words = {
                "unit": stored.unit.name_on(stored.starts_on),
                "session": stored.get_session_display(),
                "kind": stored.get_kind_display(),
                "inspection_body": stored.get_inspection_body_display(),
                "activity": stored.activity or "",
                "shared": _("yes") if stored.shared else _("no"),
            }.get(name, was)
            said = date_format(words) if isinstance(words, date) else str(words)
            found.append((str(form.fields[name].label), said))
    return found


def blank(plan: Plan, unit_id: int | None = None) -> Visit:
    """A row not yet written; a unit page may name its unit beforehand."""
    visit = Visit(plan=plan, cadre=plan.cadre)
    if unit_id and (unit := Unit.objects.filter(pk=unit_id).first()):
        visit.unit = unit
    return visit
