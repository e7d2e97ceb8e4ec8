"""Sittings: the list, convening, the one screen, presence, directions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Department
from accounts.numbers import whole_number
from accounts.paging import page_of, same_list_as, wants_file
from accounts.permissions import superiors_for
from fieldvisits import permissions
from fieldvisits.actions import agendas, sittings
from fieldvisits.choices import Decision
from fieldvisits.forms.line import DecisionForm
from fieldvisits.forms.refusals import UNPROCESSABLE, add_refusal, show_the_present
from fieldvisits.forms.sitting import ConveneForm, DirectionForm, PresenceForm
from fieldvisits.models import Presence, Sitting
from fieldvisits.overview.agenda import read_agenda
from fieldvisits.overview.reported import reported_to
from fieldvisits.overview.sitting import department_choices, facts_of_page, sittings_for
from fieldvisits.views.list_files import sittings_file

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from accounts.models import Person
    from accounts.views import SignedInRequest
    from fieldvisits.models.sitting import SittingQuerySet
    from fieldvisits.overview.agenda import Agenda, Item, Line

PAGE = 50
WITH_FORM = (Decision.ADJUST, Decision.DECLINE, Decision.DEFER)


def readable(sittings_: SittingQuerySet) -> SittingQuerySet:
    presences = Prefetch("presences", Presence.objects.select_related("member"))
    return sittings_.select_related("chair", "secretary").prefetch_related(presences, "directions")


def open_to_writers(viewer: Person, pk: int) -> Sitting:
    """The sitting, for the committee and its secretaries; for others there is no such page."""
    if not permissions.takes_part(viewer):
        raise Http404
    return get_object_or_404(readable(Sitting.objects.visible_to(viewer)), pk=pk)


@require_GET
def sitting_list(request: SignedInRequest) -> HttpResponseBase:
    takes_part = bool(permissions.takes_part(request.user))
    if wants_file(request):
        return sittings_file(sittings_for(request.user))
    page = page_of(request, sittings_for(request.user), PAGE)
    context = {
        "page": page,
        "sittings": page.rows,
        "file": same_list_as(request, "csv"),
        "takes_part": takes_part,
        "waiting": len(agendas.waiting_visits()) if takes_part else 0,
    }
    return render(request, "fieldvisits/sitting_list.html", context)


@require_http_methods(["GET", "POST"])
def sitting_convene(request: SignedInRequest) -> HttpResponse:
    if not permissions.takes_part(request.user):
        raise Http404
    today = timezone.localdate()
    members = superiors_for(request.user, today).committee
    initial = {"held_on": today, "chair": members[0].pk if members else None}
    form = ConveneForm(request.POST or None, members=members, initial=initial)
    status = 200
    if form.is_bound:
        status = UNPROCESSABLE
        if form.is_valid():
            status, sitting = _convene(request, form)
            if sitting:
                return redirect(sitting)
    context = {"form": form, "waiting": len(agendas.waiting_visits())}
    return render(request, "fieldvisits/sitting_convene.html", context, status=status)


def _convene(request: SignedInRequest, form: ConveneForm) -> tuple[int, Sitting | None]:
    day, chair = form.cleaned_data["held_on"], form.chosen_chair
    try:
        return 200, sittings.convene(by=request.user, held_on=day, chair=chair)
    except (ValidationError, PermissionDenied) as refusal:
        return add_refusal(form, refusal), None


@require_GET
def sitting_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    return sitting_page(request, open_to_writers(request.user, pk))


def sitting_page(
    request: SignedInRequest,
    sitting: Sitting,
    *,
    line: int | None = None,
    status: int = 200,
    **refused: Form,
) -> HttpResponse:
    """The one screen; ``refused`` is the form that comes back with its errors, by its name."""
    agenda, focus, item = _looked_at(request, sitting, line)
    context: dict[str, Any] = {
        "sitting": sitting,
        "agenda": agenda,
        "item": item,
        "focus": focus,
        "facts": facts_of_page(request.user, agenda, focus),
        **_forms(request, agenda, focus, refused),
    }
    return render(request, "fieldvisits/sitting_detail.html", context, status=status)


def _looked_at(
    request: SignedInRequest, sitting: Sitting, line: int | None
) -> tuple[Agenda, Line | None, Item | None]:
    """The agenda, the line in focus and its dossier, as the address asks."""
    asked = {name: whole_number(request.GET.get(name)) for name in ("line", "dossier", "after")}
    adjusts = request.GET.get("do") == Decision.ADJUST
    agenda = read_agenda(request.user, sitting, all_units=adjusts)
    after = -1 if asked["after"] is None else asked["after"]
    focus = agenda.focus(line=line or asked["line"], dossier=asked["dossier"], after=after)
    return agenda, focus, agenda.item_of(focus, asked["dossier"])


def _forms(
    request: SignedInRequest, agenda: Agenda, focus: Line | None, refused: dict[str, Form]
) -> dict[str, Form | None]:
    return {
        "decision": _decision_form(request, agenda, focus),
        "presence": PresenceForm(sitting=agenda.sitting, by=request.user),
        "direction": DirectionForm(departments=department_choices(agenda)),
        **refused,
    }


def _decision_form(
    request: SignedInRequest, agenda: Agenda, focus: Line | None
) -> DecisionForm | None:
    """The form of an adjustment, a refusal or a deferral, if one was asked for."""
    asked = request.GET.get("do", "")
    if focus is None or focus.is_own or not agenda.may_write or asked not in WITH_FORM:
        return None
    return DecisionForm(line=focus.line, decision=asked, units=agenda.units)


@require_GET
def sitting_reported(request: SignedInRequest, pk: int) -> HttpResponse:
    """The panel with what one member decided between sittings, read after the page (R8)."""
    sitting = open_to_writers(request.user, pk)
    context = {"sitting": sitting, "reported": reported_to(sitting)}
    return render(request, "fieldvisits/sitting_reported.html", context)


@require_POST
def sitting_presence(request: SignedInRequest, pk: int) -> HttpResponse:
    sitting = open_to_writers(request.user, pk)
    form = PresenceForm(request.POST, sitting=sitting, by=request.user)
    if not form.is_valid():
        return sitting_page(request, sitting, presence=form, status=UNPROCESSABLE)
    try:
        sittings.record_presence(
            sitting, by=request.user, chair=form.chosen_chair, absent=form.absent,
            seen=form.cleaned_data["seen"],
        )  # fmt: skip
    except (ValidationError, PermissionDenied) as refusal:
        form.read_anew()
        show_the_present(form, {}, rows=form.stored_now(), seen=form.mark)
        status = add_refusal(form, refusal)
        return sitting_page(request, sitting, presence=form, status=status)
    messages.success(request, _("Who is present is written down."))
    return redirect(sitting)


@require_POST
def direction_add(request: SignedInRequest, pk: int) -> HttpResponse:
    sitting = open_to_writers(request.user, pk)
    choices = department_choices(read_agenda(request.user, sitting))
    form = DirectionForm(request.POST, departments=choices)
    if not form.is_valid():
        return sitting_page(request, sitting, direction=form, status=UNPROCESSABLE)
    said = form.cleaned_data
    try:
        sittings.give_direction(
            sitting,
            by=request.user,
            text=said["text"],
            department=Department.objects.filter(pk=said["department"]).first(),
        )
    except (ValidationError, PermissionDenied) as refusal:
        status = add_refusal(form, refusal)
        return sitting_page(request, sitting, direction=form, status=status)
    messages.success(request, _("The direction stands in the notice."))
    return redirect(_directions(sitting))


@require_POST
def direction_drop(request: SignedInRequest, pk: int, direction_pk: int) -> HttpResponse:
    sitting = open_to_writers(request.user, pk)
    direction = get_object_or_404(sitting.directions, pk=direction_pk)
    try:
        sittings.drop_direction(direction, by=request.user)
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The direction is taken out again."))
    return redirect(_directions(sitting))


def _directions(sitting: Sitting) -> str:
    return f"{reverse('fieldvisits:sitting-detail', args=[sitting.pk])}#directions"
