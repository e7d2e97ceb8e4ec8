"""Production as it runs: PostgreSQL, Redis, a Celery worker and beat as processes."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from accounts.actions.messages import notify

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 90  # seconds; a machine may be busy with other tests

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def environment(tmp_path):
    """Production settings for processes that meet on this test's database."""
    db = connection.settings_dict
    host = quote(db["HOST"], safe="")
    # Redis counts its databases from 0; each xdist worker takes one of its own.
    number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "only for this test " * 4,
        "DATABASE_URL": f"postgres://{db['USER']}@{host}:{db['PORT']}/{db['NAME']}",
        "REDIS_URL": f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{number}",
        "ALLOWED_HOSTS": "visits.example",
        "SITE_URL": "https://visits.example",
        "EMAIL_URL": f"filemail:///{tmp_path}/mail",
        "DEFAULT_FROM_EMAIL": "office@visits.example",
        "DELIVER_EVERY_SECONDS": "1",
        "VAR_DIR": str(tmp_path),
    }


@pytest.fixture
def celery(environment, tmp_path):
    """Start one Celery process; all of them end with the test."""
    running = []

    def start(*arguments):
        command = [sys.executable, "-m", "celery", "-A", "config.celery", *arguments]
        with (tmp_path / f"{arguments[0]}.log").open("w") as log:
            running.append(
                subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
            )

    yield start
    for process in running:
        process.terminate()
    for process in running:
        process.wait(PATIENCE)


def eventually(condition):
    give_up_at = time.monotonic() + PATIENCE
    while not (result := condition()):
        assert time.monotonic() < give_up_at, "it did not happen"
        time.sleep(0.1)
    return result


def test_message_goes_out_through_beat_and_worker(celery, tmp_path):
    lan = get_user_model()(code="lan", email="lan@example.vn").describe("Nguyễn Thị Lan")
    lan.save()
    notify(lan, kind="test", subject="Thử đồng hồ", key="test")

    celery("worker", "--loglevel=info", "--concurrency=2")
    celery("beat", "--loglevel=info", f"--schedule={tmp_path}/beat")

    mail = eventually(lambda: list((tmp_path / "mail").glob("*.log")))[0]
    assert b"To: lan@example.vn" in eventually(mail.read_bytes)
