"""What a line of the log may not say: a link that still opens something."""

import logging
import re

# Of an invitation, a new address, a password chosen anew: the part that opens it.
OPENS = re.compile(r"(/(?:invitation|email|accounts/password/reset/key)/)[^/\s?]+")


def without_links(text: str) -> str:
    """Return ``text`` with the secret part of links left out.

    >>> without_links("Not Found: /invitation/abc.def/")
    'Not Found: /invitation/…/'
    """
    return OPENS.sub(r"\1…", text)


class LinksLeftOut(logging.Filter):
    """A refused form is logged with its address, and the link in it may still work."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if OPENS.search(said):
            record.msg, record.args = without_links(said), ()
        return True
