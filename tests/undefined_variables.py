"""Make an unknown name in one of our templates an error; Django would print nothing.

Templates of other packages rely on that silence, so only ours are held to it.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# templates/bootstrap5 stands in for crispy's own templates and is called like them.
THEIRS = f"{ROOT / 'templates' / 'bootstrap5'}/"
OURS = tuple(f"{ROOT / folder}/" for folder in ("templates", "accounts", "fieldvisits", "reports"))


class UndefinedVariableError(Exception):
    """A template used a name that its view did not give it."""


def template_being_rendered() -> tuple[str, int]:
    """Return file and line of the innermost template node on the stack."""
    frame = sys._getframe(2)  # inspect.stack() would read every source file
    while frame is not None:
        node = frame.f_locals.get("self")
        if frame.f_code.co_name == "render_annotated" and getattr(node, "origin", None):
            return str(node.origin.name), getattr(node.token, "lineno", 0) or 0
        frame = frame.f_back
    return "", 0


class Undefined(str):
    """Stands as ``string_if_invalid``: Django formats it with the name that is missing."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s" or str.__contains__(self, str(part))

    def __mod__(self, missing: object) -> str:
        name, line = template_being_rendered()
        if name.startswith(OURS) and not name.startswith(THEIRS):
            message = f"{name}:{line}: there is no {missing}"
            raise UndefinedVariableError(message)
        return ""


STRING_IF_INVALID = Undefined("%s")
