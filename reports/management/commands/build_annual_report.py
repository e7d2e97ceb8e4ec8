"""Write the annual summary of a year to a PDF file, at once and without a worker."""

import os
import secrets
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.documents import annual, pdf
from reports.figures import default_as_of
from reports.management.commands.export_figures import is_known, parse_day, parse_year

COMES_LATER = {".docx", ".xlsx"}


class Command(BaseCommand):
    help = "Write the annual summary of a year, of the agency or of one department, as a PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", required=True, help="the year, for example 2018")
        parser.add_argument(
            "--as-of",
            help="the last day that counts as past, 2018-10-24; "
            "default: today, or the last day of the year's window if that is earlier",
        )
        parser.add_argument("--department", help="only this department (its code)")
        parser.add_argument(
            "--output", required=True, type=Path, help="the file to write: FILE.pdf"
        )

    def handle(
        self, *, year: str, as_of: str | None, department: str | None, output: Path, **_: object
    ) -> None:
        check_output(output)
        number = parse_year(year)
        day = parse_day(as_of) if as_of else default_as_of(number, timezone.localdate())
        if department is not None and not is_known(department):
            raise CommandError(f"There is no department with the code {department!r}.")
        write_whole(output, pdf.render(annual.html(annual.freeze(number, day, department))))
        self.stderr.write(f"{output}: written.")


def check_output(output: Path) -> None:
    """Refuse before any work is done what could not be written in the end."""
    kind = output.suffix.lower()
    if kind in COMES_LATER:
        raise CommandError(f"{output}: Word and Excel come with the papers; now only .pdf.")
    if kind != ".pdf":
        raise CommandError(f"{output}: the file has to end in .pdf.")
    if output.is_dir():
        raise CommandError(f"{output}: this is a folder.")
    if not output.parent.is_dir():
        raise CommandError(f"{output}: there is no folder {output.parent}.")


def write_whole(output: Path, content: bytes) -> None:
    """Put the file in its place in one step: nobody ever finds half of it."""
    draft = output.with_name(f".{output.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(output)
    except OSError as error:
        raise CommandError(f"{output}: cannot be written ({error.strerror}).") from error
    finally:
        draft.unlink(missing_ok=True)
