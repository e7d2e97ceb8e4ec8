"""Files of every kind of wrong: all or nothing, and never an error of ours.

``MUTATIONS=1000`` says how many; a run of everything takes 60. Every tenth goes through HTTP.
"""

import os
from collections import Counter
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.choices import ImportState
from accounts.imports import asking
from accounts.interchange.exporting import texts_of
from accounts.interchange.tables import tables
from accounts.models import ImportJob
from fieldvisits.models import LedgerEntry, Plan, Step
from tests.factories.imports import administrator, as_zip, sent, uploaded, worked_on
from tests.factories.mutations import mutated
from tests.factories.tables import DEPARTMENTS, PEOPLE, UNITS

pytestmark = pytest.mark.django_db

MUTATIONS = int(os.environ.get("MUTATIONS", "60"))
PARTS = 6
ENDED = {ImportState.REFUSED, ImportState.FAILED, ImportState.DONE, ImportState.CHECKED}


def everything():
    rows = {table.name: list(texts_of(table)) for table in tables()}
    return rows, Plan.objects.count(), Step.objects.count(), LedgerEntry.objects.count()


def by_the_action(name, content, by):
    """Upload, look through, confirm and take in; return the import, if it was one."""
    with suppress(ValidationError):  # a sentence, as the tests of uploads show
        job = uploaded(content, by, name)
        if job.state == ImportState.CHECKED:
            worked_on(asking.confirm(job, by=by))
    return ImportJob.objects.order_by("pk").last()


def by_http(name, content, by):
    browser = Client(raise_request_exception=False)
    browser.force_login(by)
    answer = browser.post("/organisation/import/", {"file": sent(content, name), "table": ""})
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        return None
    page = answer.headers["Location"]
    job = worked_on(ImportJob.objects.order_by("pk").last())
    assert browser.get(page).status_code == 200
    assert browser.post(f"{page}confirm/").status_code in (302, 409)
    assert browser.get(f"{page}problems/").status_code == 200
    worked_on(job)
    assert browser.get(page).status_code == 200
    return job


def taken(seed, folder, by):
    """Put one file through; everything is as before, or is again once it is taken back."""
    before, last = everything(), ImportJob.objects.count()
    name, content = mutated(seed, folder)
    job = (by_http if seed % 10 == 0 else by_the_action)(name, content, by)
    if ImportJob.objects.count() == last:
        state = "not kept"
    else:
        state = job.state
        assert state in ENDED, seed
        assert not job.error, (seed, job.error)
        if state == ImportState.DONE:
            assert job.created or job.changed or job.removed
            asking.undo(job, by=by)
    assert everything() == before, seed
    return state


@pytest.mark.parametrize("part", range(PARTS))
def test_mutated_files_come_in_whole_or_not_at_all(tmp_path, part):
    by = administrator()
    on_record = {"departments": DEPARTMENTS, "units": UNITS, "people": PEOPLE[:1]}
    worked_on(asking.confirm(uploaded(as_zip(on_record), by), by=by))

    states = Counter(taken(seed, tmp_path, by) for seed in range(part, MUTATIONS, PARTS))

    if MUTATIONS >= 60:  # controls: some came in, and some did not
        assert states[ImportState.DONE]
        assert states[ImportState.REFUSED]
