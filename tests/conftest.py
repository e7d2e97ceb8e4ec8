"""What every test has, and which tests run where."""

import fcntl
import gc
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.template import Template
from django.test.utils import _TestState
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent

# What a tier needs, how to see that it is there, and what to do when it is not.
TIERS = {
    "services": (
        lambda: os.environ.get("SERVICES") == "1",
        "they run beside PostgreSQL and Redis: bin/with-services pytest",
    ),
    "browser": (
        lambda: shutil.which("chromium") is not None,
        "Chromium is missing (Debian package chromium)",
    ),
}


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # once, not in every xdist worker
        subprocess.run([ROOT / "bin" / "compile-texts"], check=True)


@pytest.hookimpl(trylast=True)  # what -m leaves out is nobody's business here
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot run here, saying so; with REQUIRE_SERVICES=1 that is a failure."""
    left_out = config.stash.setdefault(LEFT_OUT, {})
    for tier, (is_there, _why) in TIERS.items():
        here = [item for item in items if item.get_closest_marker(tier)]
        if here and not is_there():
            left_out[tier] = len(here)
            config.hook.pytest_deselected(items=here)
            items[:] = [item for item in items if item not in here]
    if left_out and os.environ.get("REQUIRE_SERVICES") == "1":
        message = f"REQUIRE_SERVICES=1, but these cannot run: {', '.join(left_out)}"
        raise pytest.UsageError(message)
    if os.environ.get("SERVICES") == "1":
        again = [item for item in items if hangs_on_the_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in again])
        items[:] = again
    for item in items:
        keep_what_migrations_brought(item)


def pytest_collection_finish() -> None:
    """Leave what is loaded by now out of every later search for garbage: it stays anyway.

    Search less often, too: a page makes some ten thousand things and leaves hardly a circle.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def hangs_on_the_database(item: pytest.Item) -> bool:
    """Whether there is anything to learn from running it on another database as well."""
    if item.get_closest_marker("services") or item.get_closest_marker("walk"):
        return True
    if item.path.name.endswith("_pages.py"):  # that each page's questions are answered: the walk
        return False
    used = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(used or item.get_closest_marker("django_db"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    config = terminalreporter.config
    left_out: dict[str, object] = dict(config.stash.get(LEFT_OUT, {}))
    if config.getoption("numprocesses", None) and not config.getoption("markexpr"):
        left_out = {tier: "all" for tier, (is_there, _why) in TIERS.items() if not is_there()}
    for tier, count in left_out.items():
        terminalreporter.write_line(f"NOT RUN: {count} {tier} tests; {TIERS[tier][1]}")


LEFT_OUT = pytest.StashKey[dict[str, int]]()


def keep_what_migrations_brought(item: pytest.Item) -> None:
    """Give tests that really commit the regulation and the holidays, as the others have them.

    Their tables are emptied afterwards; without this the next one would start with nothing.
    """
    marker = item.get_closest_marker("django_db")
    names = getattr(item, "fixturenames", [])
    if marker and marker.kwargs.get("transaction"):
        # With a marker only the marker is read; in front it is the closest one.
        whole = pytest.mark.django_db(**{**marker.kwargs, "serialized_rollback": True})
        item.add_marker(whole, append=False)
    elif {"transactional_db", "live_server"} & set(names):
        names.insert(0, "django_db_serialized_rollback")


@pytest.fixture(scope="session", autouse=True)
def no_files_left_behind() -> Iterator[None]:
    yield
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def is_sqlite() -> bool:
    return settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"


def migrated_file() -> Path:
    """A database with every migration applied and nothing else; made when a migration changed.

    Applying them all takes longer than most test files, and every worker needs them.
    """
    counts = [ROOT / "requirements.txt"]
    for app in ("accounts", "fieldvisits", "reports"):
        counts += sorted(path for path in (ROOT / app / "migrations").glob("*.py"))
        counts += sorted((ROOT / app).glob("data/*.csv"))
    sources = [path.read_bytes() for path in counts]
    apps = " ".join(settings.INSTALLED_APPS).encode()  # one of them can be left out
    contents = hashlib.sha256(b"".join([*sources, apps])).hexdigest()[:16]
    folder = ROOT / "var" / "test-database"
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"{contents}.sqlite3"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one worker makes it, the others wait
        if not made.exists():
            for older in folder.glob("*.sqlite3*"):
                older.unlink()
            begun = folder / "begun.sqlite3"
            environment = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
            environment |= {"DATABASE_URL": f"sqlite:///{begun}"}
            subprocess.run(
                [
                    sys.executable,
                    ROOT / "manage.py",
                    "migrate",
                    "--verbosity",
                    "0",
                    "--skip-checks",
                ],
                env=os.environ | environment,
                check=True,
            )
            begun.rename(made)
    return made


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    return is_sqlite() or request.config.getvalue("reuse_db")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Start from a copy of the migrated file, in a place of this worker's own."""
    if not is_sqlite():
        yield
        return
    mine = Path(settings.DATABASES["default"]["TEST"]["NAME"])
    shutil.copyfile(migrated_file(), mine)
    yield
    for path in mine.parent.glob(f"{mine.name}*"):
        path.unlink()


@pytest.fixture
def as_served(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Pages as people get them: no test client listens to each template, the menu counts once.

    Listening copies every context, and each browser hears the pages of all others.
    """
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)
    settings.MENU_REMEMBERED_SECONDS = 60


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Start without what an earlier test left in the cache (rate limits, for one).

    Every page but the first finds the agency's names there; nobody has entered any.
    """
    translation.deactivate()  # the language of the page that the test before opened last
    cache.clear()
    cache.set("agency-versions", ())
