"""Numbers as they come in from outside."""

LONGEST = 17  # digits; more than any key of the database has


def whole_number(text: object) -> int | None:
    """Read a key or a page number; None for anything a database could not hold.

    >>> whole_number("42"), whole_number("9" * 40), whole_number("x"), whole_number(None)
    (42, None, None, None)
    """
    said = str(text or "")
    return int(said) if said.isdecimal() and len(said) <= LONGEST else None
