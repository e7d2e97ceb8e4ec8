"""Imported visits bring their product and their confirmation as papers that go on."""

from datetime import date

import pytest
import time_machine
from django.core.management import call_command

from accounts.interchange.importing import import_tables
from accounts.models import responsible_unit
from fieldvisits.actions import confirmations, products
from fieldvisits.models import ConfirmationRequest, Product, Visit
from tests.factories.agency import inspector_of_agency
from tests.factories.tables import agency, visit, write_folder

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(tmp_path):
    def take(*visits):
        folder = write_folder(tmp_path, agency(visits=visits))
        return import_tables(folder, tell=lambda _warning: None)

    with time_machine.travel("2018-10-01 09:00+07:00", tick=False):
        yield take


def history_of(paper):
    return list(paper.steps.values_list("name", "before", "after", "by", "number"))


def nothing_disagrees():
    call_command("check_ledger")
    call_command("check_history")
    return True


@pytest.mark.parametrize("state", ["owed", "submitted", "accepted"])
def test_product_comes_in_its_state_with_one_row_of_history(take, state):
    take(visit(kind="thematic", product=state))

    made = Product.objects.get()
    assert (made.state, made.version, made.due_on) == (state, 1, date(2018, 6, 7))
    assert history_of(made) == [("imported", "", state, None, 1)]
    assert nothing_disagrees()


def test_imported_product_goes_on(take):
    take(visit(kind="thematic", product="submitted"))
    made = Product.objects.select_related("visit__cadre", "superior").get()
    products.accept(made, by=made.superior)

    assert Visit.objects.get().product == "accepted"
    assert nothing_disagrees()


@pytest.mark.parametrize(
    "state", ["asked", "confirmed", "corrected", "disputed", "denied", "expired"]
)
def test_confirmation_comes_in_its_state_with_one_row_of_history(take, state):
    take(visit(confirmation=state))

    made = ConfirmationRequest.objects.get()
    district = responsible_unit(made.visit.unit, made.visit.starts_on)
    assert (made.state, made.unit, made.due_on) == (state, district, date(2018, 10, 11))
    assert history_of(made) == [("imported", "", state, None, 1)]
    assert nothing_disagrees()


def test_imported_dispute_goes_on(take):
    take(visit(confirmation="disputed"))
    made = ConfirmationRequest.objects.get()
    confirmations.set_aside(made, by=inspector_of_agency(), comment="Có biên bản làm việc")

    assert Visit.objects.get().confirmation == "confirmed"
    assert nothing_disagrees()


def test_visit_without_either_brings_no_paper(take):
    take(visit())

    assert not Product.objects.exists()
    assert not ConfirmationRequest.objects.exists()


def test_table_taken_in_twice_makes_no_second_paper(take):
    for _time in range(2):
        take(visit(kind="thematic", product="owed", confirmation="asked"))

    assert (Product.objects.count(), ConfirmationRequest.objects.count()) == (1, 1)
