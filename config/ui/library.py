"""The one template library of the components; the modules beside this one fill it."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


def pick(source: Any, name: str, default: Any = "") -> Any:
    """Read ``name`` of a dictionary or an object, so that a component takes both."""
    if isinstance(source, Mapping):
        return source.get(name, default)
    return getattr(source, name, default)


def picked(source: Any, **defaults: Any) -> dict[str, Any]:
    """Return every name with its value or its default: templates then miss nothing."""
    return {name: pick(source, name, default) for name, default in defaults.items()}
