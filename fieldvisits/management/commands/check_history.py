"""Compare every paper with its history."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from fieldvisits.history import contradictions, papers


class Command(BaseCommand):
    help = "Check that every paper is in the state its history ends in; exit with 1 if one is not."

    def handle(self, *_args: Any, **_options: Any) -> None:
        broken = 0
        for sentence in contradictions():
            broken += 1
            self.stderr.write(sentence)
        if broken:
            raise CommandError(
                _("%(n)d contradictions between papers and history.") % {"n": broken}
            )
        self.stdout.write(_("%(n)d papers agree with their history.") % {"n": papers()})
