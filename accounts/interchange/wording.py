"""What tables and columns are called where people read, and what is to be written in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.text import search_text

if TYPE_CHECKING:
    from collections.abc import Collection

    from django_stubs_ext import StrOrPromise

_COPY = re.compile(r"[\s_-]*(\(\d+\)|-\s*(copy|sao chép))$")  # "people (1)", "people - Copy"

_NUMBERING = {"tt", "stt", "so tt", "so thu tu", "no"}


@dataclass(frozen=True, slots=True)
class Word:
    """Of one column: its name for people, an example, and a sentence where one is needed."""

    label: StrOrPromise
    example: str = ""
    about: StrOrPromise = ""
    also: tuple[str, ...] = ()  # what offices call such a column as well


@dataclass(frozen=True, slots=True)
class Words:
    title: StrOrPromise
    columns: dict[str, Word] = field(default_factory=dict)
    about: StrOrPromise = ""
    also: tuple[str, ...] = ()  # what offices call such a list as well


_words: dict[str, Words] = {}
GUIDE = _("Explanation")  # the sheet of a template that says what its columns are


def explain(table: str, words: Words) -> None:
    """Give a table its words; whoever registers a table does."""
    _words[table] = words
    _titles.cache_clear()
    _labels.cache_clear()


def words_of(table: str) -> Words:
    return _words.get(table) or Words(table)


def is_guide(text: str) -> bool:
    """Whether a sheet only explains a table: that of our templates, in any language."""
    return _alike(text) in _by_name({"guide": GUIDE})


def is_example(table: str, texts: dict[str, str]) -> bool:
    """Whether a row is the one our template shows, left standing."""
    examples = {name: word.example for name, word in words_of(table).columns.items()}
    return bool(examples) and all(text.strip() == examples.get(n) for n, text in texts.items())


def title_of(table: str) -> str:
    return str(words_of(table).title)


def label_of(table: str, column: str) -> str:
    """Return what people call a column; its own name if nobody has given it another."""
    word = words_of(table).columns.get(column)
    return str(word.label) if word else column


def table_named(text: str, names: Collection[str]) -> str | None:
    """Return the table that a file or sheet of this name is for: by its name or its title."""
    plain = text.strip().lower()
    if plain in names:
        return plain
    found = _titles().get(_alike(_COPY.sub("", plain)))
    return found if found in names else None


def column_named(table: str, names: Collection[str], text: str) -> str:
    """Return the column with this heading; the heading itself if there is none."""
    plain = text.strip().lower()
    if plain in names:
        return plain
    return _labels(table).get(_alike(plain), plain)


def is_numbering(text: str) -> bool:
    """Whether a column only numbers the rows, as every list on paper does."""
    return _alike(text) in _NUMBERING


def _alike(text: str) -> str:
    """The text without what people write in one way or another: capitals, tones, strokes."""
    return search_text(re.sub(r"[\s_*:?.-]+", " ", text)).strip()


@lru_cache(maxsize=1)
def _titles() -> dict[str, str]:
    found = _by_name({name: words.title for name, words in _words.items()})
    return found | {_alike(text): name for name, words in _words.items() for text in words.also}


@lru_cache(maxsize=32)
def _labels(table: str) -> dict[str, str]:
    words = words_of(table).columns
    found = _by_name({name: word.label for name, word in words.items()})
    return found | {_alike(text): name for name, word in words.items() for text in word.also}


def _by_name(named: dict[str, StrOrPromise]) -> dict[str, str]:
    """Each name and each of its words in every language; what two share names neither."""
    found: dict[str, set[str]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for name, said in named.items():
                for text in (name, str(said)):
                    found.setdefault(_alike(text), set()).add(name)
    return {text: names.pop() for text, names in found.items() if len(names) == 1}
