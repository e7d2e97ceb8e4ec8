"""States and kinds: the words of the paths and of rule R2."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VisitKind(models.TextChoices):
    """What a visit is for. All but the last count towards the target (R2, R3)."""

    THEMATIC = "thematic", _("Thematic survey or study")
    JOINT_ACTIVITY = "joint_activity", _("Joint organisation of an activity")
    INSPECTION = "inspection", _("Inspection and supervision")
    CONGRESS_GUIDANCE = "congress_guidance", _("Guidance of a congress")
    SESSION_ATTENDANCE = "session_attendance", _("Taking part in a working session of a union")
    WORKING_SESSION = "working_session", _("Working session, training")
    EVENT_ATTENDANCE = "event_attendance", _("Attending an activity (not counted)")


COUNTING_KINDS = tuple(kind for kind in VisitKind if kind != VisitKind.EVENT_ATTENDANCE)


class Session(models.TextChoices):
    FULL = "full", _("whole day")
    MORNING = "morning", _("morning")
    AFTERNOON = "afternoon", _("afternoon")


class Half(models.TextChoices):
    """One slot is one half-day (R18)."""

    AM = "am", _("morning")
    PM = "pm", _("afternoon")


HALVES = {
    Session.FULL: (Half.AM, Half.PM),
    Session.MORNING: (Half.AM,),
    Session.AFTERNOON: (Half.PM,),
}


class Origin(models.TextChoices):
    PLAN = "plan", _("from a plan")
    AD_HOC = "ad_hoc", _("ad hoc")


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for agreement")
    AGREED = "agreed", _("Agreed")
    RETURNED = "returned", _("Returned")
    IN_DOSSIER = "in_dossier", _("In the department's dossier")
    SETTLED = "settled", _("Decided")


class DossierState(models.TextChoices):
    COMPILING = "compiling", _("Being compiled")
    WITH_COORDINATION = "with_coordination", _("With Organisation and Inspection")
    BEFORE_COMMITTEE = "before_committee", _("Before the Standing Committee")
    DECIDED = "decided", pgettext_lazy("dossier state", "Decided")


class VisitState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    REPORTED = "reported", _("Reported")
    ACCEPTED = "accepted", _("Accepted")
    CANCELLED = "cancelled", _("Cancelled")


DEAD_STATES = (VisitState.DECLINED, VisitState.CANCELLED)  # of visits that hold no half-day


class ProductState(models.TextChoices):
    NONE = "none", _("no product owed")
    OWED = "owed", _("product owed")
    SUBMITTED = "submitted", _("product submitted")
    ACCEPTED = "accepted", _("product accepted")


class Confirmation(models.TextChoices):
    NONE = "none", _("not asked")
    ASKED = "asked", _("asked")
    CONFIRMED = "confirmed", _("confirmed")
    CORRECTED = "corrected", _("corrected")
    DISPUTED = "disputed", _("disputed")
    DENIED = "denied", _("denied")
    EXPIRED = "expired", _("no answer")


NOBODY = "nobody"  # UBKT's list: asked at a unit that has ended, and nobody took over


class RequestState(models.TextChoices):
    """Of an ad-hoc request (R8); its visit stays proposed until the decision."""

    DRAFT = "draft", pgettext_lazy("request state", "Draft")
    REQUESTED = "requested", pgettext_lazy("request state", "Waiting for endorsement")
    ENDORSED = "endorsed", pgettext_lazy("request state", "Endorsed, waiting for decision")
    APPROVED = "approved", pgettext_lazy("request state", "Approved")
    DECLINED = "declined", pgettext_lazy("request state", "Declined")
    CANCELLED = "cancelled", pgettext_lazy("request state", "Withdrawn")


class NoticeState(models.TextChoices):
    """Of the notice to a host unit (R9)."""

    SENT = "sent", pgettext_lazy("unit notice", "Sent to the unit")
    ACCEPTED = "accepted", pgettext_lazy("unit notice", "The unit receives the visit")
    OTHER_DAY = "other_day", pgettext_lazy("unit notice", "The unit proposes another day")
    CANNOT = "cannot", pgettext_lazy("unit notice", "The unit cannot receive the visit")
    SETTLED = "settled", pgettext_lazy("unit notice", "Settled")


class WishOutcome(models.TextChoices):
    """What became of a wish for an amendment; empty while it waits."""

    GRANTED = "granted", pgettext_lazy("wish", "Amended as asked or otherwise")
    REFUSED = "refused", pgettext_lazy("wish", "Amendment refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("wish", "Wish for an amendment withdrawn")
    REPLACED = "replaced", pgettext_lazy("wish", "Replaced by another wish")


class InvitationState(models.TextChoices):
    """Of an invitation to come along on a visit (a tour)."""

    ASKED = "asked", pgettext_lazy("invitation", "Asked")
    AGREED = "agreed", pgettext_lazy("invitation", "Comes along")
    DECLINED = "declined", pgettext_lazy("invitation", "Does not come along")


class SittingState(models.TextChoices):
    OPEN = "open", _("In session")
    CLOSED = "closed", _("Closed")


class Decision(models.TextChoices):
    """What a sitting says of one line."""

    OPEN = "open", pgettext_lazy("decision", "Not decided")
    APPROVE = "approve", pgettext_lazy("decision", "Agreed to")
    ADJUST = "adjust", pgettext_lazy("decision", "Adjusted")
    DECLINE = "decline", pgettext_lazy("decision", "Not agreed to")
    DEFER = "defer", pgettext_lazy("decision", "Deferred")


class DayReason(models.TextChoices):
    """Why a claimed half-day counts, or does not: the first that applies."""

    DECLINED = "declined", _("The Standing Committee did not agree to this visit.")
    CANCELLED = "cancelled", _("The visit was cancelled.")
    DENIED = "denied", _("The unit says the visit did not take place, and this was upheld.")
    EVENT_ATTENDANCE = "event_attendance", _("Attending an activity does not count.")
    NOT_APPROVED = "not_approved", _("The day has gone by without an approval.")
    NOT_REPORTED = "not_reported", _("The result has not been reported.")
    NOT_ACCEPTED = "not_accepted", _("The report has not been accepted yet.")
    PRODUCT_OUTSTANDING = (
        "product_outstanding",
        _("Provisional: the product of the thematic visit has not been accepted yet."),
    )
    AHEAD = "ahead", _("The day lies ahead.")
    SAME_SLOT = "same_slot", _("The same half-day is counted by another visit.")
    COUNTED = "counted", _("Counted in the official total.")


class HolidayKind(models.TextChoices):
    OFF = "off", _("day off")
    MAKEUP_WORK = "makeup_work", _("working day made up for")


class InspectionBody(models.TextChoices):
    """Whose programme of inspection a visit carries out (R2)."""

    BUREAU = "bureau", _("Executive Bureau of the City Union")
    INSPECTION = "inspection", _("Inspection Committee of the City Union")
    STUDENTS = "students", _("Secretariat of the Students' Association")
    STUDENTS_INSPECTION = "students_inspection", _("Inspection Board of the Students' Association")
    FEDERATION = "federation", _("Committee of the Youth Federation")


class ActivityEnd(models.TextChoices):
    """What became of an activity of the year's programme (R23)."""

    HELD = "held", pgettext_lazy("activity", "Held")
    CANCELLED = "cancelled", pgettext_lazy("activity", "Cancelled")
