"""Pages of a long list: continued from the last row shown, never by passing over rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.keyset import Keyset
from accounts.models import InboxItem, Person
from accounts.paging import page_of
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db
SIZE = 3


def page(rows, address):
    return page_of(RequestFactory().get(f"/list/{address}"), rows, SIZE)


@pytest.fixture
def items():
    """Eight messages, in pairs of the same instant; the latest first."""
    person, now = PersonFactory(), timezone.now()
    InboxItem.objects.bulk_create(
        InboxItem(
            recipient=person, kind="decided", subject=str(n), key=str(n),
            created_at=now - timedelta(minutes=n // 2),
        )
        for n in range(8)
    )  # fmt: skip
    return InboxItem.objects.order_by("-created_at", "-pk")


def walk(rows):
    """Every row by following the link to the next page."""
    found, address = [], "?show=all"
    while address:
        shown = page(rows, address)
        found += shown.rows
        address = shown.next_url
    return found


def test_pages_followed_to_the_end_show_every_row_once_in_order(items):
    assert walk(items) == list(items)


def test_next_page_passes_over_no_row(items):
    address = page(items, "").next_url
    with CaptureQueriesContext(connection) as asked:
        page(items, address)

    assert ["OFFSET" in one["sql"] for one in asked.captured_queries] == [False]


def test_page_asked_for_by_number_alone_is_counted_out(items):
    """The control, and the fallback: an address typed by hand still works."""
    with CaptureQueriesContext(connection) as asked:
        shown = page(items, "?page=2")

    assert shown.rows == list(items)[3:6]
    assert "OFFSET" in asked.captured_queries[0]["sql"]


def test_row_written_meanwhile_moves_nothing_onto_the_next_page(items):
    first = page(items, "")
    newest = items[0]
    newest.pk, newest.key, newest.created_at = None, "new", timezone.now() + timedelta(days=1)
    newest.save(force_insert=True)

    assert page(items, first.next_url).rows == list(items)[4:7]


@pytest.mark.parametrize("mark", ["x", "x:y", "WyJhIl0:zzz", "%00", "a" * 5000])
def test_mark_that_is_not_ours_is_counted_out(items, mark):
    assert page(items, f"?page=2&after={mark}").rows == list(items)[3:6]


def test_mark_of_another_order_is_not_taken(items):
    address = page(items, "").next_url

    turned = items.order_by("created_at", "pk")
    assert page(turned, address).rows == list(turned)[3:6]


@pytest.mark.parametrize(
    "rows",
    [
        [1, 2, 3],
        Person.objects.order_by("email", "pk"),  # may be empty
        Person.objects.order_by("sort_key"),  # no total order
        InboxItem.objects.order_by("recipient", "pk"),  # the order of another table
    ],
)
def test_order_that_cannot_be_continued_has_no_marks(rows):
    assert Keyset.of(rows) is None
