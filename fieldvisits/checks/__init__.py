"""What must be true before a step. Every check raises with all problems, not the first."""

from fieldvisits.checks.at_unit import (
    correction_is_named,
    dispute_may_be_upheld,
    is_latest_request,
    may_be_asked,
    may_be_upheld_on,
    other_day_is_named,
    product_ready_to_submit,
    visit_may_be_asked_about,
)
from fieldvisits.checks.changes import (
    AMENDED,
    successors,
    visit_ready_to_amend,
    visit_ready_to_reclassify,
)
from fieldvisits.checks.programme import activity_problems, attachment_problems
from fieldvisits.checks.requests import (
    attendance_problems,
    attendance_ready_to_log,
    last_day_in_time,
    request_problems,
    request_ready,
    written_on,
)
from fieldvisits.checks.rows import (
    LEAST_WORDS,
    Problem,
    date_problems,
    day,
    slot_problems,
    unit_problems,
    visit_problems,
)
from fieldvisits.checks.steps import (
    agreed_plans,
    dossier_ready_to_forward,
    nothing,
    plan_problems,
    plan_ready_to_submit,
    sitting_ready_to_close,
    unfinished_plans,
    visit_ready_to_report,
)

__all__ = [
    "AMENDED",
    "LEAST_WORDS",
    "Problem",
    "activity_problems",
    "agreed_plans",
    "attachment_problems",
    "attendance_problems",
    "attendance_ready_to_log",
    "correction_is_named",
    "date_problems",
    "day",
    "dispute_may_be_upheld",
    "dossier_ready_to_forward",
    "is_latest_request",
    "last_day_in_time",
    "may_be_asked",
    "may_be_upheld_on",
    "nothing",
    "other_day_is_named",
    "plan_problems",
    "plan_ready_to_submit",
    "product_ready_to_submit",
    "request_problems",
    "request_ready",
    "sitting_ready_to_close",
    "slot_problems",
    "successors",
    "unfinished_plans",
    "unit_problems",
    "visit_may_be_asked_about",
    "visit_problems",
    "visit_ready_to_amend",
    "visit_ready_to_reclassify",
    "visit_ready_to_report",
    "written_on",
]
