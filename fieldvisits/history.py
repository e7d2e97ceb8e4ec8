"""Does every paper stand where its history says? Reads only."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from fieldvisits import workflow
from fieldvisits.actions.freezing import content_hash
from fieldvisits.choices import Confirmation, ProductState
from fieldvisits.models import (
    AdHocRequest,
    ConfirmationRequest,
    Dossier,
    Plan,
    Product,
    Sitting,
    UnitNotice,
    Visit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

    from fieldvisits.models import Paper

AT_ONCE = 1000
PAPERS: tuple[type[Paper], ...] = (
    Plan,
    Dossier,
    Visit,
    Sitting,
    AdHocRequest,
    Product,
    UnitNotice,
    ConfirmationRequest,
)
_OF_APPS_ABOVE: list[type[Paper]] = []
# Imported papers begin with a step of this name, in whatever state they came.
IMPORTED = "imported"

# Number, name, before, after, content hash of one step.
type_of_step = tuple[int, str, str, str, str]


def check_too(model: type[Paper]) -> None:
    """Let an app above have its papers checked like those of the planner."""
    if model not in _OF_APPS_ABOVE:
        _OF_APPS_ABOVE.append(model)


def _models() -> tuple[type[Paper], ...]:
    return (*PAPERS, *_OF_APPS_ABOVE)


def papers() -> int:
    return sum(model.objects.count() for model in _models())  # type: ignore[attr-defined]  # every paper has objects


def contradictions() -> Iterator[str]:
    """Yield one sentence per paper and thing that is wrong with it; name the row."""
    for model in _models():
        highest = 0
        while portion := _portion(model, highest):
            highest = portion[-1][0]
            steps = _steps(model, [row[0] for row in portion])
            for pk, state, version in portion:
                for problem in _problems(model, state, version, steps.get(pk, [])):
                    yield f"{model.PATH} {_name(model, pk)}: {problem}"
        yield from _false_versions(model)
    yield from _false_mirrors()


def _false_mirrors() -> Iterator[str]:
    """A visit repeats the state of its product and of its latest confirmation."""
    latest = ConfirmationRequest.objects.filter(visit=OuterRef("pk")).order_by("-pk")
    rows = Visit.objects.annotate(
        in_product=Coalesce("product_paper__state", Value(ProductState.NONE)),
        in_confirmation=Coalesce(Subquery(latest.values("state")[:1]), Value(Confirmation.NONE)),
    )
    wrong = rows.exclude(product=F("in_product"), confirmation=F("in_confirmation"))
    columns = ("pk", "code", "product", "in_product", "confirmation", "in_confirmation")
    for pk, code, product, in_product, said, in_request in wrong.order_by("pk").values_list(
        *columns
    ):
        for field, here, there in (
            ("product", product, in_product),
            ("confirmation", said, in_request),
        ):
            if here != there:
                yield _("visit %(visit)s: %(field)s is %(is)s, its paper says %(told)s") % {
                    "visit": f"{pk} ({code})",
                    "field": field,
                    "is": here,
                    "told": there,
                }


def _portion(model: type[Paper], after: int) -> list[tuple[int, str, int]]:
    rows = model.objects.filter(pk__gt=after).order_by("pk")  # type: ignore[attr-defined]  # every paper has objects
    return list(rows.values_list("pk", "state", "version")[:AT_ONCE])


def _name(model: type[Paper], pk: int) -> str:
    return f"{pk} ({Visit.objects.get(pk=pk).code})" if model is Visit else str(pk)


def _rows(model: type[Paper], name: str) -> Any:
    """All rows of ``paper.steps`` or ``paper.versions`` of such papers, read by their manager."""
    table: type[Model] = model._meta.get_field(name).related_model  # type: ignore[assignment]  # noqa: SLF001 -- the documented model API
    return table._default_manager.filter(**{f"{model.PATH}_id__isnull": False})  # noqa: SLF001 -- the documented name


def _steps(model: type[Paper], pks: list[int]) -> dict[int, list[type_of_step]]:
    key = f"{model.PATH}_id"
    between = {f"{key}__gte": pks[0], f"{key}__lte": pks[-1]}
    rows = _rows(model, "steps").filter(**between).order_by(key, "number")
    found = rows.values_list(key, "number", "name", "before", "after", "content_hash")
    return {
        pk: [(number, *rest) for _key, number, *rest in group]
        for pk, group in groupby(found, key=lambda row: row[0])
    }


def _problems(
    model: type[Paper], state: str, version: int, steps: list[type_of_step]
) -> Iterator[str]:
    first = workflow.INITIAL[model.PATH]
    told = steps[-1][3] if steps else first
    if state != told:
        yield _("is %(is)s, history says %(told)s") % {"is": state, "told": told}
    if version != len(steps):
        yield _("is at version %(is)d, history has %(n)d steps") % {"is": version, "n": len(steps)}
    if [step[0] for step in steps] != list(range(1, len(steps) + 1)):
        numbers = ", ".join(str(step[0]) for step in steps)
        yield _("its steps are numbered %(numbers)s") % {"numbers": numbers}
    expected = "" if steps and steps[0][1] == IMPORTED else first
    for number, name, before, after, _hash in steps:
        if before != expected:
            yield _("step %(n)d (%(name)s) begins at “%(before)s”, not at “%(expected)s”") % {
                "n": number,
                "name": name,
                "before": before,
                "expected": expected,
            }
        expected = after


def _false_versions(model: type[Paper]) -> Iterator[str]:
    """Frozen contents have the hash that stands beside them and in their step."""
    path, key = model.PATH, f"{model.PATH}_id"
    rows = _rows(model, "versions").order_by("pk")
    steps = _rows(model, "steps").exclude(content_hash="")
    said = {
        (pk, number): value
        for pk, number, value in steps.values_list(key, "number", "content_hash")
    }
    for version in rows.iterator(chunk_size=AT_ONCE):
        pk = getattr(version, key)
        if content_hash(version.content) != version.content_hash:
            yield _wrong(
                _("version %(n)d has other content than its hash says"), path, pk, version.number
            )
        elif said.pop((pk, version.number), None) != version.content_hash:
            yield _wrong(_("version %(n)d is not the one its step froze"), path, pk, version.number)
    for pk, number in said:
        yield _wrong(_("version %(n)d is missing"), path, pk, number)


def _wrong(sentence: str, path: str, pk: int, number: int) -> str:
    return f"{path} {pk}: {sentence % {'n': number}}"
