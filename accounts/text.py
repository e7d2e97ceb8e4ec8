"""Vietnamese text: one stored form, one search form, one order of names.

Databases get the order wrong (SQLite compares bytes, most PostgreSQL locales ignore
the tone rules), so a sort key and a search text are kept beside every name.
"""

import re
import unicodedata

# Letters in dictionary order; f, j, w, z only occur in foreign names.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Ngang, huyền, hỏi, ngã, sắc, nặng: the order in which dictionaries list the tones.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = {"\u0302", "\u0306", "\u031b"}  # circumflex, breve, horn: part of the letter
_END = "00"
_DASHES = re.compile("[\u2010-\u2015\u2212\uff0d]")  # whatever was typed for a hyphen


def clean(text: str) -> str:
    """Return ``text`` in NFC with its white space collapsed.

    >>> clean('  Hà   Nội ')
    'Hà Nội'
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def document_number(text: str) -> str:
    """Return the number of a document in its one form: no spaces at its dashes and strokes.

    >>> document_number(" 53 – TB / TĐTN — TCKT ")
    '53-TB/TĐTN-TCKT'
    """
    return re.sub(r"\s*([-/])\s*", r"\1", _DASHES.sub("-", clean(text)))


def search_text(text: str) -> str:
    """Return ``text`` as it is searched: lower case, no diacritics, đ = d.

    >>> search_text("Đỗ Thị Đường")
    'do thi duong'
    """
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _letters_and_tones(token: str) -> tuple[str, str]:
    """Return the token's letters (two digits each) and its tones (one digit per letter)."""
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFC", token.lower()):
        base, tone = "", 0
        for part in unicodedata.normalize("NFD", char):
            if part in _TONES:
                tone = _TONES[part]
            elif not unicodedata.combining(part) or part in _SHAPES:
                base += part
        letter = unicodedata.normalize("NFC", base)
        if letter.isdigit() and letter.isascii():
            letters.append(f"{int(letter) + 1:02d}")
        else:
            letters.append(f"{_ALPHABET.find(letter) + 12:02d}")  # unknown signs: 11
        tones.append(str(tone))
    return "".join(letters), "".join(tones)


def sort_key(full_name: str) -> str:
    """Return a string of digits that orders people as Vietnamese lists do.

    The last word of the name comes first: its letters, then its tones; the other
    words follow in their order, the same way. Digits only, so every database and
    collation compares it alike.

    >>> names = ["Trần Thị Ánh", "Vũ Ngọc Anh", "Lê Ân", "Lê Đức Anh", "Nguyễn Văn An"]
    >>> sorted(names, key=sort_key)
    ['Nguyễn Văn An', 'Lê Đức Anh', 'Vũ Ngọc Anh', 'Trần Thị Ánh', 'Lê Ân']
    """
    tokens = clean(full_name).split()
    if not tokens:
        return ""
    *rest, last = tokens
    letters, tones = _letters_and_tones(last)
    others = [_letters_and_tones(token) for token in rest]
    rest_letters = "".join(pair[0] + _END for pair in others)
    rest_tones = "".join(pair[1] for pair in others)
    return letters + _END + tones + _END + rest_letters + _END + rest_tones
