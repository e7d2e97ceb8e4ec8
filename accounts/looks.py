"""Shape and colour of every state, in one table. The word is the model's own."""

from typing import NamedTuple


class Look(NamedTuple):
    tone: str
    shape: str


PLAIN = Look("", "open")

# (kind, state). A kind is the model's name, or a field's name without "_state".
STATE_LOOK: dict[tuple[str, str], Look] = {
    ("plan", "draft"): Look("", "draft"),
    ("plan", "submitted"): Look("now", "wait"),
    ("plan", "agreed"): Look("now", "approved"),
    ("plan", "returned"): Look("warn", "returned"),
    ("plan", "in_dossier"): Look("now", "wait"),
    ("plan", "settled"): Look("ok", "accepted"),
    ("dossier", "compiling"): Look("", "draft"),
    ("dossier", "with_coordination"): Look("now", "wait"),
    ("dossier", "before_committee"): Look("now", "wait"),
    ("dossier", "decided"): Look("ok", "accepted"),
    ("visit", "proposed"): Look("", "open"),
    ("visit", "approved"): Look("now", "approved"),
    ("visit", "declined"): Look("bad", "refused"),
    ("visit", "reported"): Look("now", "wait"),
    ("visit", "accepted"): Look("ok", "accepted"),
    ("visit", "cancelled"): Look("", "cut"),
    ("request", "draft"): Look("", "draft"),
    ("request", "requested"): Look("now", "wait"),
    ("request", "endorsed"): Look("now", "wait"),
    ("request", "approved"): Look("now", "approved"),
    ("request", "declined"): Look("bad", "refused"),
    ("request", "cancelled"): Look("", "cut"),
    ("sitting", "open"): Look("now", "wait"),
    ("sitting", "closed"): Look("ok", "accepted"),
    ("decision", "open"): Look("", "open"),
    ("decision", "approve"): Look("ok", "accepted"),
    ("decision", "adjust"): Look("warn", "due"),
    ("decision", "decline"): Look("bad", "refused"),
    ("decision", "defer"): Look("", "cut"),
    ("product", "none"): Look("", "open"),
    ("product", "owed"): Look("warn", "due"),
    ("product", "submitted"): Look("now", "wait"),
    ("product", "accepted"): Look("ok", "accepted"),
    ("unit_notice", "sent"): Look("now", "wait"),
    ("unit_notice", "accepted"): Look("ok", "accepted"),
    ("unit_notice", "other_day"): Look("warn", "due"),
    ("unit_notice", "cannot"): Look("bad", "refused"),
    ("unit_notice", "settled"): Look("", "done"),
    ("confirmation", "none"): Look("", "stamp"),
    ("confirmation", "asked"): Look("now", "wait"),
    ("confirmation", "confirmed"): Look("ok", "confirmed"),
    ("confirmation", "corrected"): Look("warn", "confirmed"),
    ("confirmation", "disputed"): Look("bad", "late"),
    ("confirmation", "denied"): Look("bad", "refused"),
    ("confirmation", "expired"): Look("warn", "due"),
    ("first_step", "done"): Look("ok", "accepted"),
    ("first_step", "begun"): Look("warn", "due"),
    ("first_step", "missing"): Look("", "open"),
    ("fact", ""): Look("", "open"),
    ("fact", "ok"): Look("ok", "accepted"),
    ("fact", "warn"): Look("warn", "due"),
    ("fact", "bad"): Look("bad", "late"),
    ("job", "queued"): Look("", "open"),
    ("job", "running"): Look("now", "wait"),
    ("job", "ready"): Look("ok", "accepted"),
    ("job", "failed"): Look("bad", "late"),
    ("import", "to_check"): Look("", "open"),
    ("import", "checking"): Look("now", "wait"),
    ("import", "checked"): Look("now", "approved"),
    ("import", "refused"): Look("bad", "refused"),
    ("import", "to_import"): Look("", "open"),
    ("import", "importing"): Look("now", "wait"),
    ("import", "done"): Look("ok", "accepted"),
    ("import", "failed"): Look("bad", "late"),
    ("import", "undone"): Look("", "cut"),
    ("weekly", "draft"): Look("", "draft"),
    ("weekly", "submitted"): Look("now", "wait"),
    ("weekly", "acknowledged"): Look("ok", "accepted"),
    ("quarterly", "draft"): Look("", "draft"),
    ("quarterly", "submitted"): Look("now", "wait"),
    ("quarterly", "returned"): Look("warn", "returned"),
    ("quarterly", "accepted"): Look("ok", "accepted"),
    ("annual", "compiling"): Look("", "draft"),
    ("annual", "with_coordination"): Look("now", "wait"),
    ("annual", "before_committee"): Look("now", "wait"),
    ("annual", "received"): Look("ok", "accepted"),
    ("issue", "open"): Look("now", "open"),
    ("issue", "answered"): Look("now", "wait"),
    ("issue", "closed"): Look("ok", "accepted"),
    ("week", "on_time"): Look("ok", "accepted"),
    ("week", "late"): Look("warn", "due"),
    ("week", "missing"): Look("bad", "late"),
    ("standing", "met"): Look("ok", "accepted"),
    ("standing", "on_pace"): Look("now", "done"),
    ("standing", "behind"): Look("bad", "late"),
    ("invitation", "never"): Look("", "open"),
    ("invitation", "waiting"): Look("now", "wait"),
    ("invitation", "expired"): Look("warn", "due"),
    ("invitation", "accepted"): Look("ok", "accepted"),
    ("invitation", "otherwise"): Look("ok", "done"),
    ("delivery", "pending"): Look("", "open"),
    ("delivery", "claimed"): Look("now", "wait"),
    ("delivery", "sent"): Look("ok", "accepted"),
    ("delivery", "failed"): Look("bad", "late"),
}

# What the models are called, where it is not the kind's own name.
KIND_OF_MODEL = {
    "adhocrequest": "request",
    "ledgerentry": "visit",
    "unitnotice": "unit_notice",
    "confirmationrequest": "confirmation",
    "reportjob": "job",
    "importjob": "import",
    "weeklyreport": "weekly",
    "quarterlyreport": "quarterly",
    "annualreport": "annual",
}


def look_key(model_name: str, field: str, state: str) -> tuple[str, str]:
    """Where the look of a model's field stands in the table."""
    kind = model_name if field == "state" else field.removesuffix("_state")
    return KIND_OF_MODEL.get(kind, kind), state


def look_of(kind: str, state: str) -> Look:
    """Return how a state looks; one that nobody drew yet is an open ring."""
    return STATE_LOOK.get((kind, state), PLAIN)
