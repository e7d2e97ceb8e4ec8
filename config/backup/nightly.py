"""Backups on record, and those that the clock makes."""

from __future__ import annotations

import logging
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from accounts.actions import backups
from config.backup.making import make

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import BackupRun
    from config.backup.archive import Manifest

log = logging.getLogger(__name__)

OURS = re.compile(r"fieldvisits-\d{4}-\d\d-\d\d-\d{4}\.zip")
ABANDONED = 24 * 60 * 60  # seconds; a draft that old has lost its process


def back_up(path: Path) -> Manifest:
    """Make a backup by hand, on record; before an upgrade there may be no record yet."""
    try:
        run = backups.begin(str(path.absolute()), now=timezone.now())
    except DatabaseError:
        run = None
    return _keep(run, path) if run else make(path)


def back_up_tonight(*, now: datetime) -> Path | None:
    """Make tonight's backup if there is to be one and nobody else makes it.

    A failure is on record and told to the administrators; the next hour tries again.
    """
    if not settings.BACKUP_DIR:
        return None
    local = timezone.localtime(now)
    path = Path(settings.BACKUP_DIR, f"fieldvisits-{local:%Y-%m-%d-%H%M}.zip")
    run = backups.begin(str(path), now=now, night=local.date())
    if run is None:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    _keep(run, path)
    _forget_the_oldest(path.parent)
    return path


def _keep(run: BackupRun, path: Path) -> Manifest:
    try:
        manifest = make(path)
    except BaseException as error:
        backups.fail(run, error)
        raise
    backups.succeed(
        run,
        size=path.stat().st_size,
        rows=manifest.rows,
        files=len(manifest.files),
        missing_files=len(manifest.missing_files),
        version=manifest.version,
    )
    return manifest


def _forget_the_oldest(folder: Path) -> None:
    """Keep the newest ones that the clock made; what somebody else put there stays."""
    ours = sorted(path for path in folder.iterdir() if OURS.fullmatch(path.name))
    for path in ours[: -settings.BACKUP_KEEP]:
        path.unlink(missing_ok=True)
    for draft in folder.glob("fieldvisits-*.zip.part"):
        if time.time() - draft.stat().st_mtime > ABANDONED:
            draft.unlink(missing_ok=True)
