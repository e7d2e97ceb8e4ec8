"""What those who asked for an import are told when it has ended, in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import notify
from accounts.choices import ImportState

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models import ImportJob

KINDS = {True: "import_ready", False: "import_failed"}


def tell_ended(job: ImportJob, state: ImportState) -> None:
    """Tell who asked and who confirmed, in the transaction in which it ended.

    A worker's claim is the key: whoever has it looked through again is told again.
    """
    done = state == ImportState.DONE
    subject, body = _words(job, state)
    for person in {one.pk: one for one in (job.asked_by, job.confirmed_by) if one}.values():
        notify(
            person,
            kind=KINDS[done],
            subject=subject,
            body=body,
            values={"name": job.title},
            url=job.get_absolute_url(),
            key=f"import:{job.pk}:{job.claim}",
        )


def _words(job: ImportJob, state: ImportState) -> tuple[StrOrPromise, StrOrPromise]:
    if state == ImportState.DONE:
        return (
            _("Taken in: %(name)s"),
            _("The report says what is new and changed, and how to take it back."),
        )
    if job.is_reorganisation:
        again = _("Nothing was changed. The report says why; put it right and look through again.")
    else:
        again = _("Nothing was changed. The report says what is wrong in which row.")
    return _("Not taken in: %(name)s"), again
