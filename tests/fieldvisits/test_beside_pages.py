"""Pages of products, notices and confirmations: lists, desks, the visit; counted queries."""

from datetime import date, timedelta

import pytest
import time_machine

from fieldvisits.actions import confirmations, products, units
from fieldvisits.calendar import Quarter
from fieldvisits.models import ConfirmationRequest, Product, UnitNotice, Visit
from tests.factories.agency import (
    add_visit,
    bring_before,
    decide_all,
    inspector_of_agency,
    make_agency,
    make_plan,
    representative,
)

pytestmark = pytest.mark.django_db
FIRST = date(2018, 10, 9)


@pytest.fixture
def clock():
    with time_machine.travel("2018-09-20 09:00+07:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def agency(clock):
    agency = make_agency()
    agency.person, agency.ubkt = representative(agency.unit), inspector_of_agency()
    return agency


def thematic(agency, count):
    """Approved visits of the cadre, one day after the other."""
    plan = make_plan(agency, Quarter(2018, 4))
    for n in range(count):
        add_visit(plan, agency.unit, FIRST + timedelta(days=n), kind="thematic")
    bring_before(agency, plan)
    decide_all(agency, date(2018, 9, 21))
    return list(Visit.objects.in_order())


@pytest.mark.parametrize("count", [1, 3])
def test_product_list_query_count_does_not_grow(
    client, agency, clock, count, django_assert_num_queries
):
    thematic(agency, count)
    client.force_login(agency.cadre)

    with django_assert_num_queries(6):
        assert len(client.get("/products/").context["lines"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_notice_list_query_count_does_not_grow(client, agency, count, django_assert_num_queries):
    thematic(agency, count)
    client.force_login(agency.person)

    with django_assert_num_queries(7):
        assert len(client.get("/notices/?show=open").context["lines"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_confirmation_list_query_count_does_not_grow(
    client, agency, clock, count, django_assert_num_queries
):
    visits = thematic(agency, count)
    clock.move_to("2018-10-20 09:00+07:00")
    confirmations.ask_about(visits[:1], by=agency.ubkt)
    client.force_login(agency.ubkt)

    with django_assert_num_queries(6):
        assert len(client.get("/confirmations/").context["lines"]) == count


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("role", ["person", "ubkt", "head", "cadre"])
def test_desk_stays_within_fifteen_queries(
    client, agency, clock, role, count, django_assert_max_num_queries
):
    visits = thematic(agency, count)
    clock.move_to("2018-10-20 09:00+07:00")
    confirmations.ask_about(visits, by=agency.ubkt)
    client.force_login(getattr(agency, role))

    with django_assert_max_num_queries(15):
        client.get("/")


def test_pages_of_papers_stay_within_fifteen_queries(
    client, agency, clock, django_assert_max_num_queries
):
    [visit] = thematic(agency, 1)
    clock.move_to("2018-10-20 09:00+07:00")
    asked = confirmations.ask(visit, by=agency.ubkt)
    units.remark(visit, by=agency.person, text="Cán bộ đến đúng giờ, làm việc kỹ")
    pages = {
        agency.head: [visit.product_paper, visit.unit_notices.get(), asked, visit],
        agency.person: [visit.unit_notices.get(), asked, visit],
        agency.ubkt: [asked, visit],
    }
    for person, papers in pages.items():
        client.force_login(person)
        for paper in papers:
            with django_assert_max_num_queries(15):
                assert client.get(paper.get_absolute_url()).status_code == 200


def titles(client, person):
    client.force_login(person)
    return [(str(todo.title), todo.url) for todo in client.get("/").context["desk"].todos]


def test_each_desk_shows_what_waits(client, agency, clock):
    [visit] = thematic(agency, 1)
    notice, product = visit.unit_notices.get(), visit.product_paper
    assert titles(client, agency.person) == [
        ("Trả lời 1 thông báo", f"/notices/{notice.pk}/answer/")
    ]
    clock.move_to("2018-10-20 09:00+07:00")
    assert titles(client, agency.person) == []  # the visit is over
    asked = confirmations.ask(visit, by=agency.ubkt)
    assert titles(client, agency.person) == [
        ("Xác nhận 1 chuyến đi", f"/confirmations/{asked.pk}/answer/")
    ]
    assert ("Nộp 1 sản phẩm còn nợ", f"/products/{product.pk}/") in titles(client, agency.cadre)
    confirmations.answer(asked, "dispute", by=agency.person, remark="Không có ai")
    reply = f"/confirmations/{asked.pk}/reply/"
    assert reply in [url for _title, url in titles(client, agency.cadre)]
    assert f"/confirmations/{asked.pk}/" in [url for _title, url in titles(client, agency.ubkt)]


def test_units_desk_shows_who_comes_with_what(client, agency):
    [visit] = thematic(agency, 1)
    client.force_login(agency.person)

    assert visit.content in client.get("/").content.decode()


def test_superiors_queue_is_the_products_handed_in_to_them(client, agency, clock):
    thematic(agency, 1)
    clock.move_to("2018-10-20 09:00+07:00")
    product = Product.objects.get()
    products.write(product, by=agency.cadre, title="Báo cáo", summary="Nêu ba đề xuất cụ thể",
                   link="https://a.example/")  # fmt: skip
    products.submit(product, by=agency.cadre)

    assert f"/products/{product.pk}/" in [url for _title, url in titles(client, agency.head)]
    client.force_login(agency.head)
    lines = client.get("/products/?show=waiting").context["lines"]
    assert [line[0] for line in lines] == [product]


def test_ticked_visits_are_asked_about_at_once(client, agency, clock):
    visits = thematic(agency, 3)
    clock.move_to("2018-10-11 09:00+07:00")  # the third is not over
    client.force_login(agency.ubkt)
    answer = client.post(
        "/confirmations/ask/?show=none&evil=//x",
        {"visit": [visit.pk for visit in visits], "question": "Làm việc với ai?"},
        follow=True,
    )

    assert answer.redirect_chain == [("/confirmations/?show=none", 302)]
    assert ConfirmationRequest.objects.filter(question="Làm việc với ai?").count() == 2
    assert [message.level_tag for message in answer.context["messages"]] == ["success", "error"]


def test_one_tap_asks_about_one(client, agency, clock):
    visits = thematic(agency, 2)
    clock.move_to("2018-10-20 09:00+07:00")
    client.force_login(agency.ubkt)
    answer = client.post("/confirmations/ask/", {"visit": visits[0].pk, "only": visits[1].pk})

    assert answer.url.endswith(f"#visit-{visits[1].pk}")
    assert ConfirmationRequest.objects.get().visit == visits[1]


def test_filter_and_export_show_the_same_rows(client, agency, clock):
    visits = thematic(agency, 3)
    clock.move_to("2018-10-20 09:00+07:00")
    asked = confirmations.ask(visits[0], by=agency.ubkt)
    confirmations.answer(asked, "dispute", by=agency.person, remark="=Không có ai")
    client.force_login(agency.ubkt)

    for query, expected in (("show=disputed", visits[:1]), ("show=none", visits[:0:-1])):
        lines = client.get(f"/confirmations/?{query}").context["lines"]
        assert [line.visit for line in lines] == expected
        file = b"".join(client.get(f"/confirmations/?{query}&format=csv").streaming_content)
        rows = file.decode("utf-8-sig").splitlines()[1:]
        assert [row.split(";")[0] for row in rows] == [visit.code for visit in expected]
    assert (
        "'=Không có ai"
        in b"".join(
            client.get("/confirmations/?show=disputed&format=csv").streaming_content
        ).decode()
    )


@pytest.mark.parametrize("role", ["cadre", "head", "secretary", "coordinator", "person"])
def test_list_of_ubkt_is_not_found_by_others(client, agency, role):
    client.force_login(getattr(agency, role))

    assert client.get("/confirmations/").status_code == 404
    assert client.post("/confirmations/ask/", {"visit": "1"}).status_code == 404


def test_unit_confirms_on_its_page(client, agency, clock):
    [visit] = thematic(agency, 1)
    clock.move_to("2018-10-20 09:00+07:00")
    asked = confirmations.ask(visit, by=agency.ubkt, question="Làm việc với ai?")
    client.force_login(agency.person)
    address = f"/confirmations/{asked.pk}/answer/"
    assert "Làm việc với ai?" in client.get(address).content.decode()

    wrong = client.post(address, {"answer": "dispute", "version": asked.version})
    assert (wrong.status_code, "remark" in wrong.context["form"].errors) == (422, True)
    said = {"answer": "confirm", "version": asked.version}
    assert client.post(address, said).status_code == 302
    assert client.post(address, said).status_code == 409
    asked.refresh_from_db()
    assert (asked.state, UnitNotice.objects.count()) == ("confirmed", 1)
