"""The embedded mode as it really runs: a gunicorn with worker and scheduler inside."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from config.embedded import Occupied, hold
from tests.conftest import migrated_file

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 90  # seconds; a machine may be busy with other tests

WRITE_A_MESSAGE = """
from accounts.actions.messages import notify
from accounts.models import Person
lan = Person(code="lan", email="lan@example.vn").describe("Nguyễn Thị Lan")
lan.save()
notify(lan, kind="test", subject="Thử đồng hồ", key="test")
"""


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture
def environment(tmp_path):
    """Everything an embedded server needs, in a folder of its own, with a hurried clock."""
    clean = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
    clean |= {"VAR_DIR": str(tmp_path), "PORT": free_port(), "DELIVER_EVERY_SECONDS": "1"}
    return clean | {"DJANGO_SETTINGS_MODULE": "config.settings.embedded"}


def python(arguments, environment):
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=True)


def gunicorn(environment, *arguments):
    command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn_embedded.py", *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )


def eventually(condition):
    """Wait for something that another process does; no test here knows when."""
    give_up_at = time.monotonic() + PATIENCE
    while not (result := condition()):
        assert time.monotonic() < give_up_at, "it did not happen"
        time.sleep(0.1)
    return result


def healthy(environment):
    try:
        address = f"http://127.0.0.1:{environment['PORT']}/health/"
        with urllib.request.urlopen(address, timeout=5) as answer:
            return json.load(answer)["status"] == "ok"
    except OSError:
        return False


def test_message_goes_out_by_itself_and_the_server_ends_when_asked(environment, tmp_path):
    shutil.copyfile(migrated_file(), tmp_path / "db.sqlite3")
    python(["manage.py", "collectstatic", "--noinput", "-v0"], environment)
    server = gunicorn(environment)
    try:
        eventually(lambda: healthy(environment))
        python(["manage.py", "shell", "-v0", "-c", WRITE_A_MESSAGE], environment)
        mails = eventually(lambda: list((tmp_path / "mail").glob("*")))
        mail = eventually(mails[0].read_bytes)
    finally:
        server.terminate()
        _, errors = server.communicate(timeout=PATIENCE)

    assert b"To: lan@example.vn" in mail
    assert server.returncode == 0, errors.decode()


@pytest.mark.parametrize("argument", ["--workers=2", "--max-requests=10", "--reload"])
def test_anything_but_one_lasting_process_is_refused(environment, argument):
    server = gunicorn(environment, argument)
    _, errors = server.communicate(timeout=PATIENCE)

    assert server.returncode != 0
    assert b"The embedded mode runs with" in errors


def test_taken_port_is_refused_with_the_way_out(environment):
    with socket.create_server(("127.0.0.1", int(environment["PORT"]))):
        server = gunicorn(environment)
        _, errors = server.communicate(timeout=PATIENCE)

    assert server.returncode == 1
    assert errors.startswith(b"Not started: http://127.0.0.1:" + environment["PORT"].encode())
    assert b"Another port: PORT=" in errors
    assert errors.count(b"\n") == 1


def test_second_process_on_the_same_data_is_refused(tmp_path):
    with hold(tmp_path / "lock"), pytest.raises(Occupied, match="one process"):
        hold(tmp_path / "lock", patience=0)


def test_lock_is_free_again_when_its_holder_is_gone(tmp_path):
    hold(tmp_path / "lock").close()

    with hold(tmp_path / "lock", patience=0) as again:
        assert not again.closed
