"""The product of a thematic visit on its path, and the days it holds back (R4)."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.choices import Office
from accounts.models import InboxItem, Person
from fieldvisits import permissions
from fieldvisits.actions import products, visits
from fieldvisits.history import contradictions
from fieldvisits.ledger.checking import disagreements
from fieldvisits.ledger.totals import totals
from fieldvisits.models import Product, Visit
from fieldvisits.overview.waiting import waiting_products
from tests.factories.accounts import PortfolioFactory, appoint
from tests.factories.agency import approved_visit, make_agency
from tests.factories.delegations import delegate, forget

pytestmark = pytest.mark.django_db
TEXTS = {
    "title": "Báo cáo khảo sát nhu cầu vay vốn",
    "summary": "Khảo sát 104 thanh niên ở bốn xã, nêu ba đề xuất.",
    "link": "https://vi.example/bao-cao",
}


@pytest.fixture
def clock():
    with time_machine.travel("2018-09-20 09:00+07:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def agency(clock):
    return make_agency()


@pytest.fixture
def product(agency, clock):
    """Owed for a visit of one whole day; it is the day after."""
    visit = approved_visit(agency, date(2018, 10, 9), kind="thematic")
    clock.move_to("2018-10-10 09:00+07:00")
    return Product.objects.get(visit=visit)


def handed_in(product, agency):
    products.write(product, by=agency.cadre, **TEXTS)
    products.submit(product, by=agency.cadre)
    return product


def report_and_accept(product, agency):
    visit = product.visit
    visits.report(
        visit, by=agency.cadre, result="Đã khảo sát xong tại bốn xã", starts_on=visit.starts_on,
        ends_on=visit.ends_on, session=visit.session,
    )  # fmt: skip
    visits.accept(visit, by=agency.head)


def counted():
    found = totals(date(2018, 1, 1), date(2018, 12, 31), date(2018, 12, 31)).values()
    return sum(row.accepted for row in found), sum(row.provisional for row in found)


def all_agrees():
    return [*contradictions(), *disagreements()] == []


def test_approved_thematic_visit_owes_a_product(product):
    assert product.state == product.visit.product == "owed"
    assert product.due_on == date(2018, 10, 24)
    assert all_agrees()


def test_other_kinds_owe_no_product(agency, clock):
    visit = approved_visit(agency, date(2018, 10, 9))

    assert (visit.product, Product.objects.count()) == ("none", 0)


def test_owing_twice_makes_one_product(product):
    assert products.owe(product.visit) == product
    assert Product.objects.count() == 1


def test_days_are_provisional_until_the_product_is_accepted(product, agency):
    report_and_accept(product, agency)
    assert counted() == (0, 2)

    handed_in(product, agency)
    assert counted() == (0, 2)
    products.accept(product, by=agency.head)

    assert counted() == (2, 0)
    assert Visit.objects.get(pk=product.visit_id).product == "accepted"
    assert all_agrees()


def test_product_before_the_visit_is_over_is_refused(agency, clock):
    visit = approved_visit(agency, date(2018, 10, 9), kind="thematic")
    product = Product.objects.get(visit=visit)
    products.write(product, by=agency.cadre, **TEXTS)

    with pytest.raises(ValidationError, match="09/10/2018"):
        products.submit(product, by=agency.cadre)


def test_incomplete_product_hears_everything_that_is_missing(product, agency):
    with pytest.raises(ValidationError) as refusal:
        products.submit(product, by=agency.cadre)

    fields = {error.code for error in refusal.value.error_list}
    assert fields == {"field-title", "field-summary", "field-link"}
    product.refresh_from_db()
    assert (product.state, product.version) == ("owed", 0)


def test_returned_product_is_due_a_week_later_and_never_earlier(product, agency, clock):
    handed_in(product, agency)
    products.send_back(product, by=agency.head, comment="Thiếu số liệu xã Phù Linh")
    assert (product.state, product.due_on) == ("owed", date(2018, 10, 24))

    clock.move_to("2018-10-23 09:00+07:00")
    products.submit(product, by=agency.cadre)
    products.send_back(product, by=agency.head, comment="Vẫn thiếu")

    product.refresh_from_db()
    assert product.due_on == date(2018, 10, 30)
    assert all_agrees()


def test_returning_needs_a_reason(product, agency):
    handed_in(product, agency)

    with pytest.raises(ValidationError):
        products.send_back(product, by=agency.head, comment=" ")


def test_handed_in_product_can_be_taken_back_until_it_is_accepted(product, agency):
    handed_in(product, agency)
    products.withdraw(product, by=agency.cadre)
    assert product.visit.product == "owed"

    products.submit(product, by=agency.cadre)
    products.accept(product, by=agency.head)
    with pytest.raises(ValidationError):
        products.withdraw(product, by=agency.cadre)


@pytest.mark.parametrize("name", ["accept", "send_back"])
@pytest.mark.parametrize("role", ["cadre", "colleague", "coordinator", "secretary"])
def test_only_the_superior_decides_on_a_product(product, agency, role, name):
    handed_in(product, agency)

    with pytest.raises(PermissionDenied):
        getattr(products, name)(product, by=getattr(agency, role), comment="Lý do")
    assert Visit.objects.get(pk=product.visit_id).product == "submitted"


def test_handed_in_product_cannot_be_written_on(product, agency):
    handed_in(product, agency)

    with pytest.raises(ValidationError):
        products.write(product, by=agency.cadre, title="Khác", summary="", link="")
    product.refresh_from_db()
    assert product.title == TEXTS["title"]


def test_somebody_else_cannot_write_it(product, agency):
    with pytest.raises(PermissionDenied):
        products.write(product, by=agency.head, **TEXTS)


def test_product_seen_in_an_older_version_is_stale(product, agency):
    handed_in(product, agency)

    with pytest.raises(ValidationError) as refusal:
        products.accept(product, by=agency.head, version=0)
    assert refusal.value.error_list[0].code == "stale"


def test_the_next_one_to_act_is_told(product, agency):
    handed_in(product, agency)
    products.send_back(product, by=agency.head, comment="Thiếu số liệu")

    told = InboxItem.objects.filter(url=product.get_absolute_url())
    assert list(told.order_by("pk").values_list("recipient", "kind")) == [
        (agency.head.pk, "to_decide"),
        (agency.cadre.pk, "returned"),
    ]


def test_product_of_a_cancelled_visit_is_owed_no_more(product, agency):
    visits.cancel(product.visit, by=agency.cadre, comment="Huyện hoãn")

    assert not Product.objects.owed_by(agency.cadre, date(2018, 10, 10)).exists()
    products.write(product, by=agency.cadre, **TEXTS)
    with pytest.raises(ValidationError):
        products.submit(product, by=agency.cadre)


def test_content_is_frozen_with_each_handing_in(product, agency):
    handed_in(product, agency)

    frozen = product.versions.get()
    assert frozen.content["title"] == TEXTS["title"]
    assert product.steps.get().content_hash == frozen.content_hash


def test_visit_that_says_another_state_than_its_product_is_found(product):
    Visit.objects.filter(pk=product.visit_id).update(product="accepted")

    assert any("accepted" in sentence for sentence in contradictions())


# --- Who has it before them ------------------------------------------------------------------


def queues(agency):
    """Whoever finds the product waiting; the same people may decide on it."""
    product = Product.objects.select_related("visit__cadre").get()
    found, may = set(), set()
    for role in vars(agency):
        person = getattr(agency, role)
        if isinstance(person, Person):
            forget(person)
            found |= {role for _row in waiting_products(person, timezone.localdate())}
            may |= {role} if permissions.superior_of_product(person, product) else set()
    assert found == may
    return found


def replace_head(agency):
    for person in (agency.head, agency.stranger):
        person.appointments.update(ends_on=date(2018, 10, 11))
    appoint(
        agency.stranger, department=agency.rural, office=Office.HEAD, starts_on=date(2018, 10, 12)
    )


def send_head_elsewhere(agency):
    """Now the head of another department: nothing of the old one comes along."""
    replace_head(agency)
    appoint(agency.head, department=agency.office, office=Office.HEAD, starts_on=date(2018, 10, 12))
    agency.office_head.appointments.update(ends_on=date(2018, 10, 11))


def leave_vacant(agency):
    agency.head.appointments.update(ends_on=date(2018, 10, 11))


def give_other_portfolio(agency):
    leave_vacant(agency)
    agency.deputy_secretary.portfolios.update(ends_on=date(2018, 10, 11))
    PortfolioFactory(person=agency.member, department=agency.rural, starts_on=date(2018, 10, 12))


def end_portfolio(agency):
    leave_vacant(agency)
    agency.deputy_secretary.portfolios.update(ends_on=date(2018, 10, 11))


def stand_in(agency):
    delegate(agency.head, agency.colleague, first=date(2018, 10, 12))


@pytest.mark.parametrize(
    ("happens", "waits_for"),
    [
        (lambda _agency: None, "head"),
        (replace_head, "stranger"),
        (send_head_elsewhere, "stranger"),
        (leave_vacant, "deputy_secretary"),
        (give_other_portfolio, "member"),
        (end_portfolio, "secretary"),
        (stand_in, "colleague"),
    ],
)
def test_product_waits_for_whoever_decides_today(product, agency, clock, happens, waits_for):
    handed_in(product, agency)
    happens(agency)
    clock.move_to("2018-10-15 09:00+07:00")

    assert queues(agency) == {waits_for}


def test_who_stands_in_for_the_head_does_not_see_the_heads_own_product(agency, product):
    delegate(agency.head, agency.colleague, first=date(2018, 10, 10), last=date(2018, 10, 20))
    seen = Product.objects.visible_to(agency.colleague)
    assert seen.exists()

    Visit.objects.filter(pk=product.visit_id).update(cadre=agency.head)

    assert not seen.all().exists()
