"""Numbers, dates and names as the office writes them. Half-days are whole numbers everywhere."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

NBSP = "\N{NO-BREAK SPACE}"
ROMAN = ("I", "II", "III", "IV")
SHORT_VI = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
SHORT_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def vietnamese() -> bool:
    return (get_language() or "vi").startswith("vi")


def _in_days(halves: Any) -> Decimal:
    fraction = Fraction(halves) / 2
    exact = Decimal(fraction.numerator) / Decimal(fraction.denominator)
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


def days(halves: Any) -> str:
    """Half-days in running text: 83 is “41,5”, 120 is “60”. Nothing for nothing."""
    if halves is None or halves == "":
        return ""
    number = _in_days(halves)
    return number_format(number, 0 if number == int(number) else 1, force_grouping=True)


def days1(halves: Any) -> str:
    """Half-days in a column of a table: always one decimal, “60,0”."""
    if halves is None or halves == "":
        return ""
    return number_format(_in_days(halves), 1, force_grouping=True)


def day_count(halves: Any) -> str:
    """Half-days with their noun: “1 ngày”, “41,5 ngày”."""
    plural = 1 if halves == 2 else 2  # noqa: PLR2004 -- two half-days are the one day
    return ngettext("%(n)s day", "%(n)s days", plural) % {"n": days(halves or 0)}


def comrades(n: int) -> str:
    return ngettext("%(n)d comrade", "%(n)d comrades", n) % {"n": n}


def visits(n: int) -> str:
    return ngettext("%(n)d visit", "%(n)d visits", n) % {"n": n}


def lines(n: int) -> str:
    return ngettext("%(n)d line", "%(n)d lines", n) % {"n": n}


def departments(n: int) -> str:
    return ngettext("%(n)d department", "%(n)d departments", n) % {"n": n}


def nb(text: Any) -> str:
    """Keep a name or a range on one line: “Sóc Sơn” without a break between the words."""
    return str(text).replace(" ", NBSP)


def day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def date_range(start: date, end: date | None = None) -> str:
    """“23–24/10/2018”, “31/10–01/11/2018”, “31/12/2018–01/01/2019”, or one date.

    >>> date_range(date(2018, 10, 23), date(2018, 10, 24))
    '23–24/10/2018'
    """
    if end is None or end == start:
        return f"{start:%d/%m/%Y}"
    if start.year != end.year:
        return f"{start:%d/%m/%Y}–{end:%d/%m/%Y}"
    if start.month != end.month:
        return f"{start:%d/%m}–{end:%d/%m/%Y}"
    return f"{start:%d}–{end:%d/%m/%Y}"


def weekday(value: date) -> str:
    return (SHORT_VI if vietnamese() else SHORT_EN)[value.weekday()]


def person(who: Any) -> str:
    """Name somebody in a sentence: “đồng chí Trần Thu Hà”."""
    return _("comrade %(name)s") % {"name": who} if who else ""


def quarter(value: Any) -> str:
    """“Quý IV/2018” or “Q4/2018”, of an object with year and number, or of such a pair."""
    if isinstance(value, tuple):
        year, number = value
    else:
        year, number = value.year, value.number
    if vietnamese():
        return f"Quý{NBSP}{ROMAN[number - 1]}/{year}"
    return f"Q{number}/{year}"


def day_name(number: int) -> str:
    """Name a day of the week by its number, Monday 0: the heads of the calendar."""
    return (SHORT_VI if vietnamese() else SHORT_EN)[number]


def in_words(refusal: ValidationError | PermissionDenied) -> str:
    """What an action refused, as one text."""
    messages = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
    return " ".join(messages)
