"""The file of a backup: a zip of tables as lines of JSON, of files, and of a list of both.

The list (``manifest.json``) stands at the end and says how much there has to be of everything,
with checksums; what was cut short, changed or made by something else is known by it.
"""

from __future__ import annotations

import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any, Self

FORMAT = "fieldvisits-backup-1"
MANIFEST, TABLES, FILES = "manifest.json", "tables/", "files/"
LARGEST_MANIFEST = 256 << 20
PIECE = 1 << 20
WHOLE = 1 << 256
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
)  # fmt: skip  -- what reading a broken zip or a broken list may raise


class Unusable(Exception):
    """A file that is no backup of ours, or not a whole one."""


@dataclass
class Sum:
    """Number and checksum of rows, whatever their order: databases sort texts differently."""

    rows: int = 0
    total: int = 0

    def add(self, line: bytes) -> None:
        self.rows += 1
        self.total = (self.total + int.from_bytes(sha256(line).digest(), "big")) % WHOLE

    def __str__(self) -> str:
        return f"{self.total:064x}"


@dataclass(frozen=True)
class Table:
    name: str
    columns: list[str]
    rows: int
    checksum: str


@dataclass(frozen=True)
class File:
    name: str
    size: int
    checksum: str


@dataclass
class Manifest:
    version: str
    created_at: str
    database: str
    migrations: list[list[str]]
    tables: list[Table] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    missing_files: list[str] = field(default_factory=list)  # named by a row, but not there
    format: str = FORMAT

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    @classmethod
    def read(cls, text: bytes) -> Self:
        found = json.loads(text)
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise Unusable("its list is not that of a backup of this application")
        found["tables"] = [Table(**row) for row in found["tables"]]
        found["files"] = [File(**row) for row in found["files"]]
        return cls(**found)


class Writer:
    def __init__(self, out: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip = out
        self.manifest = manifest

    def add_table(self, name: str, columns: list[str], lines: Iterable[bytes]) -> None:
        told = Sum()
        with self._member(f"{TABLES}{name}.jsonl", zipfile.ZIP_DEFLATED) as member:
            for line in lines:
                told.add(line)
                member.write(line + b"\n")
        self.manifest.tables.append(Table(name, columns, told.rows, str(told)))

    def add_file(self, name: str, source: IO[bytes]) -> None:
        told, size = sha256(), 0
        with self._member(f"{FILES}{name}", zipfile.ZIP_STORED) as member:
            while piece := source.read(PIECE):
                told.update(piece)
                size += len(piece)
                member.write(piece)
        self.manifest.files.append(File(name, size, told.hexdigest()))

    def close(self) -> None:
        text = json.dumps(asdict(self.manifest), ensure_ascii=False, indent=1)
        with self._member(MANIFEST, zipfile.ZIP_DEFLATED) as member:
            member.write(text.encode())

    def _member(self, name: str, method: int) -> IO[bytes]:
        info = zipfile.ZipInfo(name)
        info.compress_type = method
        info.external_attr = 0o600 << 16
        return self._zip.open(info, "w", force_zip64=True)


@contextmanager
def writing(path: Path, manifest: Manifest) -> Iterator[Writer]:
    """Write a backup that has its name only once it is whole, for nobody else to read.

    Raises ``FileExistsError`` if ``path`` is there already, or is being written.
    """
    if path.exists():
        raise FileExistsError(f"{path} is there already")
    draft = path.with_name(f"{path.name}.part")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w") as out:
                writer = Writer(out, manifest)
                yield writer
                writer.close()
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


class Reader:
    """A backup that has been read through once and found whole."""

    def __init__(self, found: zipfile.ZipFile) -> None:
        self._zip = found
        if found.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise Unusable("its list is too large")
        self.manifest = Manifest.read(found.read(MANIFEST))
        self._check_names()
        for table in self.manifest.tables:
            self._check_table(table)
        for file in self.manifest.files:
            for _piece in self.pieces(file):
                pass

    def lines(self, table: Table) -> Iterator[bytes]:
        with self._zip.open(f"{TABLES}{table.name}.jsonl") as member:
            for line in member:
                yield line.rstrip(b"\n")

    def rows(self, table: Table) -> Iterator[list[Any]]:
        return (json.loads(line) for line in self.lines(table))

    def pieces(self, file: File) -> Iterator[bytes]:
        """Yield what is in ``file``; raise ``Unusable`` at its end if it is not what it was."""
        told, size = sha256(), 0
        with self._zip.open(f"{FILES}{file.name}") as member:
            while piece := member.read(PIECE):
                told.update(piece)
                size += len(piece)
                if size > file.size:
                    break
                yield piece
        if (size, told.hexdigest()) != (file.size, file.checksum):
            raise Unusable(f"the file {file.name} is damaged")

    def _check_names(self) -> None:
        """Exactly what the list names is there, once, and no name leads out of its folder."""
        listed = [MANIFEST]
        listed += [f"{TABLES}{table.name}.jsonl" for table in self.manifest.tables]
        listed += [f"{FILES}{file.name}" for file in self.manifest.files]
        if sorted(listed) != sorted(self._zip.namelist()):
            raise Unusable("what is in it is not what its list names")
        for file in self.manifest.files:
            name = PurePosixPath(file.name)
            if name.is_absolute() or ".." in name.parts or "\\" in file.name or not name.parts:
                raise Unusable(f"{file.name!r} would leave the folder of the files")

    def _check_table(self, table: Table) -> None:
        told = Sum()
        for line in self.lines(table):
            told.add(line)
            if len(json.loads(line)) != len(table.columns):
                raise Unusable(f"a row of {table.name} has not as many values as columns")
        if (told.rows, str(told)) != (table.rows, table.checksum):
            raise Unusable(f"the table {table.name} is damaged")


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """Open a backup and read it through; raise ``Unusable`` before anything is done with it."""
    if not path.exists():
        raise Unusable(f"there is no file {path}")
    try:
        found = zipfile.ZipFile(path)
    except DAMAGE as error:
        raise Unusable(f"{path} is no backup, or was cut short ({error})") from error
    with found:
        try:
            reader = Reader(found)
        except DAMAGE as error:
            raise Unusable(f"{path} is damaged ({type(error).__name__}: {error})") from error
        yield reader
