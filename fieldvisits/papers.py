"""Papers of an app above: one call tells the planner all it has to know of one.

The planner imports none of them. Such an app has models of the shape of ``models.paper``
(the paper, its steps, its frozen contents) and calls ``add_paper`` when it is ready; taken
out again, it leaves no trace here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fieldvisits import history, notices, workflow
from fieldvisits.actions import freezing, steps
from fieldvisits.overview import step as step_page
from fieldvisits.views import steps as step_views

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import QuerySet

    from accounts.models import Person
    from fieldvisits.models import Paper
    from fieldvisits.models.paper import StepFields
    from fieldvisits.overview.step import About
    from fieldvisits.workflow import Transition

# Who may take a step, in the words of docs/workflow.md, by the name of the function.
WHO: dict[str, str] = {}


def add_paper(  # noqa: PLR0913 -- all but the model are named
    model: type[Paper],
    *,
    path: Mapping[str, Transition],
    initial: str,
    content: Callable[[Any], dict[str, Any]],
    tell: Mapping[str, Callable[..., None]],
    actions: Mapping[str, Callable[..., StepFields]],
    seen: Callable[[Person], QuerySet[Any]],
    about: Callable[[Any, Person], About],
    who: Mapping[str, str],
) -> None:
    """Let papers of ``model`` go their path through the one door.

    ``path`` are its steps by name, from ``initial``; ``content`` is what a step freezes;
    ``tell`` and ``actions`` are by the name of the step; ``seen`` are the papers a person
    may see, ``about`` the paper in a few words on the page that asks before a step.
    """
    name = model.PATH
    workflow.PATHS[name] = dict(path)
    workflow.INITIAL[name] = initial
    freezing.freeze_as(name, content)
    notices.TELL.update({(name, step): told for step, told in tell.items()})
    steps.STEPS.update({(name, step): act for step, act in actions.items()})
    history.check_too(model)
    step_views.SEEN[name] = seen
    step_page.ABOUT[name] = about
    WHO.update(who)
