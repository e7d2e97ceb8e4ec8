"""Vietnamese order and search (docs/regulation.md, conventions)."""

import random

import pytest

from accounts.models import Person
from accounts.text import search_text, sort_key
from tests.factories.accounts import PersonFactory

IN_ORDER = (
    "Nguyễn Văn An", "Lê Đức Anh", "Nguyễn Thị Lan Anh", "Vũ Ngọc Anh", "Trần Thị Ánh", "Lê Ân",
    "Phạm Thị Bình", "Lê Thị Diệp", "Đỗ Văn Dũng", "Vũ Thị Đào", "Hoàng Yến",
)  # fmt: skip


def test_names_sort_as_vietnamese_lists_do():
    names = list(IN_ORDER)
    random.Random(1).shuffle(names)

    assert tuple(sorted(names, key=sort_key)) == IN_ORDER


@pytest.mark.django_db
def test_people_sort_alike_in_the_database():
    for name in reversed(IN_ORDER):
        PersonFactory(full_name=name)

    assert tuple(person.full_name for person in Person.objects.in_order()) == IN_ORDER


@pytest.mark.parametrize("words", ["do thi duong", "Đỗ Thị", "DUONG", "Đô\u0303 thị đường"])
@pytest.mark.django_db
def test_search_ignores_case_and_diacritics(words):
    PersonFactory(full_name="Đỗ Thị Đường")
    PersonFactory(full_name="Lê Thị Diệp")

    assert [person.full_name for person in Person.objects.matching(words)] == ["Đỗ Thị Đường"]


def test_search_text_of_decomposed_text_is_the_same():
    assert search_text("Đỗ Thị Đường") == search_text("Đô\u0303 Thị Đươ\u0300ng")
