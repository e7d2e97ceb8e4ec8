"""The slot conditions, each written once, over ``LedgerEntry`` rows.

A figure is the number of distinct half-days with at least one entry that satisfies its
condition. Which of them are cut at the as-of day, and which leave out half-days of a
stronger figure, is said in ``totals``. Defined in docs/figures.md.
"""

from django.db.models import Q

from fieldvisits.choices import (
    Confirmation,
    Origin,
    ProductState,
    VisitKind,
    VisitState,
)

APPROVED_STATES = (VisitState.APPROVED, VisitState.REPORTED, VisitState.ACCEPTED)
DONE_STATES = (VisitState.REPORTED, VisitState.ACCEPTED)

_counts = Q(counts=True)
_denied = Q(confirmation=Confirmation.DENIED)
_product_is_in = ~Q(kind=VisitKind.THEMATIC) | Q(product=ProductState.ACCEPTED)
_accepted = _counts & Q(state=VisitState.ACCEPTED) & ~_denied

PLANNED = _counts & ~Q(state__in=(VisitState.DECLINED, VisitState.CANCELLED))
APPROVED = _counts & Q(state__in=APPROVED_STATES)
# Approved and not denied: ahead, where the day lies after the as-of day.
STANDING = APPROVED & ~_denied
# Approved only; half-days that another visit carried out are left out.
AWAITING = _counts & Q(state=VisitState.APPROVED)
CARRIED_OUT = _counts & Q(state__in=DONE_STATES) & ~_denied
AD_HOC = CARRIED_OUT & Q(origin=Origin.AD_HOC)
# The official total.
ACCEPTED = _accepted & _product_is_in
# Accepted, but the product of a thematic visit is outstanding; ACCEPTED half-days left out.
PROVISIONAL = _accepted & ~_product_is_in
CONFIRMED = ACCEPTED & Q(confirmation=Confirmation.CONFIRMED)
# Done, but not carried out: why. DENIED comes before EVENT_ATTENDANCE.
DENIED = Q(state__in=DONE_STATES) & _denied
EVENT_ATTENDANCE = Q(state__in=DONE_STATES, counts=False) & ~_denied

# A week owes a report if a half-day of any kind of such a visit lies in it (R12).
OWES_REPORT = Q(state__in=APPROVED_STATES)
