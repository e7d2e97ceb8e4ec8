"""The record of the organisation: every change of it is written here, in its own transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.models import OrganisationEvent
from accounts.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from accounts.choices import OrganisationSubject, OrganisationVerb
    from accounts.models import Person


@dataclass(frozen=True, slots=True)
class Decision:
    """The paper a change rests on; both may be unknown."""

    number: str = ""
    on: date | None = None


NO_DECISION = Decision()


def record(  # noqa: PLR0913 -- all but what it is about are named
    subject: tuple[OrganisationSubject, str],
    kind: OrganisationVerb,
    *,
    by: Person,
    on: date,
    decision: Decision = NO_DECISION,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> OrganisationEvent:
    """Write what changed; call it inside the transaction that changes it.

    ``before`` and ``after`` are plain values (text, numbers, ISO dates), as they are to be
    read years later: names beside codes.
    """
    event = event_of(subject, kind, by=by, on=on, decision=decision, before=before, after=after)
    event.save(force_insert=True)
    return event


def event_of(  # noqa: PLR0913 -- as above
    subject: tuple[OrganisationSubject, str],
    kind: OrganisationVerb,
    *,
    by: Person,
    on: date,
    decision: Decision = NO_DECISION,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> OrganisationEvent:
    """As ``record``, not written yet: for whoever writes many at once."""
    details = {key: value for key, value in (("before", before), ("after", after)) if value}
    return OrganisationEvent(
        subject_kind=subject[0],
        subject_code=subject[1],
        kind=kind,
        on=on,
        decision_number=clean(decision.number),
        decision_on=decision.on,
        details=details,
        by=by,
    )
