"""Telling one person of one step of a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import notify

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models import Person
    from fieldvisits.models import Paper
    from fieldvisits.models.paper import StepFields


def tell_step(
    person: Person | None,
    kind: str,
    paper: Paper,
    step: StepFields,
    subject: StrOrPromise,
    values: dict[str, object],
) -> None:
    """Tell one person of one step; what was said with it is quoted."""
    if person is None or person.pk == step.by_id:
        return
    notify(
        person,
        kind=kind,
        subject=subject,
        body=_("%(by)s: “%(comment)s”") if step.comment else "",
        values={**values, "by": step.by, "comment": step.comment},
        key=f"{paper.PATH}:{paper.pk}:{step.name}:{step.number}",
        url=paper.get_absolute_url(),
    )
