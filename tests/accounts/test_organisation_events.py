"""What changed in the organisation stays on record, as it was written."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from accounts.actions.organisation import Decision, record
from accounts.choices import OrganisationSubject, OrganisationVerb
from accounts.models import OrganisationEvent
from tests.factories.accounts import PersonFactory, make_administrator

pytestmark = pytest.mark.django_db


def event(by):
    return record(
        (OrganisationSubject.PERSON, "CB001"),
        OrganisationVerb.APPOINTED,
        by=by,
        on=date(2018, 10, 1),
        decision=Decision(" 12-QĐ/TĐTN ", date(2018, 9, 28)),
        after={"office": "head"},
    )


def test_record_of_the_organisation_is_append_only():
    row = event(PersonFactory())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        OrganisationEvent.objects.filter(pk=row.pk).update(subject_code="CB002")


def test_record_says_what_was_decided_and_is_the_administrators():
    by = make_administrator()
    row = event(by)

    found = OrganisationEvent.objects.about(OrganisationSubject.PERSON, "CB001").get()
    assert (found.decision_number, found.details) == ("12-QĐ/TĐTN", {"after": {"office": "head"}})
    assert list(OrganisationEvent.objects.visible_to(by)) == [row]
    assert not OrganisationEvent.objects.visible_to(PersonFactory()).exists()
