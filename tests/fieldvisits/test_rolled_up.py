"""Days at units as they were, and as of today: nothing lost, nothing invented."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine

from accounts.choices import Share
from accounts.interchange.importing import take_in
from accounts.interchange.reorganisation import DATA
from accounts.interchange.run import Run
from accounts.interchange.sources import Source, read_shipped
from accounts.models import Unit, UnitSuccession
from fieldvisits.ledger.at_units import Tree, unit_days
from fieldvisits.ledger.keeping import book
from fieldvisits.ledger.rolled_up import RolledUp, kept
from fieldvisits.models import LedgerEntry, Visit
from tests.factories.accounts import PersonFactory, make_unit
from tests.factories.visits import booked_visit

pytestmark = pytest.mark.django_db
FIRST, LAST, TODAY = date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 5)


@pytest.fixture(autouse=True)
def january():
    with time_machine.travel("2026-01-05 09:00+07:00", tick=False):
        yield


def days_of(tree):
    counts = unit_days(Unit.objects.all(), FIRST, LAST, TODAY, tree=tree)
    return {pk: row.half_days for pk, row in counts.items() if row.half_days}


def went(old, new, share):
    UnitSuccession.objects.create(old=old, new=new, share=share, on=date(2025, 7, 1))


def ended(place):
    return make_unit(place=place, kind="Xã", level="commune", ends_on=date(2025, 6, 30))


def begun(place):
    return make_unit(place=place, kind="Xã", level="commune", starts_on=date(2025, 7, 1))


def test_whole_successor_inherits_and_a_split_unit_keeps_its_history():
    whole, split, one, two = ended("A"), ended("B"), begun("C"), begun("D")
    went(whole, one, Share.WHOLE)
    went(split, one, Share.MAIN)
    went(split, two, Share.PART)
    for unit in (whole, split):
        booked_visit(PersonFactory(), "2025-05-21", unit=unit)
    booked_visit(PersonFactory(), "2025-09-10", unit=one)
    as_it_was, today = Tree.read(), RolledUp.of(Tree.read(), TODAY)

    assert days_of(as_it_was) == {whole.pk: 2, split.pk: 2, one.pk: 2}
    assert days_of(today) == {split.pk: 2, one.pk: 4}
    (row,) = kept(today, FIRST, LAST, TODAY)
    assert (row.unit_id, row.days.half_days) == (split.pk, 2)
    assert [(part.unit_id, part.share) for part in row.parts] == [
        (one.pk, "phần chính"), (two.pk, "một phần"),
    ]  # fmt: skip


def test_whole_of_a_whole_goes_on_to_who_stands_today():
    first = make_unit(place="A", ends_on=date(2025, 2, 28))
    then, now = ended("B"), begun("C")
    UnitSuccession.objects.create(old=first, new=then, share="whole", on=date(2025, 3, 1))
    went(then, now, Share.WHOLE)
    booked_visit(PersonFactory(), "2025-02-12", unit=first)

    assert days_of(RolledUp.of(Tree.read(), TODAY)) == {now.pk: 2}
    assert days_of(RolledUp.of(Tree.read(), date(2025, 6, 1))) == {then.pk: 2}


def the_real_tables():
    run = Run(print)
    names = {"units": "hanoi_units", "unit_succession": "hanoi_unit_succession"}
    sheets = {
        table: lambda file=file: read_shipped(DATA / f"{file}.csv") for table, file in names.items()
    }
    take_in(run, Source(sheets))
    assert not run.failed


def random_visits(dice, number):
    """One half-day each, on the units there were on the day."""
    cadres = PersonFactory.create_batch(10)
    old = list(Unit.objects.filter(versions__ends_on=date(2025, 6, 30)))
    new = list(Unit.objects.filter(versions__starts_on=date(2025, 7, 1)))
    visits = []
    for n in range(number):
        day = FIRST + timedelta(days=n)
        unit = dice.choice(old if day < date(2025, 7, 1) else new)
        visits.append(
            Visit(
                code=f"R{n:04d}", cadre=dice.choice(cadres), unit=unit, starts_on=day, ends_on=day,
                session="morning", kind="inspection", state="accepted", content="x",
            )
        )  # fmt: skip
    Visit.objects.bulk_create(visits)
    book(list(Visit.objects.all()))


def test_sums_are_the_same_on_the_real_tables_seen_either_way():
    the_real_tables()
    random_visits(random.Random(7), 300)
    entries = list(LedgerEntry.objects.values_list("unit_id", "date"))
    today = RolledUp.of(Tree.read(), TODAY)

    tree = Tree.read()
    as_it_was = Counter(tree.at_and_above(unit_id, day)[0] for unit_id, day in entries)
    rolled = Counter(today.at_and_above(unit_id, day)[0] for unit_id, day in entries)
    there = {pk for pk in rolled if today.heir(pk) == pk}
    stays = {row.unit_id for row in kept(today, FIRST, LAST, TODAY)}

    assert sum(as_it_was.values()) == sum(rolled.values()) == 300
    assert len(there) > 90
    assert {pk for pk in rolled if pk not in there} <= stays
    whole = set(UnitSuccession.objects.filter(share="whole").values_list("old_id", flat=True))
    assert whole & set(as_it_was)
    assert not whole & set(rolled)
