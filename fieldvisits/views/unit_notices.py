"""Notices to units: what comes, what the unit answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.paging import page_of
from fieldvisits import permissions, workflow
from fieldvisits.actions import unit_notices
from fieldvisits.choices import NoticeState
from fieldvisits.forms.at_unit import NoticeAnswerForm
from fieldvisits.forms.refusals import CONFLICT, FORBIDDEN, UNPROCESSABLE, add_refusal, renew
from fieldvisits.models import UnitNotice
from fieldvisits.overview.beside_visit import beside_page, with_unit
from fieldvisits.overview.step import moved_on
from fieldvisits.overview.team import companions_of
from fieldvisits.views.steps import say_done

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.views import SignedInRequest

PAGE = 50
TO_SETTLE = (NoticeState.OTHER_DAY, NoticeState.CANNOT)


@require_GET
def notice_list(request: SignedInRequest) -> HttpResponse:
    """Those one may see, latest first; ``show=open``: what waits for the unit or the head."""
    shows_open = request.GET.get("show") == "open"
    seen = UnitNotice.objects.visible_to(request.user)
    if shows_open:
        seen = seen.filter(state__in=(NoticeState.SENT, *TO_SETTLE))
    rows = with_unit(seen.one_per_team()).order_by("-visit__starts_on", "-pk")
    page = page_of(request, rows, PAGE)
    along = companions_of(page.rows)
    lines = [
        (row, row.visit.unit.name_on(row.visit.starts_on), along.get(row.pk, []))
        for row in page.rows
    ]
    context = {"page": page, "lines": lines, "shows_open": shows_open}
    return render(request, "fieldvisits/notice_list.html", context)


def _notice(request: SignedInRequest, pk: int) -> UnitNotice:
    found: UnitNotice = get_object_or_404(
        with_unit(UnitNotice.objects.visible_to(request.user)), pk=pk
    )
    return found


@require_GET
def notice_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    notice = _notice(request, pk)
    page = beside_page(notice, request.user, timezone.localdate())
    answers = bool(permissions.represents(request.user, notice)) and notice.state == "sent"
    context = {"page": page, "notice": notice, "visit": notice.visit, "answers": answers}
    context["along"] = companions_of([notice]).get(notice.pk, [])
    return render(request, "fieldvisits/unit_notice_detail.html", context)


@require_http_methods(["GET", "POST"])
def notice_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The unit's answer: three choices and a remark."""
    notice = _notice(request, pk)
    form = NoticeAnswerForm(request.POST or None, notice=notice)
    refusal, status = _in_the_way(request, notice)
    if request.method == "POST":
        refusal = ""
        status = _answer(request, notice, form) if form.is_valid() else UNPROCESSABLE
        if not status:
            say_done(request, workflow.UNIT_NOTICE[form.cleaned_data["answer"]], notice)
            return redirect(notice)
    page = beside_page(notice, request.user, timezone.localdate())
    context = {"page": page, "visit": notice.visit, "form": form, "refusal": refusal}
    context["along"] = companions_of([notice]).get(notice.pk, [])
    return render(request, "fieldvisits/unit_notice_answer.html", context, status=status)


def _in_the_way(request: SignedInRequest, notice: UnitNotice) -> tuple[str, int]:
    if not (verdict := permissions.represents(request.user, notice)):
        return str(verdict.reason), FORBIDDEN
    return ("", 200) if notice.state == NoticeState.SENT else (moved_on(notice), CONFLICT)


def _answer(request: SignedInRequest, notice: UnitNotice, form: NoticeAnswerForm) -> int:
    """Return 0, or the status of a refusal, which stands in the form."""
    said = dict(form.cleaned_data)
    name = said.pop("answer")
    try:
        unit_notices.answer(notice, name, by=request.user, **said)
    except (ValidationError, PermissionDenied) as refusal:
        notice.refresh_from_db()
        renew(form, version=notice.version)
        return add_refusal(form, refusal)
    return 0
