"""Which action takes which step: one table for the one route of all confirmations.

Steps that need more than a comment (report, close) have forms and routes of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldvisits.actions import (
    confirmations,
    dossiers,
    plans,
    products,
    requests,
    unit_notices,
    visits,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldvisits.models.paper import StepFields


STEPS: dict[tuple[str, str], Callable[..., StepFields]] = {
    ("plan", "submit"): plans.submit,
    ("plan", "withdraw"): plans.withdraw,
    ("plan", "agree"): plans.agree,
    ("plan", "take_back"): plans.take_back,
    ("plan", "return"): plans.send_back,
    ("dossier", "forward"): dossiers.forward,
    ("dossier", "recall"): dossiers.recall,
    ("dossier", "put_before"): dossiers.put_before,
    ("dossier", "return"): dossiers.send_back,
    ("dossier", "take_back"): dossiers.take_back,
    ("visit", "withdraw"): visits.withdraw,
    ("visit", "cancel"): visits.cancel,
    ("visit", "take_back"): visits.take_back,
    ("visit", "accept"): visits.accept,
    ("visit", "send_back"): visits.send_back,
    ("visit", "reopen"): visits.reopen,
    ("request", "request"): requests.send,
    ("request", "endorse"): requests.endorse,
    ("request", "take_back"): requests.take_back,
    ("request", "approve"): requests.approve,
    ("request", "decline"): requests.decline,
    ("request", "return"): requests.send_back,
    ("request", "withdraw"): requests.withdraw,
    ("request", "cancel"): requests.cancel,
    ("product", "submit"): products.submit,
    ("product", "withdraw"): products.withdraw,
    ("product", "accept"): products.accept,
    ("product", "return"): products.send_back,
    ("unit_notice", "settle"): unit_notices.settle,
    ("unit_notice", "take_back"): unit_notices.take_back,
    ("confirmation", "take_back"): confirmations.take_back,
    ("confirmation", "uphold"): confirmations.uphold,
    ("confirmation", "set_aside"): confirmations.set_aside,
    ("confirmation", "answer_anew"): confirmations.answer_anew,
}
