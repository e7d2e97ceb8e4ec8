"""The clerk numbers the notices: with the closing of the sitting, or afterwards."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.choices import Body, Office
from accounts.desk import Asker, read_desk
from accounts.models import InboxItem
from fieldvisits.actions import closing, numbering, sittings
from fieldvisits.choices import Decision
from fieldvisits.history import contradictions
from fieldvisits.models import Sitting
from fieldvisits.overview.notice import suggested_number
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.agency import make_agency

pytestmark = pytest.mark.django_db
NUMBER = "53-TB/TĐTN-TCKT"


@pytest.fixture(autouse=True)
def october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def agency(october):
    return make_agency()


@pytest.fixture
def clerk(agency):
    clerk = PersonFactory(full_name="Tạ Minh Nguyệt")
    appoint(clerk, body=Body.ADMINISTRATION, office=Office.CLERK)
    appoint(clerk, department=agency.office)
    return clerk


def closed(agency, day=date(2018, 10, 2), number=""):
    sitting = sittings.convene(by=agency.coordinator, held_on=day)
    sitting.lines.update(decision=Decision.DEFER, decided_by=agency.secretary)
    closing.close(sitting, by=agency.secretary, notice_number=number)
    return sitting


def page(client, person, sitting, name="number", **sent):
    client.force_login(person)
    url = f"/sittings/{sitting.pk}/{name}/"
    return client.post(url, {"version": sitting.version} | sent) if sent else client.get(url)


def test_sitting_closes_without_a_number_and_the_clerk_is_told(client, agency, clerk):
    sitting = closed(agency)

    told = InboxItem.objects.get(recipient=clerk)
    todo = read_desk(Asker(clerk, date(2018, 10, 2))).todos[0]
    notice = page(client, agency.cadre, sitting, "notice")

    assert told.url == todo.url == f"/sittings/{sitting.pk}/number/"
    assert "chưa có số" in notice.content.decode()
    assert "Cho số Thông báo" not in notice.content.decode()


def test_clerk_gives_the_suggested_number(client, agency, clerk):
    closed(agency, number="52 – TB / TĐTN-TCKT")
    sitting = closed(agency, date(2018, 10, 3))
    suggested = page(client, clerk, sitting).context["form"]["notice_number"].value()

    answer = page(client, clerk, sitting, notice_number=suggested.replace("-", " — "))

    sitting.refresh_from_db()
    step = sitting.steps.get(name="number")
    assert (answer.status_code, sitting.notice_number) == (302, NUMBER)
    assert (step.by, step.office, step.before, step.after) == (clerk, "clerk", "closed", "closed")
    assert sitting.versions.last().content["notice_number"] == NUMBER
    assert list(contradictions()) == []
    todos = read_desk(Asker(clerk, date(2018, 10, 3))).todos
    assert not [todo for todo in todos if "/number/" in str(todo.url)]
    said = page(client, agency.cadre, sitting, "notice").content.decode()
    assert "đồng chí Tạ Minh Nguyệt cho số ngày 02/10/2018" in said


@pytest.mark.parametrize("typed", ["52-TB/TĐTN-TCKT", "", "Thông báo", "TB-52"])
def test_number_that_is_taken_or_none_is_refused_at_the_field(client, agency, clerk, typed):
    closed(agency, number="52-TB/TĐTN-TCKT")
    sitting = closed(agency, date(2018, 10, 3))

    answer = page(client, clerk, sitting, notice_number=typed)

    assert (answer.status_code, sitting.steps.count()) == (422, 1)
    assert answer.context["form"].errors["notice_number"]


def test_number_is_given_once(client, agency, clerk):
    sitting = closed(agency)
    numbering.number(sitting, by=clerk, notice_number=NUMBER)

    with pytest.raises(ValidationError, match="53-TB"):
        numbering.number(sitting, by=agency.secretary, notice_number="54-TB")

    assert page(client, clerk, sitting).url == f"/sittings/{sitting.pk}/notice/"
    assert page(client, clerk, sitting, notice_number="54-TB").status_code == 409


def test_numbers_start_again_with_a_new_term(agency, clerk):
    first = closed(agency, number="1-TB/TĐTN-TCKT")
    second, third = closed(agency, date(2018, 10, 3)), closed(agency, date(2018, 10, 4))

    numbering.number(second, by=clerk, notice_number=first.notice_number, is_new_term=True)

    assert suggested_number() == "2-TB/TĐTN-TCKT"
    with pytest.raises(ValidationError, match="03/10/2018"):
        numbering.number(third, by=clerk, notice_number="1-TB/TĐTN-TCKT")


def test_two_notices_of_a_term_never_share_a_number(agency, clerk, monkeypatch):
    """The database keeps it, whatever was looked at before; the refusal is a sentence."""
    closed(agency, number=NUMBER)
    sitting = closed(agency, date(2018, 10, 3))
    with pytest.raises(IntegrityError), transaction.atomic():
        Sitting.objects.filter(pk=sitting.pk).update(notice_number=NUMBER)
    said = {"notice_number": NUMBER, "notice_term": 1}
    monkeypatch.setattr(numbering, "chosen", lambda *_args, **_rest: said)

    with pytest.raises(ValidationError) as refused:
        numbering.number(sitting, by=clerk, notice_number=NUMBER)

    assert refused.value.code == "field-notice_number"
    assert sitting.steps.count() == 1


def test_without_a_clerk_it_waits_for_who_wrote_the_sitting(client, agency):
    sitting = closed(agency)

    titles = [str(one.url) for one in read_desk(Asker(agency.coordinator, sitting.held_on)).todos]

    assert f"/sittings/{sitting.pk}/number/" in titles
    assert "Cho số Thông báo" in page(client, agency.secretary, sitting, "notice").content.decode()
