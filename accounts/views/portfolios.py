"""Portfolios: the members in charge of the departments, and a change on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions import portfolios as actions
from accounts.consequences import Preview
from accounts.forms.organisation import PortfolioForm
from accounts.forms.refusals import renew
from accounts.models import Department
from accounts.overview.portfolios import drawn, members_from, portfolios_of_all, what_follows
from accounts.views.confirming import DONE, Asked, keeping, tried
from accounts.views.organisation import crumbs_to

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest


@require_GET
def portfolios(request: SignedInRequest) -> HttpResponse:
    keeping(request)
    today = timezone.localdate()
    rows = portfolios_of_all(today)
    context = {
        "rows": rows,
        "timeline": drawn(rows, today),
        "crumbs": crumbs_to(_("Portfolios")),
    }
    return render(request, "accounts/portfolios.html", context)


@require_http_methods(["GET", "POST"])
def portfolio_change(request: SignedInRequest, pk: int) -> HttpResponse:
    keeping(request)
    department = get_object_or_404(Department.objects.prefetch_related("versions"), pk=pk)
    today = timezone.localdate()
    first = {"starts_on": today}
    form = PortfolioForm(request.POST or None, initial=first, people=members_from(today))
    asks = _asked(request, department, form)
    if asks.is_done:
        messages.success(request, _("Written down; it stays on record."))
        return redirect("accounts:portfolios")
    above = (_("Portfolios"), reverse("accounts:portfolios"))
    context = {
        "form": form,
        "asks": asks,
        "name": department.name_on(today),
        "back": above[1],
        "here": request.path,
        "crumbs": crumbs_to(_("Change the member in charge"), above),
    }
    return render(request, "accounts/portfolio_form.html", context, status=asks.status)


def _asked(request: SignedInRequest, department: Department, form: PortfolioForm) -> Asked:
    if request.method != "POST":
        return Asked()

    def wanted() -> dict[str, Any]:
        return {"member": form.chosen, "on": form.cleaned_data["starts_on"]}

    if (status := tried(form, lambda: actions.check(department, **wanted()))) != DONE:
        return Asked(status=status)
    if seen := form.cleaned_data["seen"]:
        values = {**wanted(), "seen": seen, "decision": form.decision}
        status = tried(form, lambda: actions.put_in_charge(department, by=request.user, **values))
        if status == DONE:
            return Asked(is_done=True)
    mark = actions.mark_of(department, **wanted())
    renew(form, seen=mark)
    return Asked(Preview(tuple(what_follows(department, **wanted())), mark), status)
