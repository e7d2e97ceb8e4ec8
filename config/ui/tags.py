"""``{% load ui %}``: the components of the screens.

Each takes named arguments and refuses a name it does not know; what they look like is in
``templates/components/`` and on the page ``/gallery/`` of a DEBUG server.
"""

from config.ui import days, drawings, first_use, forms, sheets, states, words
from config.ui.library import register

__all__ = ["days", "drawings", "first_use", "forms", "register", "sheets", "states", "words"]
