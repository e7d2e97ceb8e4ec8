"""What the wiring knows about itself, for the administrator's desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts import administering
from accounts.administering import Fact, Panel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.administering import Look


def system(_look: Look) -> Iterator[Panel]:
    facts = (Fact(name=_("Version"), value=settings.VERSION),)
    yield Panel(key="system", title=_("The system"), facts=facts, rank=30)


def join_in() -> None:
    administering.register(panels=system)
