"""A tour: colleagues asked to come along, each answering for themselves."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.models import InboxItem
from fieldvisits.actions import plans, teams
from fieldvisits.calendar import Quarter
from fieldvisits.ledger.checking import disagreements
from fieldvisits.models import TeamInvitation
from tests.factories.agency import add_visit, make_agency, make_plan

pytestmark = pytest.mark.django_db
DAY, Q4 = date(2018, 10, 16), Quarter(2018, 4)


@pytest.fixture
def agency():
    with time_machine.travel("2018-09-20 09:00+07:00", tick=False):
        yield make_agency()


@pytest.fixture
def visit(agency):
    make_plan(agency, Q4, cadre=agency.colleague)
    return add_visit(make_plan(agency, Q4), agency.unit, DAY)


@pytest.fixture
def asked(agency, visit):
    return teams.invite(visit, by=agency.cadre, colleagues=[agency.colleague])[0]


def test_only_colleagues_with_an_open_plan_can_be_asked(agency, visit):
    make_plan(agency, Q4, cadre=agency.stranger, days=(DAY,))
    before = set(teams.candidates(visit))
    plans.submit(agency.stranger.plans.get(), by=agency.stranger)

    assert before == {agency.colleague, agency.stranger}
    assert set(teams.candidates(visit)) == {agency.colleague}
    with pytest.raises(ValidationError):
        teams.invite(visit, by=agency.cadre, colleagues=[agency.head])


def test_who_agrees_gets_the_row_with_the_team(agency, visit, asked):
    teams.answer(asked, by=agency.colleague, agrees=True)

    row = agency.colleague.visits.get()
    assert (row.unit, row.starts_on, row.team, row.content) == (
        visit.unit, DAY, visit.code, visit.content,
    )  # fmt: skip
    assert InboxItem.objects.filter(
        recipient=agency.cadre, key=f"invitation:{asked.pk}:answered"
    ).exists()
    assert list(disagreements()) == []


def test_who_declines_gets_nothing_and_the_cadre_is_told(agency, visit, asked):
    teams.answer(asked, by=agency.colleague, agrees=False)

    assert not agency.colleague.visits.exists()
    assert InboxItem.objects.filter(recipient=agency.cadre, key__contains=":answered").exists()


def test_row_that_does_not_fit_leaves_the_invitation_open(agency, visit, asked):
    add_visit(agency.colleague.plans.get(), agency.other_unit, DAY)

    with pytest.raises(ValidationError, match="16/10/2018"):
        teams.answer(asked, by=agency.colleague, agrees=True)

    asked.refresh_from_db()
    assert (asked.answer, agency.colleague.visits.count()) == ("asked", 1)


def test_invitation_is_answered_once_and_by_whoever_was_asked(agency, visit, asked):
    with pytest.raises(PermissionDenied):
        teams.answer(asked, by=agency.cadre, agrees=True)
    teams.answer(asked, by=agency.colleague, agrees=True)
    with pytest.raises(ValidationError):
        teams.answer(asked, by=agency.colleague, agrees=True)

    assert agency.colleague.visits.count() == 1


def test_row_of_a_submitted_plan_asks_nobody(agency, visit):
    plans.submit(visit.plan, by=agency.cadre)

    with pytest.raises(ValidationError):
        teams.invite(visit, by=agency.cadre, colleagues=[agency.colleague])
    assert not TeamInvitation.objects.exists()


def test_row_removed_takes_its_invitations_along(agency, visit, asked):
    plans.remove_visit(visit, by=agency.cadre)

    assert not TeamInvitation.objects.exists()


# ---- over HTTP ---------------------------------------------------------------------------


def test_colleague_is_asked_on_the_page_and_answers_from_the_desk(agency, visit, client):
    client.force_login(agency.cadre)
    url = reverse("fieldvisits:visit-team", args=[visit.plan_id, visit.pk])
    sent = client.post(url, {"colleagues": [agency.colleague.pk]})
    client.force_login(agency.colleague)
    page = reverse("fieldvisits:invitation", args=[TeamInvitation.objects.get().pk])

    assert sent.status_code == 302
    assert page in client.get("/").content.decode()
    assert visit.content in client.get(page).content.decode()
    assert client.post(page, {"answer": "agreed"}).status_code == 302
    assert client.post(page, {"answer": "agreed"}).status_code == 409
    assert page not in client.get("/").content.decode()


def test_team_stands_at_the_row_of_both(agency, visit, asked, client):
    teams.answer(asked, by=agency.colleague, agrees=True)
    said = []
    for person, mate in ((agency.cadre, agency.colleague), (agency.colleague, agency.cadre)):
        client.force_login(person)
        page = client.get(person.plans.get().get_absolute_url()).context["page"]
        said.append(any(mate.full_name in mark.words for mark in page.rows[0].marks))

    assert said == [True, True]


@pytest.mark.parametrize("value", ["", "x", "999999", "a\0b", "²"])
def test_wrong_choice_is_refused(agency, visit, client, value):
    client.force_login(agency.cadre)
    url = reverse("fieldvisits:visit-team", args=[visit.plan_id, visit.pk])

    assert client.post(url, {"colleagues": value}).status_code == 422


def test_pages_of_others_are_not_found(agency, visit, asked, client):
    client.force_login(agency.head)

    assert client.get(f"/invitations/{asked.pk}/").status_code == 404
    assert client.get(f"/plans/{visit.plan_id}/visits/{visit.pk}/team/").status_code == 404
