"""The regulation as data (R16): read by everybody, changed by the administrator, kept by papers."""

import re
from datetime import date, time

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import InboxItem
from fieldvisits.actions import plans
from fieldvisits.actions import regulation as actions
from fieldvisits.calendar import Quarter
from fieldvisits.models import Regulation, RegulationReading
from fieldvisits.overview.regulation import setting_fields
from fieldvisits.overview.rules import RULES
from fieldvisits.overview.setting_sections import sections
from tests.browsing import browser_of, text_of
from tests.factories.accounts import PersonFactory, appoint
from tests.factories.agency import make_agency, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def early_october():
    with time_machine.travel("2018-10-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def agency():
    return make_agency("administrator")


def form_of(browser, address):
    """What the form holds as it is opened, ready to be sent."""
    form = browser.get(address).context["form"]
    found = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in found.items() if value not in (None, False)}


def test_regulation_is_read_by_everybody_with_its_sources_and_settings(agency):
    for person in (agency.cadre, agency.secretary, agency.administrator, PersonFactory()):
        page = text_of(browser_of(person).get("/regulation/?year=2018"))
        assert "tối thiểu phải đủ 02 tháng trong một năm (60 ngày/năm)" in page
        assert re.search(r"<td class=\"n\">60</td>", page)
        assert "35-KH/TĐTN-TCKT" in page


def test_what_counts_is_quoted_with_all_six_kinds(agency):
    page = browser_of(agency.cadre).get("/regulation/?year=2018").content.decode()
    kinds = ("Theo chuyên đề:", "cơ sở đăng cai", "Kiểm tra, giám sát:", "tổ chức đại hội đoàn",
             "dự sinh hoạt chi đoàn", "Triển khai nghị quyết của đoàn")  # fmt: skip

    assert all(kind in page for kind in kinds)


def test_regulation_has_every_rule_asked_for():
    wanted = {f"R{number}" for number in (*range(1, 24), 25, 26)}

    assert {rule.code for rule in RULES} == wanted


def test_regulation_shows_every_setting_there_is_without_its_rule_number(agency):
    answer = browser_of(agency.cadre).get("/regulation/")
    shown = {one.name for sheet in answer.context["sheets"] for one in sheet.settings}
    shown |= {one.name for one in answer.context["rest"]}

    assert shown == {field.name for field in setting_fields()}
    of_target = [one.name for one in answer.context["sheets"][0].settings]
    assert {"target_days", "window_month", "window_day", "level_quotas"} <= set(of_target)
    assert not re.search(r"\(R\d+\)", text_of(answer))


def test_regulation_of_a_later_year_says_that_it_is_an_assumption(agency):
    browser = browser_of(agency.cadre)

    assert not browser.get("/regulation/?year=2020").context["assumed"]
    assert "giả định" in text_of(browser.get("/regulation/?year=2026"))


# --- Reading ------------------------------------------------------------------------------


def test_reading_is_noted_once(agency):
    version, browser = Regulation.objects.get(), browser_of(agency.cadre)
    for _press in range(2):
        assert browser.post(f"/regulation/{version.pk}/read/").status_code == 302

    assert RegulationReading.objects.get().person == agency.cadre
    assert "Đồng chí đã đọc" in text_of(browser.get("/regulation/?year=2018"))


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("administrator", {"Trần Thu Hà", "Tạ Bích Ngọc"}),
        ("coordinator", {"Trần Thu Hà", "Tạ Bích Ngọc"}),
        ("member", {"Trần Thu Hà", "Tạ Bích Ngọc"}),
        ("head", {"Trần Thu Hà"}),
    ],
)
def test_readers_are_seen_by_those_who_lead(agency, role, names):
    version = Regulation.objects.get()
    actions.acknowledge(version, by=agency.cadre)
    answer = browser_of(getattr(agency, role)).get(f"/regulation/{version.pk}/readers/")
    found = {row.person.full_name: row.read_at for row in answer.context["readers"]}

    assert names == {"Trần Thu Hà", "Tạ Bích Ngọc"} & set(found)
    assert [name for name, at in found.items() if at] == ["Trần Thu Hà"]


def test_readers_are_not_found_by_others(agency):
    pk = Regulation.objects.get().pk
    for page in (f"{pk}/readers", f"{pk}/change", "new"):
        assert browser_of(agency.cadre).get(f"/regulation/{page}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_readers_query_count_does_not_grow(agency, count, django_assert_num_queries):
    for _n in range(count):
        appoint(PersonFactory(), department=agency.office)
    browser, pk = browser_of(agency.secretary), Regulation.objects.get().pk

    # session, person, offices (2); version; people, department names, readings; menu
    with django_assert_num_queries(9):
        browser.get(f"/regulation/{pk}/readers/")


# --- Changing -----------------------------------------------------------------------------


def test_change_shows_old_and_new_before_it_writes(agency):
    browser, version = browser_of(agency.administrator), Regulation.objects.get()
    address = f"/regulation/{version.pk}/change/"
    fields = form_of(browser, address) | {"target_days": 45, "quota_branch": 30, "seen": ""}
    answer = browser.post(address, fields)

    assert answer.status_code == 200
    assert [line[1:3] for line in answer.context["shown"]["lines"]] == [
        ("60", "45"), ("chưa đặt", "chi đoàn: 30"),
    ]  # fmt: skip
    follows = "Chỉ tiêu, đạt hay chưa đạt, số ngày còn thiếu"  # what follows either change
    assert text_of(answer).count(follows) == 2
    assert Regulation.objects.get().target_days == 60
    fields["seen"] = answer.context["form"]["seen"].value()
    assert browser.post(address, fields).status_code == 302
    version.refresh_from_db()
    assert (version.target_days, version.level_quotas) == (45, {"branch": 30})


def test_every_setting_stands_once_under_a_heading_of_the_office(agency):
    """A new one that nobody placed falls under the last heading, which says so by being there."""
    browser, version = browser_of(agency.administrator), Regulation.objects.get()
    form = browser.get(f"/regulation/{version.pk}/change/").context["form"]
    shown = [field.name for _key, _title, fields in form.sections for field in fields]

    assert sorted(shown) == sorted(name for name in form.fields if name != "seen")
    assert "other" not in [section.key for section in sections()]


def changed(agency, **values):
    version = Regulation.objects.get()
    seen = actions.mark_of(version, values)
    return actions.change(version, values=values, by=agency.administrator, seen=seen)


def test_change_is_on_record_with_who_what_from_to_and_when(agency):
    version = changed(agency, target_days=45, weekly_due_at=time(16), plan_due_day=5)

    rows = {(row.name, row.before, row.after) for row in version.changes.all()}
    assert rows == {("target_days", 60, 45), ("weekly_due_at", "17:00:00", "16:00:00")}
    assert {row.by for row in version.changes.all()} == {agency.administrator}
    assert {timezone.localdate(row.at) for row in version.changes.all()} == {date(2018, 10, 2)}


@pytest.mark.parametrize(
    ("role", "sees"),
    [("administrator", True), ("coordinator", True), ("head", True), ("member", True),
     ("cadre", False)],
)  # fmt: skip
def test_record_of_changes_is_read_by_administrators_and_those_who_lead(agency, role, sees):
    changed(agency, weekly_due_at=time(16))
    page = text_of(browser_of(getattr(agency, role)).get("/regulation/?year=2018"))

    assert ("Lịch sử sửa các mức quy định" in page) is sees
    assert ('data-l="Mức cũ">17:00<' in page, 'data-l="Mức mới"><b>16:00<' in page) == (sees, sees)


def test_record_of_changes_is_append_only(agency):
    row = changed(agency, target_days=45).changes.get()

    with pytest.raises((DatabaseError), match="append-only"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(after=60)


def test_change_of_a_version_that_sent_papers_hold_is_refused(agency):
    plan = make_plan(agency, Quarter(2018, 4), days=(date(2018, 10, 9),))
    version = Regulation.objects.get()
    values = {"plan_due_day": 10}
    actions.change(
        version, values=values, by=agency.administrator, seen=actions.mark_of(version, values)
    )  # a draft holds nothing
    plans.submit(plan, by=agency.cadre)
    version.refresh_from_db()
    values = {"plan_due_day": 12}

    with pytest.raises(ValidationError, match="giữ phiên bản"):
        actions.change(
            version, values=values, by=agency.administrator, seen=actions.mark_of(version, values)
        )
    assert Regulation.objects.get().plan_due_day == 10


def test_change_confirmed_after_another_change_is_shown_again(agency):
    browser, version = browser_of(agency.administrator), Regulation.objects.get()
    address = f"/regulation/{version.pk}/change/"
    fields = form_of(browser, address) | {"target_days": 45, "seen": ""}
    fields["seen"] = browser.post(address, fields).context["form"]["seen"].value()
    Regulation.objects.update(target_days=50)

    assert browser.post(address, fields).status_code == 409
    assert Regulation.objects.get().target_days == 50


@pytest.mark.parametrize(
    ("name", "value"),
    [("target_days", "99999"), ("target_days", "-1"), ("annual_due_day", "31"),
     ("window_month", "13"), ("plan_due_day", "29"), ("weekly_due_at", "25:00"),
     ("quota_branch", "0")],
)  # fmt: skip
def test_change_puts_what_is_wrong_at_its_field(agency, name, value):
    browser, version = browser_of(agency.administrator), Regulation.objects.get()
    address = f"/regulation/{version.pk}/change/"
    Regulation.objects.update(annual_due_month=11)
    answer = browser.post(address, form_of(browser, address) | {name: value})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) <= {name, "window_day"}


def test_new_version_applies_from_its_year_and_everybody_is_told(agency):
    plans.submit(make_plan(agency, Quarter(2018, 4), days=(date(2018, 10, 9),)), by=agency.cadre)
    browser, address = browser_of(agency.administrator), "/regulation/new/"
    fields = form_of(browser, address) | {
        "number": "12-KH/TĐTN", "title": "Kế hoạch mới", "issued_on": "01/10/2018",
        "first_year": 2019, "target_days": 30, "seen": "",
    }  # fmt: skip
    fields["seen"] = browser.post(address, fields).context["form"]["seen"].value()
    assert browser.post(address, fields).status_code == 302

    old, new = Regulation.objects.order_by("first_year")
    assert (old.last_year, old.target_days, new.target_days) == (2018, 60, 30)
    assert Regulation.objects.for_year(2018) == old
    assert [(row.name, row.before, row.after) for row in new.changes.all()] == [
        ("target_days", 60, 30)
    ]
    assert InboxItem.objects.filter(kind="regulation", recipient=agency.cadre).exists()


def test_new_version_for_a_year_with_papers_sent_off_is_refused(agency):
    plans.submit(make_plan(agency, Quarter(2018, 4), days=(date(2018, 10, 9),)), by=agency.cadre)
    with pytest.raises(ValidationError):
        actions.bring(
            Regulation(number="2", title="x", issued_on=date(2018, 1, 1), first_year=2018),
            by=agency.administrator,
        )
    assert Regulation.objects.count() == 1


@pytest.mark.parametrize("role", ["coordinator", "secretary", "cadre"])
def test_regulation_is_changed_by_the_administrator_alone(agency, role):
    version = Regulation.objects.get()
    new = Regulation(number="2", title="x", issued_on=date(2018, 1, 1), first_year=2020)
    by = getattr(agency, role)

    with pytest.raises(PermissionDenied):
        actions.change(version, values={"target_days": 1}, by=by, seen="")
    with pytest.raises(PermissionDenied):
        actions.bring(new, by=by)
