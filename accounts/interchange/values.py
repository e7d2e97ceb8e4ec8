"""What may stand in a cell: each kind reads a text, writes it back, and says what is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.text import clean

if TYPE_CHECKING:
    from django.db import models

FIRST_YEAR, LAST_YEAR = 1900, 2199
CODE_LENGTH = 40
PHONE_LENGTH = 40
_SHOWN = 60  # characters of a refused value that a message quotes
_ISO = re.compile(r"(\d{1,4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_VIETNAMESE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{1,4})")
_SERIAL = re.compile(r"\d{5}")  # a date cell whose format was lost: 43248
_EXCEL_EPOCH = date(1899, 12, 30)
_INSTANT = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})[ T](\d{1,2}:.*)")
_DEGREES = re.compile(r"[+-]?\d{1,3}(\.\d+)?(e-\d{1,2})?")
_NO_NOUGHT = re.compile(r"[235789]\d{8,9}")
_YES, _NO = {"1", "có", "yes", "true", "đúng"}, {"0", "không", "no", "false", "sai"}
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85]")


class Unreadable(Exception):
    """Why a cell cannot be taken; ``str`` of it is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How cells of one column are read and written. An empty cell never gets here."""

    read: Callable[[str], Any]
    write: Callable[[Any], str] = str
    # What to write there, for who fills in a table.
    hint: Callable[[], str] = lambda: ""
    # Whether any text may stand there, of which only the spaces are put in order.
    is_text: bool = False
    has_lines: bool = False
    # What a value is called on the screen, where it is not what is written.
    words: Callable[[Any], str] | None = None


def quoted(text: str) -> str:
    """Return ``text`` as a message may show it: short, and nothing a terminal obeys."""
    shown = "".join(c if c.isprintable() else "·" for c in text[: _SHOWN + 1])
    return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"


def _storable(text: str) -> str:
    """Return ``text``; raise ``Unreadable`` for signs no text of ours may hold."""
    if text.isprintable():
        return text
    for char in text:
        if "\udc80" <= char <= "\udcff":
            raise Unreadable(_("This is not UTF-8 text."))
        category = unicodedata.category(char)
        if category == "Cs" or (category == "Cc" and char not in "\t\n\r\x85"):
            raise Unreadable(_("Contains a control character (U+%04X).") % ord(char))
    return text


def clean_lines(text: str) -> str:
    r"""Return ``text`` in NFC, spaces collapsed in each line, its line breaks kept.

    >>> clean_lines(" a   b \r\n\r\n c ")
    'a b\n\nc'
    """
    lines = _LINE_ENDS.sub("\n", text).split("\n")
    return "\n".join(clean(line) for line in lines).strip("\n")


def _short_enough(text: str, length: int) -> str:
    if len(text) > length:
        problem = _("Longer than %(max)d characters (%(n)d).")
        raise Unreadable(problem % {"max": length, "n": len(text)})
    return text


def line(length: int) -> Kind:
    """One line of text of at most ``length`` characters."""

    def read(text: str) -> str:
        return _short_enough(clean(_storable(text)), length)

    return Kind(read, clean, lambda: _("Text, at most %(n)d characters") % {"n": length}, True)


def lines(length: int) -> Kind:
    """Text with line breaks."""

    def read(text: str) -> str:
        return _short_enough(clean_lines(_storable(text)), length)

    def hint() -> str:
        return _("Text, may have several lines; at most %(n)d characters") % {"n": length}

    return Kind(read, clean_lines, hint, True, has_lines=True)


def choice(
    choices: type[models.TextChoices] | tuple[str, ...], also: dict[str, str] | None = None
) -> Kind:
    """One of some values, by its own name, its words in any language, or what is ``also`` said."""
    allowed = tuple(choices) if isinstance(choices, tuple) else tuple(choices.values)
    known = (also or {}) | {value: value for value in allowed}

    def named() -> str:
        labels = {} if isinstance(choices, tuple) else dict(choices.choices)
        return ", ".join(f"{one} ({labels[one]})" if one in labels else one for one in allowed)

    def read(text: str) -> str:
        plain = clean(text).lower()
        found = known.get(text) or known.get(plain) or _by_label(choices, plain)
        if found is None:
            problem = _("“%(value)s” is not one of: %(allowed)s.")
            raise Unreadable(problem % {"value": quoted(text), "allowed": named()})
        return found

    def words(value: str) -> str:
        return str(value if isinstance(choices, tuple) else choices(value).label)

    return Kind(read, hint=lambda: _("One of: %(allowed)s") % {"allowed": named()}, words=words)


def by_words(choices: type[models.TextChoices], text: str) -> str | None:
    """Return the value whose words, in any language, are ``text``."""
    return _labelled(choices).get(clean(text).lower())


def _by_label(choices: type[models.TextChoices] | tuple[str, ...], plain: str) -> str | None:
    """Return the value that people call ``plain`` in one of the languages, if it is one only."""
    return None if isinstance(choices, tuple) else _labelled(choices).get(plain)


@lru_cache(maxsize=64)
def _labelled(choices: type[models.TextChoices]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for value, label in choices.choices:
                found.setdefault(clean(str(label)).lower(), set()).add(value)
    return {label: values.pop() for label, values in found.items() if len(values) == 1}


def _read_flag(text: str) -> bool:
    plain = clean(text).lower()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise Unreadable(_("“%(value)s” is neither 0 nor 1.") % {"value": quoted(text)})


@lru_cache(maxsize=4096)
def _date_of(text: str) -> date | None:
    """Return the day, or None if there is no such day; may raise ``ValueError`` too."""
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _VIETNAMESE.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif _SERIAL.fullmatch(text):
        return _EXCEL_EPOCH + timedelta(days=int(text))
    else:
        return None
    return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else date.min


def _read_day(text: str) -> date:
    try:
        found = _date_of(text.strip())
    except ValueError:
        found = None
    if found is None:
        problem = _("“%(value)s” is not a day; write 28/05/2018 or 2018-05-28.")
        raise Unreadable(problem % {"value": quoted(text)})
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        problem = _("“%(value)s” lies outside the years %(first)d to %(last)d.")
        raise Unreadable(problem % {"value": quoted(text), "first": FIRST_YEAR, "last": LAST_YEAR})
    return found


def degrees(limit: int) -> Kind:
    """A coordinate from ``-limit`` to ``limit``, with a decimal point or comma."""

    def read(text: str) -> float:
        plain = text.strip().replace(",", ".")
        found = float(plain) if _DEGREES.fullmatch(plain) else None
        if found is None or not -limit <= found <= limit:
            problem = _("“%(value)s” is not a number from −%(limit)d to %(limit)d.")
            raise Unreadable(problem % {"value": quoted(text), "limit": limit})
        return found

    return Kind(read, repr, lambda: _("Degrees, as 21.0358"))


def _read_phone(text: str) -> str:
    """Excel takes a number for a number, and its first nought away."""
    found = _short_enough(clean(_storable(text)), PHONE_LENGTH)
    return f"0{found}" if _NO_NOUGHT.fullmatch(found) else found


def _read_email(text: str) -> str:
    found = clean(_storable(text)).lower()
    try:
        validate_email(found)
    except ValidationError as error:
        problem = _("“%(value)s” is not an e-mail address.")
        raise Unreadable(problem % {"value": quoted(text)}) from error
    return _short_enough(found, 254)


def _read_instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(_INSTANT.sub(_as_iso, text.strip()))
    except ValueError as error:
        problem = _("“%(value)s” is not a moment; write 2018-05-25T16:30.")
        raise Unreadable(problem % {"value": quoted(text)}) from error
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        problem = _("“%(value)s” lies outside the years %(first)d to %(last)d.")
        raise Unreadable(problem % {"value": quoted(text), "first": FIRST_YEAR, "last": LAST_YEAR})
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _as_iso(found: re.Match[str]) -> str:
    day, month, year, time = found.groups()
    return f"{year}-{month:0>2}-{day:0>2}T{time:0>5}"


def _write_instant(moment: datetime) -> str:
    return timezone.localtime(moment).replace(tzinfo=None).isoformat()


def _read_code(text: str) -> str:
    code = _short_enough(clean(_storable(text)), CODE_LENGTH)
    if not code.isprintable():  # two codes that look alike would be two
        raise Unreadable(_("Contains an invisible character."))
    return code


CODE = Kind(
    _read_code, clean, lambda: _("A code: short, for one thing only, and never changed"), True
)
FLAG = Kind(_read_flag, lambda value: str(int(value)), lambda: _("1 for yes, 0 for no"))
DAY = Kind(_read_day, date.isoformat, lambda: _("A day: 28/05/2018 or 2018-05-28"))
PHONE = Kind(_read_phone, hint=lambda: _("Text, at most %(n)d characters") % {"n": PHONE_LENGTH})
EMAIL = Kind(_read_email, hint=lambda: _("An e-mail address; no two people share one"))
INSTANT = Kind(_read_instant, _write_instant, lambda: _("Day and time: 2018-05-25T16:30"))
