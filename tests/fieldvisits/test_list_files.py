"""Lists as files: the same scope as the screen, and nothing a spreadsheet would compute."""

import csv
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from fieldvisits.calendar import Quarter
from tests.factories.agency import bring_before, decide_all, make_agency, make_plan

pytestmark = pytest.mark.django_db
Q4 = Quarter(2018, 4)


@pytest.fixture(autouse=True)
def october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def agency(october):
    agency = make_agency()
    bring_before(agency, make_plan(agency, Q4, days=(date(2018, 10, 16),)))
    decide_all(agency, date(2018, 10, 2))
    return agency


def lines(client, person, url):
    client.force_login(person)
    answer = client.get(url)
    assert answer["Content-Disposition"].startswith("attachment")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(text.splitlines(), delimiter=";"))[1:]


def test_plans_file_has_ones_own_plans_alone(client, agency):
    make_plan(agency, Q4, cadre=agency.colleague)
    found = lines(client, agency.cadre, reverse("fieldvisits:plan-list") + "?format=csv")

    assert [(row[0], row[3], row[4]) for row in found] == [("2018-4", "1", "1.0")]


def test_board_file_names_visits_and_who_has_none(client, agency):
    url = reverse("fieldvisits:department-quarter", args=["NT", Q4])
    found = lines(client, agency.head, f"{url}?format=csv")

    assert {row[0]: row[4] for row in found} == {
        "Trần Thu Hà": "1.0",
        "Đặng Hữu Chiến": "0.0",
        "Phạm Đức Long": "0.0",
    }


def test_dossiers_file_names_who_is_missing(client, agency):
    found = lines(client, agency.coordinator, reverse("fieldvisits:dossier-list") + "?format=csv")

    rural = next(row for row in found if row[0] == "Ban Thanh niên Nông thôn")
    assert (rural[3], rural[4], rural[5]) == ("1.0", "1", "Đặng Hữu Chiến, Phạm Đức Long")


def test_sittings_file_has_the_number_of_the_notice(client, agency):
    found = lines(client, agency.cadre, reverse("fieldvisits:sitting-list") + "?format=csv")

    assert [(row[0], row[3]) for row in found] == [("02/10/2018", "1")]
    assert found[0][4].endswith("-TB/TĐTN-TCKT")


@pytest.mark.parametrize("name", ["dossier-list", "department-quarter"])
def test_files_of_others_are_not_found(client, agency, name):
    args = ["NT", Q4] if name == "department-quarter" else []
    client.force_login(agency.stranger)

    assert client.get(reverse(f"fieldvisits:{name}", args=args) + "?format=csv").status_code == 404
