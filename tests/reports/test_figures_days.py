"""What each figure counts: one readable case for each line of docs/figures.md."""

from datetime import date

import pytest

from accounts.choices import Body
from fieldvisits.models import Regulation
from reports.figures import ad_hoc_share, cadre_standing, confirmed_share, day_rows
from tests.factories.accounts import DepartmentFactory, ExemptionFactory, PersonFactory, appoint
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
D = date(2018, 10, 24)


@pytest.fixture
def cadre():
    person = PersonFactory()
    appoint(person, department=DepartmentFactory())
    return person


def figures(cadre, as_of=D, year=2018):
    return cadre_standing(cadre, year, as_of)


def days(cadre, as_of=D):
    return figures(cadre, as_of).days


# The state of one visit of one whole day, before or after D: which figures have its two halves.
IN_STATE = [
    ("proposed", "past", {"planned"}),
    ("approved", "past", {"planned", "approved", "unreported"}),
    ("reported", "past", {"planned", "approved", "carried_out"}),
    ("accepted", "past", {"planned", "approved", "carried_out", "accepted"}),
    ("declined", "past", set()),
    ("cancelled", "past", set()),
    ("proposed", "ahead", {"planned"}),
    ("approved", "ahead", {"planned", "approved", "ahead"}),
    ("reported", "ahead", {"planned", "approved", "ahead"}),
    ("accepted", "ahead", {"planned", "approved", "ahead"}),
]


@pytest.mark.parametrize(("state", "when", "expected"), IN_STATE)
def test_figures_of_a_visit_in_each_state(cadre, state, when, expected):
    booked_visit(cadre, "2018-10-24" if when == "past" else "2018-10-25", state=state)

    found = days(cadre)

    names = ("planned", "approved", "ahead", "unreported",
             "carried_out", "accepted", "provisional", "confirmed")  # fmt: skip
    assert {name: getattr(found, name) for name in names} == {
        name: 2 if name in expected else 0 for name in names
    }


def test_half_day_claimed_twice_counts_once(cadre):
    booked_visit(cadre, "2018-05-21", session="full")
    booked_visit(cadre, "2018-05-21", session="morning", shared=True)

    assert days(cadre).accepted == 2


def test_carried_out_half_day_is_not_unreported_again(cadre):
    booked_visit(cadre, "2018-05-21", state="reported")
    booked_visit(cadre, "2018-05-21", "2018-05-22", state="approved", shared=True)

    assert (days(cadre).carried_out, days(cadre).unreported) == (2, 2)


@pytest.mark.parametrize("product", ["none", "owed", "submitted"])
def test_thematic_visit_without_its_product_is_provisional(cadre, product):
    booked_visit(cadre, "2018-05-21", kind="thematic", product=product)

    assert (days(cadre).accepted, days(cadre).provisional) == (0, 2)


def test_thematic_visit_with_its_product_is_official(cadre):
    booked_visit(cadre, "2018-05-21", kind="thematic", product="accepted")

    assert (days(cadre).accepted, days(cadre).provisional) == (2, 0)


def test_official_half_day_is_not_provisional_again(cadre):
    booked_visit(cadre, "2018-05-21", kind="thematic", product="owed")
    booked_visit(cadre, "2018-05-21", session="morning", shared=True)

    assert (days(cadre).accepted, days(cadre).provisional) == (1, 1)


@pytest.mark.parametrize(
    ("confirmation", "accepted", "confirmed"),
    [
        ("none", 2, 0),
        ("asked", 2, 0),
        ("confirmed", 2, 2),
        ("corrected", 2, 0),
        ("disputed", 2, 0),
        ("denied", 0, 0),
        ("expired", 2, 0),
    ],
)
def test_confirmation_only_takes_days_away_when_denied(cadre, confirmation, accepted, confirmed):
    booked_visit(cadre, "2018-05-21", confirmation=confirmation)

    assert (days(cadre).accepted, days(cadre).confirmed) == (accepted, confirmed)


def test_attendance_is_not_counted_for_its_own_reason(cadre):
    booked_visit(cadre, "2018-05-21", kind="event_attendance", state="reported")

    found = days(cadre)
    assert (found.planned, found.event_attendance, found.denied) == (0, 2, 0)


def test_attendance_and_denial_of_one_half_day_is_a_denial(cadre):
    booked_visit(cadre, "2018-05-21", kind="event_attendance")
    booked_visit(cadre, "2018-05-21", confirmation="denied", shared=True)

    assert (days(cadre).event_attendance, days(cadre).denied) == (0, 2)


def test_denied_half_day_that_another_visit_carried_out_is_counted(cadre):
    booked_visit(cadre, "2018-05-21", confirmation="denied")
    booked_visit(cadre, "2018-05-21", session="afternoon")

    assert (days(cadre).accepted, days(cadre).denied) == (1, 1)


def test_shared_half_day_goes_to_the_lowest_code(cadre):
    booked_visit(cadre, "2018-05-21", code="a", kind="inspection")
    booked_visit(cadre, "2018-05-21", code="Z", kind="thematic", product="owed", shared=True)
    booked_visit(cadre, "2018-05-21", code="Z1", kind="working_session", shared=True)

    assert days(cadre).kinds["working_session"] == 2  # "Z" is not official, "Z1" < "a"


def test_visit_over_the_end_of_a_quarter_is_split_by_date(cadre):
    booked_visit(cadre, "2018-06-30", "2018-07-02")

    assert days(cadre).by_quarter == (0, 2, 4, 0)


def test_visit_over_new_year_is_split_by_date(cadre):
    booked_visit(cadre, "2018-12-31", "2019-01-02")

    assert figures(cadre, date(2018, 12, 31), 2018).days.accepted == 2
    assert figures(cadre, date(2019, 12, 31), 2019).days.accepted == 4


def test_as_of_day_itself_is_past(cadre):
    booked_visit(cadre, "2018-10-24", "2018-10-25")

    assert (days(cadre).accepted, days(cadre).ahead) == (2, 2)


def test_forecast_adds_official_provisional_and_ahead(cadre):
    booked_visit(cadre, "2018-05-21")
    booked_visit(cadre, "2018-05-22", kind="thematic", product="owed")
    booked_visit(cadre, "2018-11-01", state="approved")
    booked_visit(cadre, "2018-05-23", state="reported")

    assert figures(cadre).forecast == 6


def test_shares_are_empty_without_days(cadre):
    assert (ad_hoc_share(days(cadre)), confirmed_share(days(cadre))) == (None, None)


def test_shares_are_parts_of_their_own_totals(cadre):
    booked_visit(cadre, "2018-05-21", origin="ad_hoc", state="reported")
    booked_visit(cadre, "2018-05-22", "2018-05-24", session="morning", confirmation="confirmed")
    booked_visit(cadre, "2018-05-25", session="morning")

    assert (ad_hoc_share(days(cadre)), confirmed_share(days(cadre))) == (2 / 6, 3 / 4)


def test_window_from_25_october_is_named_after_the_year_it_ends_in(cadre):
    Regulation.objects.update(window_month=10, window_day=25)
    booked_visit(cadre, "2017-10-24", "2017-10-25")
    booked_visit(cadre, "2018-10-24", "2018-10-25")

    found = figures(cadre, date(2018, 10, 24)).days

    assert (found.accepted, found.by_quarter) == (4, (0, 0, 0, 4))


def test_person_out_of_scope_has_no_figures(cadre):
    cadre.in_scope = False
    cadre.save()

    assert figures(cadre) is None


def test_committee_member_without_department_has_figures(cadre):
    member = PersonFactory()
    appoint(member, body=Body.STANDING_COMMITTEE, office="member")
    booked_visit(member, "2018-05-21")

    assert (figures(member).department, figures(member).days.accepted) == ("THUONG_TRUC", 2)


def test_every_half_day_says_how_it_was_counted(cadre):
    booked_visit(cadre, "2018-05-21", session="morning", code="A")
    booked_visit(cadre, "2018-05-21", session="morning", code="B", shared=True)
    booked_visit(cadre, "2018-05-22", session="morning", state="approved")
    booked_visit(cadre, "2018-12-01", session="afternoon", state="approved")

    rows = day_rows(cadre, 2018, D)

    assert [(row.code[0], row.reason) for row in rows] == [
        ("A", "counted"), ("B", "same_slot"), ("T", "not_reported"), ("T", "ahead"),
    ]  # fmt: skip


def test_exemption_of_the_whole_year_leaves_the_target_and_no_pace(cadre):
    ExemptionFactory(person=cadre, starts_on=date(2018, 1, 1))

    found = figures(cadre)

    assert (found.target, found.pace, found.standing) == (120, 0, "on_pace")
