"""The next page of a long list, from its last row on: nothing before it is read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.core.signing import BadSignature, Signer
from django.db.models import Field, Model, Q, QuerySet

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Key:
    """One column of the order: a path from the row, and which way it goes."""

    path: str
    descends: bool
    field: Field[Any, Any]

    def text(self, row: Any) -> str:
        for part in self.path.split("__")[:-1]:
            row = getattr(row, part)
        return str(self.field.value_to_string(row))

    @property
    def beyond(self) -> str:
        return f"{self.path}__{'lt' if self.descends else 'gt'}"


@dataclass(frozen=True, slots=True)
class Keyset:
    """The order of a queryset, where it is total and made of columns that are never empty."""

    keys: tuple[Key, ...]
    salt: str

    @classmethod
    def of(cls, rows: QuerySet[Any] | Sequence[Any]) -> Keyset | None:
        """None for what cannot be continued from a row: that is paged by counting."""
        if not isinstance(rows, QuerySet):
            return None
        meta = rows.model._meta  # noqa: SLF001 -- the documented model API
        ordering = rows.query.order_by or (meta.ordering if rows.query.default_ordering else ())
        keys = [_key(rows.model, one) for one in ordering]
        known = tuple(key for key in keys if key is not None)
        if not known or len(known) != len(keys) or known[-1].field != meta.pk:
            return None
        return cls(known, f"{meta.label_lower}:{'.'.join(map(str, ordering))}")

    def mark(self, row: Any) -> str:
        """Where the next page begins: signed, since it goes into an address."""
        return Signer(salt=self.salt).sign_object([key.text(row) for key in self.keys])

    def after(self, rows: QuerySet[Any], mark: str) -> QuerySet[Any] | None:
        """The rows behind ``mark``; None for one that is not ours, or of another order."""
        try:
            texts = Signer(salt=self.salt).unsign_object(mark)
        except (BadSignature, ValueError):
            return None
        values = [key.field.to_python(text) for key, text in zip(self.keys, texts, strict=True)]
        same: dict[str, Any] = {}
        behind = Q()
        for key, value in zip(self.keys, values, strict=True):
            behind |= Q(**same, **{key.beyond: value})
            same[key.path] = value
        # Said once more for the first column alone: an index is entered by it.
        begin = Q(**{f"{self.keys[0].beyond}e": values[0]})
        return rows.filter(begin, behind)


def _key(model: type[Model], ordering: Any) -> Key | None:
    if not isinstance(ordering, str):
        return None
    path = ordering.removeprefix("-")
    field: Any = None
    for part in path.split("__"):
        meta = model._meta  # noqa: SLF001 -- the documented model API
        try:
            field = meta.pk if part == "pk" else meta.get_field(part)
        except FieldDoesNotExist:
            return None
        if field.null or field.one_to_many or field.many_to_many:
            return None
        model = field.related_model or model
    if field.is_relation:  # ordered by the order of another table
        return None
    return Key(path, ordering.startswith("-"), field)
