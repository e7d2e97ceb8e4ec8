"""R8 on the screen: two screens to ask, one to endorse, one to decide."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.interchange.exporting import export_tables
from fieldvisits.actions import closing, requests, sittings
from fieldvisits.calendar import Quarter
from fieldvisits.choices import Decision
from fieldvisits.ledger.keeping import book
from fieldvisits.models import AdHocRequest, Visit
from fieldvisits.overview.ad_hoc import AdHocShare
from tests.factories.agency import CONTENT, approved_visit, make_agency
from tests.factories.requests import REASON, REPORT, draft, endorsed, requested

pytestmark = pytest.mark.django_db
NEXT_WEEK = date(2018, 10, 17)
FIELDS = {
    "starts_on": "17/10/2018", "ends_on": "", "session": "full", "kind": "working_session",
    "content": CONTENT, "expected_result": "", "role": "", "inspection_body": "",
    "inspection_programme": "", "revision": "", "reason": REASON, "late_reason": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def tenth_of_october():
    with override("en"), time_machine.travel("2018-10-10 09:00+07:00", tick=False):
        yield


@pytest.fixture
def agency(tenth_of_october):
    return make_agency()


def browser_of(person):
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(person)
    return browser


def step(asked, name):
    return reverse("fieldvisits:request-step", args=[asked.pk, name])


def text_of(answer):
    return answer.content.decode()


def test_ad_hoc_visit_goes_its_way_over_the_pages(agency):
    cadre = browser_of(agency.cadre)
    fields = {**FIELDS, "unit": agency.unit.pk}
    written = cadre.post(reverse("fieldvisits:request-new"), fields)
    asked = AdHocRequest.objects.get()
    assert (written.status_code, written.url) == (302, step(asked, "request"))
    second = text_of(cadre.get(written.url))
    assert REASON in second
    assert CONTENT in second
    for person, name, comment in (
        (agency.cadre, "request", ""),
        (agency.head, "endorse", REPORT),
        (agency.deputy_secretary, "approve", ""),
    ):
        asked.refresh_from_db()
        sent = {"version": asked.version, "comment": comment}
        assert browser_of(person).post(step(asked, name), sent).status_code == 302

    asked.refresh_from_db()
    assert (asked.state, asked.visit.state) == ("approved", "approved")


def test_first_screen_keeps_what_was_typed(agency):
    fields = {**FIELDS, "unit": agency.unit.pk, "reason": "Gấp", "starts_on": "31/02/2018"}
    answer = browser_of(agency.cadre).post(reverse("fieldvisits:request-new"), fields)

    assert answer.status_code == 422
    assert {"starts_on", "content"} & set(answer.context["form"].errors) == {"starts_on"}
    assert CONTENT in text_of(answer)
    assert not Visit.objects.exists()


def test_first_screen_says_which_half_day_is_taken(agency):
    draft(agency, NEXT_WEEK)
    fields = {**FIELDS, "unit": agency.unit.pk, "content": "Kiểm tra công tác đoàn vụ hai xã"}
    answer = browser_of(agency.cadre).post(reverse("fieldvisits:request-new"), fields)

    assert answer.status_code == 422
    assert "Already taken" in text_of(answer)


def test_first_screen_asks_why_only_of_a_visit_long_over(agency):
    fields = {**FIELDS, "unit": agency.unit.pk, "starts_on": "06/10/2018"}
    browser = browser_of(agency.cadre)
    answer = browser.post(reverse("fieldvisits:request-new"), fields)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"late_reason"})

    fields["late_reason"] = "Đi công tác liền một đợt, chưa về cơ quan"
    assert browser.post(reverse("fieldvisits:request-new"), fields).status_code == 302


def test_draft_is_changed_and_a_stale_form_is_told(agency):
    asked, browser = draft(agency, NEXT_WEEK), browser_of(agency.cadre)
    address = reverse("fieldvisits:request-edit", args=[asked.pk])
    fields = {**FIELDS, "unit": agency.unit.pk, "starts_on": "18/10/2018", "revision": "0"}
    assert browser.post(address, fields).status_code == 302
    assert Visit.objects.get().starts_on == date(2018, 10, 18)

    stale = browser.post(address, {**fields, "starts_on": "19/10/2018"})
    assert stale.status_code == 409
    requests.send(AdHocRequest.objects.get(), by=agency.cadre)
    assert browser.get(address).status_code == 409
    assert browser_of(agency.colleague).get(address).status_code == 404


def test_visit_page_offers_another_unit_ad_hoc(agency):
    standing, browser = approved_visit(agency, NEXT_WEEK), browser_of(agency.cadre)
    address = f"{reverse('fieldvisits:request-new')}?replaces={standing.pk}"
    assert address in text_of(browser.get(standing.get_absolute_url()))
    assert browser.get(address).context["form"].initial["content"] == CONTENT
    fields = {**FIELDS, "unit": agency.other_unit.pk}
    assert browser.post(address, fields).status_code == 302

    asked = AdHocRequest.objects.get()
    assert (asked.replaces, asked.visit.unit) == (standing, agency.other_unit)
    assert browser_of(agency.colleague).get(address).status_code == 404
    assert browser.get(f"{reverse('fieldvisits:request-new')}?replaces=x").status_code == 404


@pytest.mark.parametrize(
    ("make", "role", "names"),
    [
        (draft, "cadre", {"request", "cancel"}),
        (requested, "cadre", {"withdraw", "cancel"}),
        (endorsed, "cadre", {"cancel"}),
        (requested, "head", {"endorse", "return"}),
        (endorsed, "deputy_secretary", {"approve", "decline", "return"}),
        (endorsed, "secretary", {"approve", "decline", "return"}),
        (endorsed, "member", set()),
        (endorsed, "head", {"take_back"}),  # until somebody has decided
    ],
)
def test_buttons_are_those_of_the_path(agency, make, role, names):
    asked = make(agency, NEXT_WEEK)
    page = browser_of(getattr(agency, role)).get(asked.get_absolute_url()).context["page"]
    assert {one.name for one in page.buttons} == names


@pytest.mark.parametrize(
    ("make", "seen_by"),
    [
        (draft, {"cadre"}),
        (requested, {"cadre", "head"}),
        (endorsed, {"cadre", "head", "deputy_secretary", "secretary", "member"}),
    ],
)
def test_request_and_its_visit_are_found_by_those_who_have_to_do_with_it(agency, make, seen_by):
    asked = make(agency, NEXT_WEEK)
    for paper in (asked, asked.visit):
        found = {
            role
            for role in ("cadre", "colleague", "head", "deputy_secretary", "secretary", "member",
                         "coordinator", "office_head", "stranger")
            if browser_of(getattr(agency, role)).get(paper.get_absolute_url()).status_code == 200
        }  # fmt: skip
        assert found == seen_by


def test_draft_that_was_given_up_is_seen_by_its_author_alone(agency):
    asked = draft(agency, NEXT_WEEK)
    requests.cancel(asked, by=agency.cadre)
    for role in ("head", "secretary"):
        answer = browser_of(getattr(agency, role)).get(asked.get_absolute_url())
        assert answer.status_code == 404


def test_page_says_why_one_member_may_not_decide(agency):
    late = endorsed(agency, date(2018, 10, 1), late_reason="Đi liền một đợt, chưa về cơ quan")
    page = browser_of(agency.secretary).get(late.get_absolute_url())

    assert "only a sitting decides" in text_of(page)
    answer = browser_of(agency.secretary).post(step(late, "approve"), {"version": late.version})
    assert answer.status_code == 403


def test_desk_of_each_says_what_waits(agency):
    requested(agency, NEXT_WEEK)
    endorsed(agency, date(2018, 10, 18))
    draft(agency, date(2018, 10, 19))
    for role, words in (
        ("head", "Endorse 1 ad-hoc visit"),
        ("deputy_secretary", "Decide on 1 ad-hoc visit"),
        ("secretary", "Decide on 1 ad-hoc visit"),
        ("cadre", "Send or give up 1 ad-hoc request"),
    ):
        page = text_of(browser_of(getattr(agency, role)).get("/"))
        assert words in page, role
    assert "Decide on 1 ad-hoc visit" not in text_of(browser_of(agency.member).get("/"))
    assert reverse("fieldvisits:request-new") in text_of(browser_of(agency.cadre).get("/"))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("role", "queries"), [("deputy_secretary", 12), ("cadre", 8)])
def test_number_of_queries_of_the_list_does_not_grow(
    agency, django_assert_num_queries, count, role, queries
):
    """Session, person, offices (2), language and shell; departments of the filter; rows and
    waiting with their units.
    """
    for number in range(count):
        endorsed(agency, date(2018, 10, 15 + number))
    browser = browser_of(getattr(agency, role))
    browser.get(reverse("fieldvisits:request-list"))
    with django_assert_num_queries(queries):
        browser.get(reverse("fieldvisits:request-list"))


def test_list_is_filtered_and_goes_out_as_the_same_rows(agency):
    mine = requested(agency, NEXT_WEEK, unit=agency.other_unit)
    other = requested(agency, date(2019, 1, 9), cadre=agency.colleague)
    browser, address = browser_of(agency.head), reverse("fieldvisits:request-list")

    def found(query):
        return {one.request for one in browser.get(f"{address}?{query}").context["lines"]}

    assert found("state=requested") == {mine, other}
    assert found("state=endorsed") == set()
    assert found("year=2019") == {other}
    assert found(f"department={agency.rural.pk}") == {mine, other}
    assert found("text=dang huu") == {other}
    assert found(f"text={mine.visit.code}") == {mine}
    assert "No request fits the filter" in text_of(browser.get(f"{address}?text=zz"))
    answer = browser.get(f"{address}?year=2019&format=csv")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[1:]
    assert [row.split(";")[0] for row in rows] == [other.visit.code]


@pytest.mark.parametrize("role", ["cadre", "secretary"])
def test_request_page_asks_at_most_fifteen_queries(agency, django_assert_max_num_queries, role):
    standing = approved_visit(agency, NEXT_WEEK)
    asked = endorsed(agency, NEXT_WEEK, unit=agency.other_unit, replaces=standing)
    browser = browser_of(getattr(agency, role))
    for address in (asked.get_absolute_url(), step(asked, "approve")):
        with django_assert_max_num_queries(15):
            browser.get(address)


def test_sitting_shows_requests_on_its_agenda_and_decisions_between(agency):
    alone, open_one = endorsed(agency, NEXT_WEEK), endorsed(agency, date(2018, 10, 18))
    requests.approve(alone, by=agency.deputy_secretary)
    sitting = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 10))
    browser = browser_of(agency.coordinator)
    page = text_of(browser.get(f"{sitting.get_absolute_url()}?dossier=0"))
    panel = text_of(browser.get(reverse("fieldvisits:sitting-reported", args=[sitting.pk])))

    assert "Ad-hoc visits" in page
    assert REASON in page
    assert REPORT in page
    assert alone.get_absolute_url() in panel
    assert browser.get(open_one.get_absolute_url()).status_code == 200


def test_notice_read_before_a_decision_alone_is_not_the_one_closed(agency):
    sitting = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 10))
    browser = browser_of(agency.secretary)
    address = reverse("fieldvisits:sitting-close", args=[sitting.pk])
    form = browser.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    asked = endorsed(agency, NEXT_WEEK)
    requests.approve(asked, by=agency.deputy_secretary)

    assert browser.post(address, sent).status_code in (409, 422)
    sent = {name: (form := browser.get(address).context["form"])[name].value() for name in sent}
    assert browser.post(address, sent).status_code == 302
    notice = text_of(browser.get(reverse("fieldvisits:sitting-notice", args=[sitting.pk])))
    assert "Chuyến đột xuất đã quyết định giữa hai phiên họp" in notice
    assert "Lưu Gia Khánh quyết định ngày" in notice


def test_lines_of_a_request_are_decided_on_the_page(agency):
    endorsed(agency, NEXT_WEEK)
    sitting = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 10))
    line, browser = sitting.lines.get(), browser_of(agency.member)
    address = reverse("fieldvisits:line-decide", args=[sitting.pk, line.pk])
    assert browser.post(address, {"decision": "approve", "version": 0}).status_code == 302
    closing.close(sitting, by=agency.secretary, notice_number="7-TB")

    assert AdHocRequest.objects.get().state == "approved"
    assert sitting.lines.get().decision == Decision.APPROVE


def test_share_of_ad_hoc_days_is_that_of_the_ledger(agency):
    planned = approved_visit(agency, date(2018, 10, 11))
    asked = endorsed(agency, NEXT_WEEK, session="morning")
    requests.approve(asked, by=agency.secretary)
    Visit.objects.update(state="reported")
    book(list(Visit.objects.all()))
    share = AdHocShare.of(agency.rural, planned.quarter, date(2018, 10, 31))
    with time_machine.travel("2018-10-31 09:00+07:00", tick=False):
        address = reverse("fieldvisits:quarter-ad-hoc", args=["NT", "2018-4"])
        panel = text_of(browser_of(agency.head).get(address))
        board = text_of(browser_of(agency.secretary).get(reverse("reports:dashboard")))

    assert (share.ad_hoc, share.carried_out) == (1, 3)
    assert "33.3%" in panel
    assert "33.3%" in board
    assert AdHocShare.of(None, Quarter(2018, 4), date(2018, 10, 31)).percent is None


def test_requests_on_their_way_are_exported_as_proposed(agency, tmp_path):
    requested(agency, NEXT_WEEK)
    endorsed(agency, date(2018, 10, 18))
    export_tables(tmp_path)
    rows = (tmp_path / "visits.csv").read_text(encoding="utf-8-sig").splitlines()[1:]

    assert len(rows) == 2
    assert all(",ad_hoc,proposed," in row for row in rows)
