"""The cadre objects in writing to the figures of a year (R15)."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from reports.actions import objections
from reports.models import Objection
from tests.factories.agency import make_agency

pytestmark = pytest.mark.django_db
TEXT = "Thiếu ngày 16/7 tại Sóc Sơn, đã báo cáo ngày 18/7"


@pytest.fixture
def agency():
    with time_machine.travel("2018-12-20 09:00+07:00", tick=False):
        yield make_agency()


def days(person):
    return f"/reports/people/{person.pk}/days/?year=2018"


def test_objection_stands_beside_the_figures_for_whoever_reads_them(client, agency):
    client.force_login(agency.cadre)
    assert "Gửi ý kiến bằng văn bản" in client.get(days(agency.cadre)).content.decode()
    form = f"/reports/people/{agency.cadre.pk}/objection/"

    answer = client.post(form, {"year": "2018", "text": TEXT})

    assert (answer.status_code, answer.url) == (302, days(agency.cadre))
    for reader in (agency.cadre, agency.head, agency.member):
        client.force_login(reader)
        assert TEXT in client.get(days(agency.cadre)).content.decode()
    for told in (agency.head, agency.coordinator):
        assert told.inbox_items.get(kind="objection").url == days(agency.cadre)


def test_objection_of_another_year_does_not_stand_there(client, agency):
    objections.object_to(agency.cadre, 2017, by=agency.cadre, text=TEXT)
    client.force_login(agency.head)

    assert TEXT not in client.get(days(agency.cadre)).content.decode()


def test_nobody_objects_for_somebody_else(client, agency):
    with pytest.raises(PermissionDenied):
        objections.object_to(agency.cadre, 2018, by=agency.head, text=TEXT)
    for person, status in ((agency.head, 403), (agency.colleague, 404)):
        client.force_login(person)
        assert client.get(f"/reports/people/{agency.cadre.pk}/objection/").status_code == status


def test_empty_objection_is_refused_at_its_field(client, agency):
    client.force_login(agency.cadre)

    answer = client.post(f"/reports/people/{agency.cadre.pk}/objection/", {"year": "2018"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["text"]


def test_objection_sent_twice_is_one_and_is_never_rewritten(agency):
    for _press in range(2):
        objections.object_to(agency.cadre, 2018, by=agency.cadre, text=TEXT)

    assert Objection.objects.count() == 1
    assert agency.head.inbox_items.filter(kind="objection").count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        Objection.objects.update(text="Khác")
