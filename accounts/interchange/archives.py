"""Tables from a .zip of CSV files: read where they lie, nothing is ever unpacked to disk."""

from __future__ import annotations

import stat
import zipfile
import zlib
from contextlib import contextmanager
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.interchange.sources import Source, UnreadableFile, read_csv, type_of_cells
from accounts.interchange.values import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Generator
    from pathlib import Path

MOST_FILES = 100
MOST_BYTES = 300_000_000  # unzipped, all files together
MOST_SWELLING = 200  # so many times its packed size; tables come to 5 to 20
SMALL = 1_000_000  # bytes; what is smaller may swell as it likes
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@contextmanager
def open_archive(path: Path, names: Collection[str]) -> Generator[Source]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(_("This is not a readable .zip file (damaged, or no zip).")) from error
    with archive:
        source = Source()
        for part in _inspected(archive):
            place = PurePosixPath(part.filename)
            if place.suffix.lower() != ".csv":
                source.ignored.append(part.filename)
            else:
                reader = partial(_read, source, archive, part)
                source.add(place.stem, part.filename, names, reader)
        yield source


def _inspected(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the files of the archive; raise ``UnreadableFile`` for a bomb or a trick."""
    parts = [part for part in archive.infolist() if not part.is_dir()]
    if any(part.filename == "xl/workbook.xml" for part in parts):
        raise UnreadableFile(_("This is an Excel workbook; let its name end in .xlsx."))
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    swollen = unpacked > SMALL and unpacked > MOST_SWELLING * max(packed, 1)
    if len(parts) > MOST_FILES or unpacked > MOST_BYTES or swollen:
        raise UnreadableFile(_("The .zip is too large once it is unpacked, or holds too much."))
    for part in parts:
        _refuse_trick(part)
    return [part for part in parts if not _is_clutter(part.filename)]


def _refuse_trick(part: zipfile.ZipInfo) -> None:
    place = PurePosixPath(part.filename.replace("\\", "/"))
    leads_out = place.is_absolute() or ".." in place.parts or ":" in part.filename
    if leads_out or "\\" in part.filename or "\0" in part.orig_filename:
        message = _("The .zip holds a file whose name leads elsewhere: “%(name)s”.")
        raise UnreadableFile(message % {"name": quoted(part.filename)})
    if stat.S_ISLNK(part.external_attr >> 16):
        message = _("The .zip holds a link instead of a file: “%(name)s”.")
        raise UnreadableFile(message % {"name": quoted(part.filename)})
    if part.flag_bits & 1 or part.compress_type not in _PACKINGS:
        message = _("“%(name)s” in the .zip has a password, or is packed in a way not read here.")
        raise UnreadableFile(message % {"name": quoted(part.filename)})


def _is_clutter(name: str) -> bool:
    """What computers add of themselves."""
    place = PurePosixPath(name)
    return place.parts[0] == "__MACOSX" or place.name.startswith(".")


def _read(
    source: Source, archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str
) -> type_of_cells:
    try:
        yield from read_csv(partial(archive.open, part), source, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise UnreadableFile(_("This is not a readable .zip file (damaged, or no zip).")) from error
