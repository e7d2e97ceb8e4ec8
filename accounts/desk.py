"""The desk: what waits for a person. Apps above register what they bring; none is imported here.

*Queues* are papers that wait for a person; they are counted on every page, for the menu.
*To-dos*, *cards* and *buttons* are read for the desk alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from django.db.models import QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.counting import count_of
from accounts.links import address
from accounts.models import DepartmentVersion, InboxItem, Person
from accounts.prepared import PreparedByCase

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from django_stubs_ext import StrOrPromise

    from accounts.models import Offices

LATEST = 5  # messages on the desk
FAR = date.max

Place = Literal["beside", "wide", "main", "side"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Papers that wait for one person; ``fields`` are read of the oldest one, for the desk."""

    rows: QuerySet[Any]
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many there are in a queue, and what is known of the oldest."""

    count: int = 0
    oldest: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.count)

    @property
    def since(self) -> str:
        """The day of Hà Nội on which the oldest began to wait; nothing if that was not read."""
        at = self.oldest.get("since")
        return _("since %(day)s") % {"day": f"{timezone.localtime(at):%d/%m}"} if at else ""

    def leads_to(self, one: str, several: str) -> str:
        """The page called ``one`` of the only one there is, or else the address of the list."""
        return address(one, self.oldest["pk"]) if self.count == 1 else several


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One line of the list; the most urgent stands first."""

    title: StrOrPromise
    url: str = ""
    tone: str = ""
    shape: str = "open"
    when: StrOrPromise = ""
    why: StrOrPromise = ""
    due_on: date = FAR


@dataclass(frozen=True, slots=True)
class Button:
    label: StrOrPromise
    url: str
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A sheet of the desk, drawn by a template of the app that brings it."""

    place: Place
    template: str
    facts: Any


@dataclass(slots=True)
class Asker:
    """Whose desk it is; ``known`` lets the providers read a thing once."""

    person: Person
    today: date
    waiting: Mapping[str, Waiting] = field(default_factory=dict)
    department: str = ""  # its name today
    known: dict[str, Any] = field(default_factory=dict)

    @property
    def offices(self) -> Offices:
        return self.person.offices(self.today)

    def queue(self, name: str) -> Waiting:
        return self.waiting.get(name, Waiting())

    def once(self, name: str, read: Callable[[], Any]) -> Any:
        if name not in self.known:
            self.known[name] = read()
        return self.known[name]


@dataclass(frozen=True, slots=True)
class Desk:
    todos: tuple[Todo, ...]
    cards: tuple[Card, ...]
    buttons: tuple[Button, ...]

    def placed(self, place: Place) -> list[Card]:
        return [card for card in self.cards if card.place == place]


type_of_queues = dict[str, Queue]
T = TypeVar("T")

_queues: list[Callable[[Asker], type_of_queues]] = []
_todos: list[Callable[[Asker], Iterable[Todo]]] = []
_cards: list[Callable[[Asker], Iterable[Card]]] = []
_buttons: list[Callable[[Asker], Iterable[Button]]] = []


def register(
    *,
    queues: Callable[[Asker], type_of_queues] | None = None,
    todos: Callable[[Asker], Iterable[Todo]] | None = None,
    cards: Callable[[Asker], Iterable[Card]] | None = None,
    buttons: Callable[[Asker], Iterable[Button]] | None = None,
) -> None:
    """Bring something to everybody's desk; called once, when the app is ready."""
    _add(_queues, queues)
    _add(_todos, todos)
    _add(_cards, cards)
    _add(_buttons, buttons)


def _add(registry: list[T], provider: T | None) -> None:
    if provider is not None and provider not in registry:
        registry.append(provider)


def unread(asker: Asker) -> type_of_queues:
    rows = InboxItem.objects.visible_to(asker.person).unread()
    return {"unread": Queue(rows=rows)}


def read_waiting(
    asker: Asker,
    *,
    with_oldest: bool = False,
    more: Callable[..., type_of_queues] | None = None,
    of: tuple[Any, ...] = (),
    only: Collection[str] | None = None,
) -> Asker:
    """Put every queue of this person on ``asker``, and ``more(*of)``. One query altogether.

    ``only``: no queues but these; what a page does not show need not be counted.
    """

    def question() -> QuerySet[Any]:
        added = more(*of) if more else {}
        return _question(queues_of(asker, only) | added, asker, with_oldest=with_oldest)

    names = None if only is None else frozenset(only)
    [row] = _QUESTIONS(
        (asker.person.pk, asker.today, asker.offices, with_oldest, names, more, of), question
    )
    found: dict[str, dict[str, Any]] = {}
    for alias, value in row.items():
        name, key = alias.split(BETWEEN)
        found.setdefault(name, {})[key] = value
    asker.department = found.pop(DEPARTMENT)["name"] or ""
    asker.waiting = {name: Waiting(oldest.pop(COUNT), oldest) for name, oldest in found.items()}
    return asker


# What is asked hangs on the person, the day and the offices of that day, and on nothing else:
# no provider of queues may read the database or the clock. Putting it together takes many
# times what the database takes to answer.
_QUESTIONS = PreparedByCase(most=300)
# Columns are called after the queue and what is read of it.
BETWEEN, COUNT, DEPARTMENT = "_0_", "n", "department"


def _question(queues: type_of_queues, asker: Asker, *, with_oldest: bool) -> QuerySet[Any]:
    """Return one row: how many there are in each queue, and the fields of the oldest."""
    columns: dict[str, Any] = {f"{DEPARTMENT}{BETWEEN}name": _department(asker)}
    for name, queue in queues.items():
        columns[f"{name}{BETWEEN}{COUNT}"] = count_of(queue.rows)
        for key, path in queue.fields.items() if with_oldest else ():
            columns[f"{name}{BETWEEN}{key}"] = Subquery(queue.rows.values(path)[:1])
    person = Person.objects.filter(pk=asker.person.pk).order_by()
    return person.annotate(**columns).values(*columns)


def queues_of(asker: Asker, only: Collection[str] | None = None) -> type_of_queues:
    return {
        name: queue
        for provide in (unread, *_queues)
        for name, queue in provide(asker).items()
        if only is None or name in only
    }


def _department(asker: Asker) -> Subquery:
    versions = DepartmentVersion.objects.filter(
        department=asker.offices.department_id or 0, starts_on__lte=asker.today
    )
    return Subquery(versions.order_by("-starts_on").values("name")[:1])


def read_desk(asker: Asker) -> Desk:
    read_waiting(asker, with_oldest=True)
    todos = [todo for provide in _todos for todo in provide(asker)]
    return Desk(
        todos=tuple(sorted(todos, key=lambda todo: todo.due_on)),
        cards=tuple(card for provide in _cards for card in provide(asker)),
        buttons=tuple(button for provide in _buttons for button in provide(asker)),
    )
