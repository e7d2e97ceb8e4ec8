"""1/7/2025 on the real tables: what ends, what begins, what goes where, nothing lost."""

from dataclasses import dataclass
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.actions.organisation import Decision
from accounts.choices import Body, ImportState, OrganisationVerb
from accounts.imports import asking, working
from accounts.interchange.importing import take_in
from accounts.interchange.reorganisation import DATA, ON, Asked, latest_event, row_count
from accounts.interchange.run import Run
from accounts.interchange.sources import Source, read_shipped
from accounts.models import (
    Appointment,
    ClusterMembership,
    EmulationCluster,
    ImportJob,
    Person,
    Unit,
    UnitSuccession,
    UnitVersion,
)
from fieldvisits.models import ConfirmationRequest
from tests.factories.accounts import DepartmentFactory, PersonFactory, appoint, make_unit
from tests.factories.agency import representative
from tests.factories.imports import worked_on
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def early_june():
    with time_machine.travel("2025-06-02 09:00+07:00", tick=False):
        yield


@pytest.fixture
def administrator():
    person = PersonFactory(full_name="Quản trị")
    appoint(person, body=Body.ADMINISTRATION, office="administrator")
    return person


def the_city_before():
    """The 30 districts and 526 communes as an office entered them before anybody knew."""

    def cells():
        for number, row in read_shipped(DATA / "hanoi_units.csv"):
            if number == 1 or row[0][0] != "N":
                yield number, row[:-2] + (row[-2:] if number == 1 else ["", ""])

    run = Run(print)
    take_in(run, Source({"units": cells}))
    assert not run.failed


@dataclass
class Office:
    """An office before 1/7/2025: one name of its own, a representative, an affiliated union."""

    own: UnitVersion
    ward: Unit
    answers: Person
    kept: Unit


@pytest.fixture
def office():
    the_city_before()
    own = UnitVersion.objects.get(unit__code="D001")
    own.name = "Quận Ba Đình (tên của cơ quan)"
    own.index("D001").save()
    ward = Unit.objects.get(code="C00001")
    kept = make_unit(place="Đại học", kind="Đoàn trực thuộc", level="affiliated")
    return Office(own, ward, representative(ward), kept)


def looked_through(by, asked=None):
    return worked_on(asking.ask_reorganisation(asked or Asked(), by=by))


def reorganised(by):
    job = looked_through(by)
    asking.confirm(job, by=by)
    return worked_on(job)


def organisation_as_rows():
    """What the reorganisation writes, table by table."""
    models = (Unit, UnitVersion, UnitSuccession, Appointment, ClusterMembership)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_districts_and_communes_end_and_new_units_begin_with_every_link(administrator, office):
    asked = Asked(decision=Decision("1656/NQ", date(2025, 6, 16)))
    job = looked_through(administrator, asked)

    assert not UnitSuccession.objects.exists()  # only looked at
    seen = job.found
    assert seen["rows"] == row_count()  # what the bar counted towards
    assert (seen["ending"], seen["beginning"], seen["links"]) == (556, 126, 794)
    assert seen["called_otherwise"] == [[office.own.name, "Quận Ba Đình"]]
    assert [row["count"] for row in seen["concerned"]] == [1]
    assert [row[1:] for row in seen["counts"]][:3] == [[526, 126], [30, 0], [1, 1]]

    asking.confirm(job, by=administrator)
    worked_on(job)

    event = latest_event()
    assert (event.kind, event.decision_number) == (OrganisationVerb.REORGANISED, "1656/NQ")
    assert (event.by, UnitSuccession.objects.count()) == (administrator, 794)
    assert [UnitVersion.objects.on(day).count() for day in (date(2025, 6, 30), ON)] == [557, 127]
    assert UnitVersion.objects.get(unit__code="D001").name == office.own.name
    assert office.kept.exists_on(ON)
    there = Appointment.objects.on(ON).get(person=office.answers)
    assert there.unit == office.ward.successors.get().new
    idle = looked_through(administrator)
    assert (idle.state, idle.is_confirmable) == (ImportState.CHECKED, False)


def test_reorganisation_is_taken_back_to_what_was_and_can_be_asked_for_again(administrator, office):
    cluster = EmulationCluster.objects.create(name="Cụm 1", starts_on=date(2020, 1, 1))
    ClusterMembership.objects.create(cluster=cluster, unit=office.ward, starts_on=date(2020, 1, 1))
    later = representative(office.ward, starts_on=date(2025, 8, 1))  # struck out by it
    before = organisation_as_rows()
    job = reorganised(administrator)
    assert not Appointment.objects.filter(person=later, unit=office.ward).exists()

    asking.undo(job, by=administrator)

    assert organisation_as_rows() == before
    event = latest_event()
    assert (event.kind, event.details["after"]["what"]) == ("withdrawn", "reorganised")
    assert reorganised(administrator).state == ImportState.DONE


def test_reorganisation_on_which_something_was_built_stays(administrator, office):
    job = reorganised(administrator)
    new = office.ward.successors.get().new
    answers = representative(new)

    with pytest.raises(ValidationError, match="1 “"):
        asking.undo(job, by=administrator)

    assert Appointment.objects.filter(person=answers, unit=new).exists()
    assert UnitSuccession.objects.count() == 794


@time_machine.travel("2025-07-05 09:00+07:00", tick=False)
def test_request_that_has_gone_on_to_a_successor_keeps_the_reorganisation(administrator, office):
    visit = booked_visit(PersonFactory(), "2025-06-10", unit=office.ward)
    asked = ConfirmationRequest.objects.create(
        visit=visit, unit=office.ward, department=DepartmentFactory(), state="asked", version=1,
        due_on=date(2025, 7, 10), moved_at=timezone.now(),
    )  # fmt: skip
    job = reorganised(administrator)
    asked.refresh_from_db()
    assert asked.unit == office.ward.successors.get().new

    assert asking.stands_in_the_way(job, by=administrator)
    assert UnitSuccession.objects.count() == 794


def test_another_picture_than_the_one_seen_changes_nothing(administrator, office):
    job = looked_through(administrator)
    representative(Unit.objects.get(code="C00004"))  # one more is concerned
    asking.confirm(job, by=administrator)

    assert worked_on(job).state == ImportState.FAILED
    assert not UnitSuccession.objects.exists()
    assert latest_event() is None


def test_reorganisation_goes_over_its_pages(client, administrator, office):
    client.force_login(administrator)
    asked = {"decision_number": "1656/NQ", "decision_on": "16/06/2025", "moves_people": "on"}

    page = client.post("/organisation/reorganisation/", asked)

    job = ImportJob.objects.get()
    here = job.get_absolute_url()
    assert page.headers["Location"] == here
    working._manner(job).on_row(700)
    bar = client.get(f"{here}progress/").content.decode()
    assert 'value="700" max="1476"' in bar
    assert "hx-get" in bar
    worked_on(job)
    shown = client.get(here).content.decode()
    assert all(said in shown for said in ("1656/NQ", office.own.name, office.answers.full_name))
    client.post(f"{here}confirm/")
    worked_on(job)
    assert f"{here}undo/" in client.get(here).content.decode()
    assert here in client.get("/organisation/reorganisation/").content.decode()
    assert client.post(f"{here}undo/").status_code == 302
    assert "<form" in client.get("/organisation/reorganisation/").content.decode()
