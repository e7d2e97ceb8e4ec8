"""Take the tables of the interchange in (docs/figures.md, section 2)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.interchange.importing import Outcome, Refused, import_tables


class Command(BaseCommand):
    help = "Import a folder of CSV files or an .xlsx workbook: everything, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="folder with <table>.csv files, or an .xlsx")
        parser.add_argument(
            "--dry-run", action="store_true", help="show what would change, and change nothing"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            outcome = import_tables(options["path"], dry_run=options["dry_run"], tell=self.warn)
        except Refused as refused:
            for problem in refused.problems:
                self.stderr.write(str(problem))
            raise CommandError(
                _("%(n)d problems; nothing was imported.") % {"n": refused.count}
            ) from refused
        self.report(outcome)

    def warn(self, sentence: str) -> None:
        self.stderr.write(_("Note: %(sentence)s") % {"sentence": sentence})

    def report(self, outcome: Outcome) -> None:
        for name, tally in outcome.tallies.items():
            numbers = {
                "table": name,
                "new": tally.created,
                "changed": tally.changed,
                "removed": tally.removed,
                "same": tally.unchanged,
            }
            self.stdout.write(
                _(
                    "%(table)s: %(new)d new, %(changed)d changed, %(removed)d removed, "
                    "%(same)d unchanged"
                )
                % numbers
            )
            for change in tally.named if outcome.dry_run else ():
                self.stdout.write(f"    {change}")
        if outcome.dry_run:
            self.stdout.write(_("A dry run: nothing was written."))
