"""Before a product is handed in, a unit is asked or answers, and a "no" is upheld."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from fieldvisits.calendar import is_working_day
from fieldvisits.checks.rows import LEAST_WORDS, LONGEST_VISIT_DAYS, day
from fieldvisits.choices import Confirmation
from fieldvisits.models import ConfirmationRequest, Holiday, Regulation
from fieldvisits.models.visit import PUBLIC_STATES

if TYPE_CHECKING:
    from fieldvisits.models import Product, UnitNotice, Visit

# Once a unit has answered so, there is nothing to ask again.
ANSWERED = (Confirmation.CONFIRMED, Confirmation.DENIED)
OPEN = (Confirmation.ASKED, Confirmation.DISPUTED)


def _fail(problems: list[ValidationError]) -> None:
    if problems:
        raise ValidationError(problems)


def product_ready_to_submit(product: Product) -> None:
    """R4: after the visit, with a title, what it says, and the thing itself."""
    problems = []
    visit = product.visit
    if visit.state not in PUBLIC_STATES:
        problems.append(ValidationError(_("The visit does not stand; no product is owed.")))
    elif visit.ends_on > timezone.localdate():
        problems.append(
            ValidationError(
                _("The visit ends on %(day)s; the product is handed in after it.")
                % {"day": day(visit.ends_on)}
            )
        )
    if not product.title.strip():
        problems.append(ValidationError(_("Give the product a title."), code="field-title"))
    if len(product.summary.split()) < LEAST_WORDS:
        problems.append(
            ValidationError(_("Say in a few sentences what it says."), code="field-summary")
        )
    if not product.link and not product.files.exists():
        problems.append(
            ValidationError(_("Attach a file or give a link to the document."), code="field-link")
        )
    _fail(problems)


def other_day_is_named(notice: UnitNotice) -> None:
    if notice.proposed_on is None:
        raise ValidationError(_("Say which day suits the unit."), code="field-proposed_on")
    if notice.proposed_on <= timezone.localdate():
        raise ValidationError(_("This day has gone by."), code="field-proposed_on")


def may_be_asked(visit: Visit, today: date) -> list[ValidationError]:
    """Why the unit cannot be asked about this visit now; nothing if it can (R14)."""
    if visit.state not in PUBLIC_STATES:
        return [ValidationError(_("Only approved visits are confirmed."))]
    if visit.ends_on >= today:
        return [ValidationError(_("The visit is not over; the unit is asked after its last day."))]
    if visit.confirmation in OPEN:
        return [ValidationError(_("The unit has been asked about this visit already."))]
    if visit.confirmation in ANSWERED:
        return [ValidationError(_("The unit has answered about this visit already."))]
    return []


def visit_may_be_asked_about(request: ConfirmationRequest) -> None:
    _fail(may_be_asked(request.visit, timezone.localdate()))


def is_latest_request(request: ConfirmationRequest) -> None:
    """An older one that expired is no longer answered: the visit follows the latest."""
    if ConfirmationRequest.objects.filter(visit=request.visit_id, pk__gt=request.pk).exists():
        raise ValidationError(_("The unit has been asked anew; answer the newer request."))


def correction_is_named(request: ConfirmationRequest) -> None:
    """A correction says which days or which part of the day, in order."""
    is_latest_request(request)
    first, last = request.proposed_from, request.proposed_to
    if first is None or last is None:
        raise ValidationError(_("Say from when to when the visit was."), code="field-proposed_from")
    if last < first:
        raise ValidationError(_("The last day lies before the first."), code="field-proposed_to")
    if last > timezone.localdate():
        raise ValidationError(_("This day has not come yet."), code="field-proposed_to")
    if (last - first).days >= LONGEST_VISIT_DAYS:
        raise ValidationError(
            _("A visit lasts at most %(days)d days.") % {"days": LONGEST_VISIT_DAYS},
            code="field-proposed_to",
        )
    same_session = request.proposed_session in ("", request.visit.session)
    if (first, last) == (request.visit.starts_on, request.visit.ends_on) and same_session:
        raise ValidationError(
            _("These are the days as they stand. If they are right, choose “confirm”."),
            code="field-proposed_from",
        )


def may_be_upheld_on(request: ConfirmationRequest) -> date | None:
    """The first day on which UBKT may uphold without an answer of the cadre."""
    if request.disputed_on is None:
        return None
    left = Regulation.objects.on(request.disputed_on).dispute_working_days
    found = request.disputed_on
    holidays = Holiday.objects.between(found, found + timedelta(days=60 + 3 * left))
    while left > 0:
        found += timedelta(days=1)
        left -= is_working_day(found, holidays)
    return found + timedelta(days=1)


def dispute_may_be_upheld(request: ConfirmationRequest) -> None:
    """R14: at the earliest after the cadre has answered, or when the time for it is over."""
    if request.cadre_answered_at is not None:
        return
    first = may_be_upheld_on(request)
    if first and timezone.localdate() < first:
        raise ValidationError(
            _("The cadre has not answered yet; without an answer a “no” is upheld from %(day)s on.")
            % {"day": day(first)},
            code="too_early",
        )
