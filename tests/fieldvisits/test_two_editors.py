"""Two people, or two windows, edit one draft: nothing is lost silently (B3).

Every form that changes a draft is in the table; each is opened twice, saved by the first, then by
the second, who reads both texts and may save again.
"""

from dataclasses import dataclass
from datetime import date, time

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from fieldvisits.actions import dossiers, products, sittings, units
from fieldvisits.calendar import Quarter, Week
from fieldvisits.models import Product, Visit
from reports.actions import annual_reports as actions
from reports.actions import writing
from reports.models import AnnualReport, QuarterlyReport, WeeklyReport
from tests.factories.agency import add_visit, make_agency, make_plan
from tests.factories.requests import draft
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
Q4, W40 = Quarter(2018, 4), Week(2018, 40)
DAY = date(2018, 10, 20)
FIRST, SECOND = "Người thứ nhất viết câu này trước", "Người thứ hai viết câu khác sau"


@dataclass
class Case:
    who: Person
    page: str  # where the form is read
    form: str  # its name in the context
    field: str
    stored: object  # () -> the text as it is stored
    sent_to: str = ""  # where it is sent, if elsewhere
    ticked: tuple[str, ...] = ()


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-08 09:00+07:00", tick=False):
        yield


@pytest.fixture
def agency():
    return make_agency()


def plan_row(agency):
    visit = add_visit(make_plan(agency, Q4), agency.unit, DAY)
    page = reverse("fieldvisits:visit-edit", args=[visit.plan_id, visit.pk])
    return Case(agency.cadre, page, "form", "content", lambda: Visit.objects.get().content)


def ad_hoc_request(agency):
    asked = draft(agency, DAY)
    page = reverse("fieldvisits:request-edit", args=[asked.pk])
    return Case(agency.cadre, page, "form", "reason", lambda: type(asked).objects.get().reason)


def weekly(agency):
    writing.save_weekly(W40, by=agency.cadre, said={"results": "Câu đầu"})
    page = reverse("reports:weekly-write", args=[W40])
    return Case(agency.cadre, page, "form", "results", lambda: WeeklyReport.objects.get().results)


def quarterly(agency):
    quarter = Quarter(2018, 3)
    writing.save_quarterly(quarter, by=agency.cadre, said={"results": "Câu đầu"})
    page = reverse("reports:quarterly-write", args=[quarter])
    stored = lambda: QuarterlyReport.objects.get().results  # noqa: E731 -- as in the others
    return Case(agency.cadre, page, "form", "results", stored)


def annual(agency):
    actions.save(agency.rural, 2018, by=agency.head, said={"results": "Câu đầu"})
    page = reverse("reports:annual-report-write", args=[agency.rural.code, 2018])
    return Case(agency.head, page, "form", "results", lambda: AnnualReport.objects.get().results)


def product(agency):
    visit = booked_visit(agency.cadre, "2018-10-01", "2018-10-02", state="approved")
    made = Product.objects.create(visit=visit, department=agency.rural, due_on=DAY)
    products.write(made, by=agency.cadre, title="Chuyên đề", summary="Câu đầu", link="")
    page = reverse("fieldvisits:product-write", args=[made.pk])
    return Case(agency.cadre, page, "form", "summary", lambda: Product.objects.get().summary)


def meeting(agency):
    dossier = dossiers.record_meeting(
        dossiers.current(agency.rural, Q4), by=agency.head, met_on=date(2018, 10, 2),
        present="Toàn ban", conclusions="Câu đầu",
    )  # fmt: skip
    page = reverse("fieldvisits:department-quarter", args=["NT", Q4])
    return Case(
        agency.head, page, "meeting", "conclusions",
        lambda: type(dossier).objects.get().conclusions,
        sent_to=reverse("fieldvisits:dossier-meeting", args=["NT", Q4]),
    )  # fmt: skip


def overview(agency):
    booked_visit(agency.cadre, "2018-10-01", "2018-10-01", state="approved", unit=agency.unit)
    units.describe(agency.unit, by=agency.cadre, parts={"activity": "Câu đầu"})
    page = reverse("fieldvisits:overview-write", args=[agency.unit.pk])
    stored = lambda: agency.unit.overviews.first().activity  # noqa: E731 -- as in the others
    return Case(agency.cadre, page, "form", "activity", stored)


def presence(agency):
    sitting = sittings.convene(by=agency.coordinator, held_on=date(2018, 10, 8))
    member = agency.member.pk
    return Case(
        agency.coordinator, sitting.get_absolute_url(), "presence", f"reason_{member}",
        lambda: sitting.presences.get(member=member).reason,
        sent_to=reverse("fieldvisits:sitting-presence", args=[sitting.pk]),
        ticked=(f"absent_{member}",),
    )  # fmt: skip


FORMS = [plan_row, ad_hoc_request, weekly, quarterly, annual, product, meeting, overview, presence]


def opened(browser, case):
    """What a browser would send back: every field as the page gives it."""
    form = browser.get(case.page).context[case.form]
    values = {form[name].html_name: form[name].value() for name in form.fields}
    said = {
        name: value for name, value in values.items() if value is not None and value is not False
    }
    for name, value in said.items():
        if isinstance(value, date):
            said[name] = f"{value:%d/%m/%Y}"
        elif isinstance(value, time):
            said[name] = f"{value:%H:%M}"
    return said | dict.fromkeys(case.ticked, "on")


def save(browser, case, typed):
    return browser.post(case.sent_to or case.page, typed)


def both(agency, make):
    """The form opened twice and saved by the first: the case, the browser, what the second has."""
    case, browser = make(agency), Client()
    browser.force_login(Person.objects.get(pk=case.who.pk))
    first, second = opened(browser, case), opened(browser, case)
    assert save(browser, case, first | {case.field: FIRST}).status_code == 302
    return case, browser, second | {case.field: SECOND}


@pytest.mark.parametrize("make", FORMS, ids=lambda make: make.__name__)
def test_second_editor_reads_both_texts_and_saves_only_then(agency, make):
    case, browser, typed = both(agency, make)
    answer = save(browser, case, typed)

    assert (answer.status_code, case.stored()) == (409, FIRST)
    page, form = answer.content.decode(), answer.context[case.form]
    assert [text for _label, text in form.theirs if text == FIRST]
    assert {"None", ""}.isdisjoint(label for label, _text in form.theirs)
    assert len(form.theirs) == (2 if make is presence else 1)  # with the chair; nothing hidden
    assert FIRST in page
    assert SECOND in page
    assert form[case.field].value() == SECOND
    hidden = {name: form[name].value() for name in ("seen", "revision") if name in form.fields}
    assert save(browser, case, typed | hidden).status_code == 302
    assert case.stored() == SECOND


BY_MARK = {
    product: "fieldvisits.actions.products", meeting: "fieldvisits.actions.dossiers",
    overview: "fieldvisits.actions.units", presence: "fieldvisits.actions.sittings",
}  # fmt: skip


@pytest.mark.parametrize("make", BY_MARK, ids=lambda make: make.__name__)
def test_control_without_the_check_the_first_text_would_be_lost(agency, make, monkeypatch):
    monkeypatch.setattr(f"{BY_MARK[make]}.require_seen", lambda *_marks: None)
    case, browser, typed = both(agency, make)

    assert (save(browser, case, typed).status_code, case.stored()) == (302, SECOND)


@pytest.mark.parametrize("make", [product, meeting, presence], ids=lambda make: make.__name__)
def test_the_same_text_sent_twice_is_no_second_text(agency, make):
    case, browser, typed = both(agency, make)

    assert save(browser, case, typed | {case.field: FIRST}).status_code == 302
