"""What a unit answers, what UBKT asks, and what people write of a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fieldvisits.actions.confirmations import Correction
from fieldvisits.choices import NOBODY, Confirmation
from fieldvisits.forms.fields import DayField, composed
from fieldvisits.forms.visit import SESSIONS
from fieldvisits.models import UnitOverview

if TYPE_CHECKING:
    from fieldvisits.models import ConfirmationRequest, UnitNotice

LONGEST_WORDS = 100


def _helper(*rows: Any) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    if rows:
        helper.layout = Layout(*rows)
    return helper


def _remark(*, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=_("Remark"),
        max_length=2000,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed if the answer is no."),
    )


class Composed(forms.Form):
    """Texts come out in the one form in which they are stored; a "no" says why."""

    NO: str = ""  # the answer that needs a remark

    def clean(self) -> dict[str, Any]:
        cleaned = composed(super().clean() or {})
        if self.NO and cleaned.get("answer") == self.NO and not cleaned.get("remark"):
            self.add_error("remark", _("Give the reason in a sentence."))
        return cleaned


class NoticeAnswerForm(Composed):
    NO = "cannot"
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            ("accept", _("We receive the visit on this day")),
            ("other_day", _("We propose another day")),
            ("cannot", _("We cannot receive it")),
        ],
        widget=forms.RadioSelect,
    )
    proposed_on = DayField(
        label=_("Day proposed"), required=False, help_text=_("Only if you propose another day.")
    )
    remark = _remark()

    def __init__(self, *args: Any, notice: UnitNotice, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"version": notice.version}})
        self.helper = _helper(
            "version",
            Field("answer", wrapper_class="choices"),
            Field("proposed_on", wrapper_class="w-date of-other-day"),
            "remark",
        )


class ConfirmationAnswerForm(Composed):
    """Three large choices; the days are read only with a correction."""

    NO = "dispute"
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=_("Did the visit take place so?"),
        choices=[
            ("confirm", _("Yes, it took place as written")),
            ("correct", _("It took place, but on other days or another part of the day")),
            ("dispute", _("No, it did not take place")),
        ],
        widget=forms.RadioSelect,
    )
    proposed_from = DayField(
        label=_("It was from"), required=False, help_text=_("Only if it was on other days.")
    )
    proposed_to = DayField(label=_("To, inclusive"), required=False)
    proposed_session = forms.ChoiceField(
        label=_("Part of the day"), choices=SESSIONS, widget=forms.RadioSelect, required=False
    )
    remark = _remark()

    def __init__(self, *args: Any, request: ConfirmationRequest, **kwargs: Any) -> None:
        visit = request.visit
        stored = {
            "version": request.version,
            "proposed_from": visit.starts_on,
            "proposed_to": visit.ends_on,
            "proposed_session": visit.session,
        }
        super().__init__(*args, **{**kwargs, "initial": stored})
        self.helper = _helper(
            "version",
            Field("answer", wrapper_class="choices"),
            Div(
                Field("proposed_from", wrapper_class="w2"),
                Field("proposed_to", wrapper_class="w2"),
                Field("proposed_session", wrapper_class="w2 seg"),
                css_class="fields row-fields of-correct",
            ),
            "remark",
        )

    @property
    def correction(self) -> Correction:
        names = ("proposed_from", "proposed_to", "proposed_session")
        return Correction(**{name: self.cleaned_data[name] for name in names})


class ReplyForm(Composed):
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your answer in writing"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("With whom, where, what was done; the Inspection Committee reads it."),
    )

    def __init__(self, *args: Any, request: ConfirmationRequest, **kwargs: Any) -> None:
        stored = {"version": request.version, "text": request.cadre_answer}
        super().__init__(*args, **{**kwargs, "initial": stored})
        self.helper = _helper()


class RemarkForm(Composed):
    text = forms.CharField(
        label=_("What the unit reports of the visit"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Read by the head, the Inspection Committee and the Standing Committee."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper()


class OverviewForm(forms.ModelForm):
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    class Meta:
        model = UnitOverview
        fields = list(UnitOverview.PARTS)
        widgets = {part: forms.Textarea(attrs={"rows": 4}) for part in UnitOverview.PARTS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper()

    def clean(self) -> dict[str, Any]:
        return composed(super().clean() or {})


class AskForm(Composed):
    """What UBKT asks with the ticked visits."""

    question = forms.CharField(
        label=_("What you ask besides"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper()


SHOWN = [
    ("", _("All past visits")),
    (Confirmation.NONE, pgettext_lazy("confirmation", "Not asked")),
    (Confirmation.ASKED, pgettext_lazy("confirmation", "Asked")),
    (Confirmation.EXPIRED, pgettext_lazy("confirmation", "No answer")),
    (NOBODY, pgettext_lazy("confirmation", "The unit has ended, nobody answers")),
    (Confirmation.CORRECTED, pgettext_lazy("confirmation", "Corrected")),
    (Confirmation.DISPUTED, pgettext_lazy("confirmation", "Disputed")),
    (Confirmation.DENIED, pgettext_lazy("confirmation", "Denied")),
    (Confirmation.CONFIRMED, pgettext_lazy("confirmation", "Confirmed")),
]


class ConfirmationFilter(forms.Form):
    show = forms.ChoiceField(label=_("Shown"), choices=SHOWN, required=False)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)
    person = forms.CharField(label=_("Person"), max_length=LONGEST_WORDS, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=LONGEST_WORDS, required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("All")), *((year, str(year)) for year in years)]  # type: ignore[attr-defined]  # a choice field
