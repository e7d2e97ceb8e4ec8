"""People for the administrator: the list, adding somebody, one person's page, particulars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions import particulars as actions
from accounts.forms.people import NewPersonForm, PeopleFilter, PersonForm
from accounts.forms.refusals import CONFLICT, show_the_present
from accounts.models import Person, with_invitation
from accounts.overview.offices import department_choices
from accounts.overview.people import people_found, person_rows
from accounts.overview.person import person_page
from accounts.paging import exports_of, page_of, wants_file
from accounts.spreadsheet import csv_file
from accounts.views.confirming import DONE, keeping, tried
from accounts.views.organisation import crumbs_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse, StreamingHttpResponse
    from django.http.response import HttpResponseBase

    from accounts.overview.people import PersonRow
    from accounts.views import SignedInRequest

PER_PAGE = 50


@require_GET
def people(request: SignedInRequest) -> HttpResponseBase:
    keeping(request)
    today = timezone.localdate()
    form = PeopleFilter(request.GET, departments=department_choices(today))
    found = people_found(form.wanted(), today)
    if wants_file(request):
        return _as_file(person_rows(found, today))
    page = page_of(request, found, PER_PAGE)
    context = {
        "form": form,
        "page": page,
        "rows": person_rows(page.rows, today),
        "says": _says(form),
        "exports": exports_of(request),
        "crumbs": crumbs_to(_("People")),
    }
    return render(request, "accounts/people.html", context)


def _says(form: PeopleFilter) -> str:
    """The filters in words."""
    wanted = form.wanted()
    said = [_("You see: people on record")]
    chosen = ("department", "office", "account", "standing", "scope")
    said += [_label(form, name, wanted[name]) for name in chosen if wanted[name]]
    if wanted["q"]:
        said.append(_("with “%(words)s” in name, code or e-mail") % {"words": wanted["q"]})
    return ", ".join(said) + "."


def _label(form: PeopleFilter, name: str, value: Any) -> str:
    for key, label in form.fields[name].choices:  # type: ignore[attr-defined]  # a choice field
        if isinstance(label, (list, tuple)):
            if found := dict(label).get(value):
                return f"{found}, {key}"
        elif str(key) == str(value):
            return str(label)
    return ""


def _as_file(rows: Iterable[PersonRow]) -> StreamingHttpResponse:
    headings = [
        _("Code"), _("Name"), _("Offices today"), _("E-mail"), _("Phone"), _("Gender"),
        _("Owes field visits"), _("Sign-in"),
    ]  # fmt: skip
    cells = (
        [
            row.person.code,
            row.person.full_name,
            row.offices,
            row.person.email,
            row.person.phone,
            row.person.gender,
            _("yes") if row.person.in_scope else _("no"),
            row.account,
        ]
        for row in rows
    )
    return csv_file("people.csv", headings, cells)


@require_http_methods(["GET", "POST"])
def person_new(request: SignedInRequest) -> HttpResponse:
    keeping(request)
    form = NewPersonForm(request.POST or None, initial={"code": actions.suggested_code()})
    status = DONE
    if request.method == "POST":
        made: list[Person] = []
        status = tried(form, lambda: made.append(_add(request, form)))
        if status == DONE:
            messages.success(request, _("On record. Now appoint the comrade to an office."))
            return redirect("accounts:person", made[0].pk)
    context = {
        "form": form,
        "is_new": True,
        "back": reverse("accounts:people"),
        "crumbs": crumbs_to(_("Add a person"), (_("People"), reverse("accounts:people"))),
    }
    return render(request, "accounts/person_form.html", context, status=status)


def _add(request: SignedInRequest, form: NewPersonForm) -> Person:
    return actions.add_person(by=request.user, **_values(form), code=form.cleaned_data["code"])


def _values(form: PersonForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in actions.FIELDS}


@require_GET
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    keeping(request)
    found = get_object_or_404(with_invitation(Person.objects.all()), pk=pk)
    context = {
        "page": person_page(found, request.user, timezone.localdate()),
        "crumbs": crumbs_to(found.full_name, (_("People"), reverse("accounts:people"))),
    }
    return render(request, "accounts/person.html", context)


@require_http_methods(["GET", "POST"])
def person_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    keeping(request)
    found = get_object_or_404(Person, pk=pk)
    seen = actions.mark_of(found)
    form = PersonForm(
        request.POST or None, instance=Person.objects.get(pk=pk), initial={"seen": seen}
    )
    status = DONE
    if request.method == "POST":
        status = tried(form, lambda: _change(request, found, form))
        if status == DONE:
            messages.success(request, _("Particulars saved."))
            return redirect("accounts:person", pk)
        if status == CONFLICT:
            show_the_present(form, actions.particulars(found), seen=seen)
    return _edit_page(request, found, form, status)


def _change(request: SignedInRequest, found: Person, form: PersonForm) -> None:
    seen = form.cleaned_data["seen"]
    actions.change_person(found, by=request.user, seen=seen, **_values(form))


def _edit_page(
    request: SignedInRequest, found: Person, form: PersonForm, status: int
) -> HttpResponse:
    back = reverse("accounts:person", args=[found.pk])
    above = [(_("People"), reverse("accounts:people")), (found.full_name, back)]
    context = {
        "form": form,
        "person": found,
        "back": back,
        "crumbs": crumbs_to(_("Change particulars"), *above),
    }
    return render(request, "accounts/person_form.html", context, status=status)
