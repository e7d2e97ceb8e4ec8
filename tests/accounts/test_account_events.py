"""What happened to an account stays as it was written, and is read by those it concerns."""

import pytest
from django.db import DatabaseError, transaction

from accounts.actions.events import record
from accounts.choices import Body, EventKind, Office
from accounts.models import AccountEvent
from tests.factories.accounts import PersonFactory, appoint

pytestmark = pytest.mark.django_db


def test_event_says_who_did_what_to_whom():
    person, by = PersonFactory(), PersonFactory(full_name="Lê Đức Anh")

    event = record(person, EventKind.FACTOR_REMOVED, by=by, note=" mất   điện thoại ")

    assert (event.person, event.by, event.note) == (person, by, "mất điện thoại")
    assert str(event.label) == str(EventKind.FACTOR_REMOVED.label)


def test_event_is_append_only():
    event = record(PersonFactory(), EventKind.CLOSED, by=None)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AccountEvent.objects.filter(pk=event.pk).update(note="khác")


def test_events_are_seen_by_the_person_and_by_administrators():
    person, stranger, administrator = PersonFactory(), PersonFactory(), PersonFactory()
    appoint(administrator, body=Body.ADMINISTRATION, office=Office.ADMINISTRATOR)
    event = record(person, EventKind.PASSWORD_CHANGED, by=person)

    seen = [list(AccountEvent.objects.visible_to(one)) for one in (person, stranger, administrator)]

    assert seen == [[event], [], [event]]


def test_kind_of_a_later_version_is_shown_as_its_code():
    event = AccountEvent(person=PersonFactory(), kind="of_tomorrow")

    assert event.label == "of_tomorrow"
