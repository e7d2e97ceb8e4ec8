"""Give all tables of the interchange out (docs/figures.md, section 2)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.interchange.exporting import CannotWrite, export_tables


class Command(BaseCommand):
    help = "Export every table as CSV files in a folder, or as sheets of one .xlsx workbook."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="a folder (made if need be), or an .xlsx")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            counts = export_tables(options["path"])
        except CannotWrite as error:
            raise CommandError(str(error)) from error
        for name, count in counts.items():
            self.stderr.write(_("%(table)s: %(n)d rows") % {"table": name, "n": count})
