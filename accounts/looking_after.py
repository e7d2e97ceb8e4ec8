"""What accounts brings to the administrator's desk: messages, imports, and who signs in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import outbox
from accounts.administering import Fact, Panel, assumptions_for, register
from accounts.choices import DeliveryState
from accounts.imports.standing import Standing
from accounts.links import address
from accounts.sign_in import attempts
from accounts.words import day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.administering import Look
    from accounts.models import ImportJob

MESSAGES, IMPORTS, ACCOUNTS, ASSUMPTIONS = 10, 35, 40, 90  # where they stand


def panels(look: Look) -> Iterator[Panel]:
    yield messages(look)
    yield imports(look)
    yield accounts(look)
    yield assumptions(look)


def messages(look: Look) -> Panel:
    box = outbox.Outbox.read(look.now)
    where = address("accounts:deliveries")
    late = _("The worker does not send. Look whether it runs and whether the mail server answers.")
    failed = _("Open the list, put right what it says, and send them again.")
    return Panel(
        key="messages",
        title=_("Messages"),
        rank=MESSAGES,
        says=_("Every message stands in the inbox as well; this is about mails."),
        url=where,
        url_label=_("All messages"),
        facts=(
            Fact(
                name=_("Due and not sent yet"),
                value=box.due,
                url=f"{where}?state={outbox.DUE}",
                tone="bad" if box.is_late else "",
            ),
            Fact(
                name=_("The oldest of them has waited"),
                value=outbox.age(box.waited) if box.due else _("nothing waits"),
                tone="bad" if box.is_late else "ok",
                advice=late if box.is_late else "",
            ),
            Fact(
                name=_("Given up after several attempts"),
                value=box.failed,
                url=f"{where}?state={DeliveryState.FAILED}",
                tone="bad" if box.failed else "ok",
                advice=failed if box.failed else "",
            ),
            Fact(
                name=_("Sent in the last 24 hours"),
                value=box.sent,
                url=f"{where}?state={DeliveryState.SENT}",
            ),
        ),
    )


def imports(look: Look) -> Panel:
    where = address("accounts:import")
    found = Standing.read(look.person, look.now)
    late = _("No worker has taken it up. Look whether one runs.")
    failed = _("Open it in the list: it says what is wrong and what to do.")
    return Panel(
        key="imports",
        title=_("Imports"),
        rank=IMPORTS,
        url=where,
        url_label=_("All imports"),
        facts=(
            Fact(
                name=_("Waiting or under way"),
                value=found.unfinished,
                url=f"{where}#list",
                tone="bad" if found.is_late else "ok",
                advice=late if found.is_late else "",
            ),
            Fact(
                name=_("Not taken in within the last 7 days"),
                value=found.failed,
                url=f"{where}#list",
                tone="warn" if found.failed else "ok",
                advice=failed if found.failed else "",
            ),
            *_can_go_back(found),
            *(_import(job) for job in found.latest),
        ),
    )


def _can_go_back(found: Standing) -> Iterator[Fact]:
    last, until = found.last_done, found.kept_until
    if last is not None and until is not None:
        yield Fact(
            name=_("Can be taken back until"),
            value=day(timezone.localtime(until).date()),
            url=address("accounts:import-undo", last.pk),
            advice=_("%(name)s, as long as nothing was built on it.") % {"name": last.title},
        )


def _import(job: ImportJob) -> Fact:
    """One of the last, with its state in words."""
    on = day(timezone.localtime(job.asked_at).date())
    return Fact(
        name=job.title, value=job.get_state_display(), url=job.get_absolute_url(),
        advice=f"{on}, {job.asked_by.full_name}",
    )  # fmt: skip


def accounts(look: Look) -> Panel:
    where = address("accounts:sign-ins")
    locked = sum(row.is_locked for row in attempts.failing(look.now))
    numbers = attempts.Numbers.read(look.now)
    return Panel(
        key="accounts",
        title=_("Accounts and sign-ins"),
        rank=ACCOUNTS,
        url=where,
        url_label=_("Sign-ins and locks"),
        facts=(
            Fact(
                name=_("Locked out by wrong passwords"),
                value=locked,
                url=f"{where}#locked",
                tone="warn" if locked else "ok",
                advice=_("The lock ends by itself; let them in earlier if you know who it is.")
                if locked
                else "",
            ),
            Fact(
                name=_("Sign-ins in the last 24 hours"),
                value=numbers.signed_in,
                url=f"{where}#latest",
            ),
            Fact(name=_("Open sessions"), value=numbers.sessions, url=where),
            Fact(
                name=_("People on record who cannot sign in yet"),
                value=numbers.strangers,
                url=address("accounts:invitations") or f"{where}#waiting",
                tone="warn" if numbers.strangers else "ok",
                advice=_("Invite them; who has no e-mail gets a printed slip.")
                if numbers.strangers
                else "",
            ),
        ),
    )


def assumptions(look: Look) -> Panel:
    where = address("accounts:assumptions")
    number = len(assumptions_for(look))
    return Panel(
        key="assumptions",
        title=_("What this system assumes"),
        rank=ASSUMPTIONS,
        says=_("Where the office's own documents are silent, the system decides by a setting."),
        url=where,
        url_label=_("Read them all"),
        facts=(Fact(name=_("Settings of ours in force"), value=number, url=where),),
    )


def join_in() -> None:
    register(panels=panels)
