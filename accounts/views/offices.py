"""Offices given, ended, changed and corrected by the administrator: shown first, then confirmed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions import appointing
from accounts.actions import appointments as actions
from accounts.choices import Body
from accounts.consequences import Change, done_in
from accounts.forms.appointments import EndForm, MoveForm, OfficeForm, WithdrawForm
from accounts.models import Appointment, Person
from accounts.overview.offices import in_words, with_places
from accounts.views.confirming import DONE, asked, keeping, tried
from accounts.views.organisation import crumbs_to

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest
    from accounts.views.confirming import Asked

ONE_DAY = timedelta(days=1)


def _stored(pk: int, **only: str) -> Appointment:
    return get_object_or_404(with_places(Appointment.objects.filter(**only)), pk=pk)


def _page(
    request: SignedInRequest, person: Person, title: str, asks: Asked, **more: Any
) -> HttpResponse:
    back = reverse("accounts:person", args=[person.pk])
    above = [(_("People"), reverse("accounts:people")), (person.full_name, back)]
    context = {
        "person": person,
        "title": title,
        "asks": asks,
        "back": back,
        "here": request.path,
        "crumbs": crumbs_to(title, *above),
        "row": None,
        "says": "",
        "used": (),
        "corrects": False,
        **more,
    }
    return render(request, "accounts/office_form.html", context, status=asks.status)


def _done(request: SignedInRequest, person_id: int) -> HttpResponse:
    messages.success(request, _("Written down; it stays on record."))
    return redirect("accounts:person", person_id)


@require_http_methods(["GET", "POST"])
def person_appoint(request: SignedInRequest, pk: int) -> HttpResponse:
    keeping(request)
    person, today = get_object_or_404(Person, pk=pk), timezone.localdate()
    first = {"starts_on": today}
    form = OfficeForm(request.POST or None, initial=first, person=person, today=today)
    asks = asked(
        request,
        form,
        check=lambda: appointing.check(form.appointment()),
        change=lambda: actions.change_of_appointing(form.appointment()),
        act=lambda: actions.appoint(form.appointment(), by=request.user, **_said(form)),
    )
    if asks.is_done:
        return _done(request, pk)
    return _page(request, person, _("Appoint"), asks, form=form)


def _said(form: Any) -> dict[str, Any]:
    return {"seen": form.cleaned_data["seen"], "decision": form.decision}


@require_http_methods(["GET", "POST"])
def appointment_end(request: SignedInRequest, pk: int) -> HttpResponse:
    keeping(request)
    row = _stored(pk)
    form = EndForm(request.POST or None, initial={"last_day": timezone.localdate()})
    asks = asked(
        request,
        form,
        check=lambda: actions.check_ending(row, form.cleaned_data["last_day"]),
        change=lambda: actions.change_of_ending(row, form.cleaned_data["last_day"]),
        act=lambda: actions.end(
            row, by=request.user, last_day=form.cleaned_data["last_day"], **_said(form)
        ),
    )
    if asks.is_done:
        return _done(request, row.person_id)
    return _page(request, row.person, _("End an office"), asks, form=form, row=row, says=_says(row))


def _says(row: Appointment) -> str:
    return in_words(row, row.starts_on)


@require_http_methods(["GET", "POST"])
def appointment_move(request: SignedInRequest, pk: int) -> HttpResponse:
    keeping(request)
    row, today = _stored(pk, body=Body.DEPARTMENT), timezone.localdate()
    form = MoveForm(request.POST or None, initial={"starts_on": today}, today=today)

    def to() -> Appointment:
        said = form.cleaned_data
        return actions.moved(row, said["department"], said["office"], said["starts_on"])

    asks = asked(
        request,
        form,
        check=lambda: actions.check_moving(row, to()),
        change=lambda: actions.change_of_moving(row, to()),
        act=lambda: actions.move(row, by=request.user, to=to(), **_said(form)),
    )
    if asks.is_done:
        return _done(request, row.person_id)
    title = _("Change department or office in it")
    return _page(request, row.person, title, asks, form=form, row=row, says=_says(row))


@require_http_methods(["GET", "POST"])
def appointment_correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a mistaken entry right; where something was done in it, only ending is offered."""
    keeping(request)
    row, today = _stored(pk), timezone.localdate()
    form = OfficeForm(
        request.POST or None, initial=OfficeForm.stored(row), person=row.person, row=row,
        today=today,
    )  # fmt: skip
    used = done_in(row)
    asks = asked(request, form, **_correcting(request, row, form))
    if asks.is_done:
        return _done(request, row.person_id)
    title = _("Correct a mistaken entry")
    more = {"row": row, "says": _says(row), "used": used, "corrects": True}
    return _page(request, row.person, title, asks, form=form, **more)


def _correcting(request: SignedInRequest, row: Appointment, form: OfficeForm) -> dict[str, Any]:
    def wanted() -> Appointment:
        return Appointment(pk=row.pk, person=row.person, **form.place())

    def change() -> Change:
        new = wanted()
        return Change(person=row.person, on=new.starts_on, ends=row, begins=new)

    def check() -> None:
        actions.refuse_if_used(row)
        appointing.check(wanted())

    return {
        "check": check,
        "change": change,
        "act": lambda: actions.correct(row, by=request.user, **form.place(), **_said(form)),
    }


@require_http_methods(["GET", "POST"])
def appointment_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    keeping(request)
    row = _stored(pk)
    form, status = WithdrawForm(request.POST or None), DONE
    if request.method == "POST":
        status = tried(form, lambda: actions.withdraw(row, by=request.user))
        if status == DONE:
            messages.success(request, _("The entry is taken out; the record keeps it."))
            return redirect("accounts:person", row.person_id)
    context = {
        "form": form,
        "row": row,
        "says": _says(row),
        "used": done_in(row),
        "back": reverse("accounts:person", args=[row.person_id]),
        "crumbs": crumbs_to(_("Take an entry out"), (_("People"), reverse("accounts:people"))),
    }
    return render(request, "accounts/office_withdraw.html", context, status=status)
