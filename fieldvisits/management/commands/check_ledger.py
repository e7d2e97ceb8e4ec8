"""Recount the day ledger and the monthly totals."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from fieldvisits.ledger.checking import disagreements
from fieldvisits.models import LedgerEntry, MonthTotal


class Command(BaseCommand):
    help = "Recount every half-day and every total; exit with 1 and name each that disagrees."

    def handle(self, *_args: Any, **_options: Any) -> None:
        broken = 0
        for sentence in disagreements():
            broken += 1
            self.stderr.write(sentence)
        if broken:
            raise CommandError(_("%(n)d rows of the ledger disagree.") % {"n": broken})
        counts = {"entries": LedgerEntry.objects.count(), "totals": MonthTotal.objects.count()}
        self.stdout.write(
            _("%(entries)d half-days and %(totals)d monthly totals agree with the visits.") % counts
        )
