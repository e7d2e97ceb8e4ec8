"""Whether a file is what its ending says, and nothing else besides: the allow-list (R4).

The content is looked at, never the type a browser claims: first bytes, the structure of the
format, and for office documents the archive inside, read to its end under limits.
"""

from __future__ import annotations

import struct
import unicodedata
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_NAME = 200
CHUNK = 1 << 16
EDGE = 4096  # bytes at either end in which a disguise would have to stand
UNPACKED = 200 << 20  # bytes an archive may hold altogether
RATIO = 200  # how much smaller than its content an archive of some size may be
ENTRIES = 5000
LOCAL_HEADER, END_RECORD = 30, 22  # bytes, of the format
MARKUP = (b"<script", b"<html", b"<svg", b"<?php", b"<!doctype")
MACROS = ("vbaproject.bin", "vbadata.xml")
PROGRAMS = (".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".jar", ".scr", ".ps1", ".zip")

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


class _Refused(Exception):
    """The content is not what it should be; the reason is for tests and the log."""


def checked_name(name: str) -> str:
    """Return the name as it is shown; raise ``ValidationError`` for a path or a disguise."""
    shown = unicodedata.normalize("NFC", name).strip()
    odd = any(unicodedata.category(letter) in {"Cc", "Cf", "Cs"} for letter in shown)
    if not shown or odd or ".." in shown or "/" in shown or "\\" in shown:
        raise ValidationError(_("This file name cannot be used. Rename the file."))
    if len(shown) > LONGEST_NAME:
        raise ValidationError(_("The file name is too long. Rename the file."))
    return shown


def ending_of(name: str) -> str:
    return PurePosixPath(name).suffix.removeprefix(".").lower()


def check_content(name: str, file: IO[bytes], *, largest: int) -> None:
    """Raise ``ValidationError`` unless ``file`` is of an allowed kind, whole and alone."""
    ending = ending_of(name)
    if ending not in TYPES:
        raise ValidationError(
            _("Files of this kind are not taken. Allowed: %(kinds)s.")
            % {"kinds": ", ".join(kind for kind in TYPES if kind != "jpeg")}
        )
    size = file.seek(0, 2)
    if not size:
        raise ValidationError(_("The file is empty."))
    if size > largest:
        raise ValidationError(
            _("The file is larger than %(size)d MB.") % {"size": largest // (1 << 20)}
        )
    try:
        _READERS[ending](file, size, ending)
    except (_Refused, zipfile.BadZipFile, zlib.error, struct.error, EOFError) as error:
        raise ValidationError(
            _("The content is not that of a .%(ending)s file, or holds something besides.")
            % {"ending": ending}
        ) from error
    except (NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise ValidationError(_("The file cannot be read; it may be encrypted.")) from error
    finally:
        file.seek(0)


def _edges(file: IO[bytes], size: int) -> tuple[bytes, bytes]:
    file.seek(0)
    head = file.read(EDGE)
    file.seek(max(size - EDGE, 0))
    return head, file.read(EDGE)


def _require(condition: object, reason: str) -> None:
    if not condition:
        raise _Refused(reason)


def _alone(file: IO[bytes], size: int) -> tuple[bytes, bytes]:
    """No archive behind it, no markup at either end."""
    head, tail = _edges(file, size)
    file.seek(0)
    _require(not zipfile.is_zipfile(file), "an archive besides")
    _require(not any(mark in head.lower() + tail.lower() for mark in MARKUP), "markup")
    return head, tail


def _pdf(file: IO[bytes], size: int, _ending: str) -> None:
    head, tail = _alone(file, size)
    _require(head.startswith(b"%PDF-"), "no PDF")
    before, mark, after = tail.rpartition(b"%%EOF")
    _require(mark and b"startxref" in before[-EDGE:], "no end of a PDF")
    _require(not after.strip(b"\r\n \t\0"), "something behind the end")


def _jpeg(file: IO[bytes], size: int, _ending: str) -> None:
    head, _tail = _alone(file, size)
    _require(head.startswith(b"\xff\xd8\xff"), "no JPEG")
    at = 2
    while True:  # from one segment to the next, up to the picture itself
        file.seek(at)
        mark, kind, length = struct.unpack(">BBH", file.read(4))
        _require(mark == 0xFF and kind >= 0xC0, "no segment")  # noqa: PLR2004 -- the format
        if kind == 0xDA:  # noqa: PLR2004 -- start of scan
            return
        at += 2 + length
        _require(length >= 2 and at < size, "cut short")  # noqa: PLR2004 -- its own two bytes


def _png(file: IO[bytes], size: int, _ending: str) -> None:
    _alone(file, size)
    file.seek(0)
    _require(file.read(8) == b"\x89PNG\r\n\x1a\n", "no PNG")
    kinds: list[bytes] = []
    while not kinds or kinds[-1] != b"IEND":
        length, kind = struct.unpack(">I4s", file.read(8))
        _require(length <= size, "cut short")
        (told,) = struct.unpack(">I", (body := file.read(length + 4))[-4:])
        _require(zlib.crc32(kind + body[:-4]) == told, "a damaged chunk")
        kinds.append(kind)
    _require(kinds[0] == b"IHDR" and b"IDAT" in kinds, "no picture")
    _require(file.tell() == size, "something behind the end")


def _office(file: IO[bytes], size: int, ending: str) -> None:
    file.seek(0)
    _require(file.read(4) == b"PK\x03\x04", "no archive")
    file.seek(max(size - END_RECORD, 0))
    _require(file.read(4) == b"PK\x05\x06", "something behind the end")
    with zipfile.ZipFile(file) as archive:
        rows = archive.infolist()
        _sane(archive, rows, size)
        names = {row.filename for row in rows}
        if ending == "odt":
            _require(rows[0].filename == "mimetype", "no ODT")
            _require(archive.read("mimetype").decode("ascii", "replace") == TYPES["odt"], "no ODT")
            _require(not any(n.startswith(("Basic/", "Scripts/")) for n in names), "macros")
        else:
            _require({"[Content_Types].xml", MAIN_PART[ending]} <= names, "another document")
            _require(b"macroEnabled" not in archive.read("[Content_Types].xml"), "macros")
        _read_through(archive, rows, size)


def _sane(archive: zipfile.ZipFile, rows: list[zipfile.ZipInfo], size: int) -> None:
    """One archive from the first byte to the last, whose parts do not overlap (zip bombs)."""
    _require(rows and len(rows) <= ENTRIES, "too many parts")
    _require(len({row.filename for row in rows}) == len(rows), "a part twice")
    in_order = sorted(rows, key=lambda row: row.header_offset)
    _require(in_order[0].header_offset == 0, "something in front")
    end = 0
    for row in in_order:
        _require(row.header_offset >= end, "parts overlap")
        end = row.header_offset + LOCAL_HEADER + len(row.filename) + row.compress_size
    _require(end <= archive.start_dir < size, "parts overlap")
    for row in rows:
        name = row.filename.lower()
        path = PurePosixPath(row.filename)
        _require(".." not in path.parts and not path.is_absolute(), "a path")
        _require("\\" not in row.filename and ":" not in row.filename, "a path")
        _require(not row.flag_bits & 1, "encrypted")
        _require(not name.endswith((*MACROS, *PROGRAMS)), "a program")


def _read_through(archive: zipfile.ZipFile, rows: list[zipfile.ZipInfo], size: int) -> None:
    """Unpack everything once, counting: what a header claims is not believed."""
    left = min(UNPACKED, max(RATIO * size, 1 << 20))
    for row in rows:
        with archive.open(row) as part:
            while chunk := part.read(CHUNK):
                left -= len(chunk)
                _require(left >= 0, "unpacks to too much")


_READERS: dict[str, Callable[[IO[bytes], int, str], None]] = {
    "pdf": _pdf,
    "docx": _office,
    "xlsx": _office,
    "pptx": _office,
    "odt": _office,
    "jpg": _jpeg,
    "jpeg": _jpeg,
    "png": _png,
}
