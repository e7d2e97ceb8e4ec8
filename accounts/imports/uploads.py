"""What may be uploaded: looked at before it is kept, and kept under a name that says nothing."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from accounts.interchange.tables import tables
from accounts.interchange.values import quoted
from accounts.interchange.wording import table_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile

LONGEST_NAME = 200
MOST_FILES = 20
ENDINGS = (".xlsx", ".csv", ".zip")
_WITH_MACROS = (".xlsm", ".xltm", ".xlsb", ".xlam")
_OLD_OR_FOREIGN = (".xls", ".ods", ".numbers", ".fods", ".xlt", ".xltx")
_ZIP, _OLE, _PDF = b"PK", b"\xd0\xcf\x11\xe0", b"%PDF"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file to keep: as it was sent, or several CSV files in one .zip of ours."""

    name: str
    ending: str
    content: File


def accepted(files: Sequence[UploadedFile], table: str = "") -> Upload:
    """Return what is to be kept; raise ``ValidationError`` with a sentence for the field.

    ``table`` says what a single CSV is for, where its name does not.
    """
    if not files:
        raise ValidationError(_("Choose a file."))
    if len(files) > MOST_FILES:
        raise ValidationError(_("At most %(n)d files at a time.") % {"n": MOST_FILES})
    if sum(file.size or 0 for file in files) > settings.IMPORT_FILE_BYTES:
        most = settings.IMPORT_FILE_BYTES >> 20
        raise ValidationError(_("Larger than %(n)d MB; divide the tables.") % {"n": most})
    endings = {_checked(file) for file in files}
    if endings == {".csv"}:
        return _together(files, table)
    if len(files) > 1:
        raise ValidationError(_("Choose one .xlsx, one .zip, or CSV files only."))
    return Upload(_shown(files[0]), endings.pop(), files[0])


def _shown(file: UploadedFile) -> str:
    """The name people know it by, never one that leads anywhere."""
    return quoted(PurePath((file.name or "").replace("\\", "/")).name or "?")[:LONGEST_NAME]


def _checked(file: UploadedFile) -> str:
    """Return how the name ends; refuse what is not what it says, and what nobody reads here."""
    name, ending = _shown(file), PurePath(file.name or "").suffix.lower()
    begins = file.read(4)
    file.seek(0)
    if not file.size:
        raise ValidationError(_("“%(name)s” is empty.") % {"name": name})
    if ending in _WITH_MACROS:
        message = _("“%(name)s” may hold macros; save it as an .xlsx workbook.")
    elif ending in _OLD_OR_FOREIGN:
        message = _("“%(name)s” is in a form not read here; save it as an .xlsx workbook.")
    elif ending not in ENDINGS:
        message = _("“%(name)s” is no table; choose an .xlsx, a .csv or a .zip of CSV files.")
    elif begins[:4] == _OLE:
        message = _("“%(name)s” is an old workbook or has a password; save it as a plain .xlsx.")
    elif (ending == ".csv") == (begins[:2] == _ZIP) or begins == _PDF:
        message = _("“%(name)s” is not what its name says; save it again as %(ending)s.")
    else:
        return ending
    raise ValidationError(message % {"name": name, "ending": ending})


def _together(files: Sequence[UploadedFile], table: str) -> Upload:
    """CSV files as one .zip, each under the name of its table."""
    names = {one.name for one in tables()}
    buffer, taken = io.BytesIO(), set()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            alone = table if len(files) == 1 and table in names else ""
            named = alone or table_named(PurePath(_shown(file)).stem, names)
            if not named:
                message = _("For which table is “%(name)s”? Choose it, or name the file after it.")
                raise ValidationError(message % {"name": _shown(file)})
            if named in taken:
                message = _("Two of the files are for the same table: “%(name)s”.")
                raise ValidationError(message % {"name": _shown(file)})
            taken.add(named)
            archive.writestr(f"{named}.csv", file.read())
    shown = ", ".join(_shown(file) for file in files)
    return Upload(shown[:LONGEST_NAME], ".zip", ContentFile(buffer.getvalue()))
