"""Draw docs/workflow.md from the tables of ``fieldvisits.workflow``."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from fieldvisits import workflow
from fieldvisits.choices import (
    Confirmation,
    DossierState,
    NoticeState,
    PlanState,
    ProductState,
    SittingState,
    VisitState,
)

STATES = {
    "plan": PlanState,
    "dossier": DossierState,
    "visit": VisitState,
    "sitting": SittingState,
    "product": ProductState,
    "unit_notice": NoticeState,
    "confirmation": Confirmation,
}
HEAD = """# The paths of the papers

Drawn by `manage.py draw_workflow` from `fieldvisits/workflow.py`; a test keeps the two alike.
A step that is not here does not exist. Steps in brackets follow from another paper: plans and
visits move with the dossier and the sitting that carry them.
"""
# Who may, in words; the functions are in fieldvisits/permissions.py.
WHO = {
    "cadre": "the cadre",
    "superior_of_plan": "the superior (R17)",
    "superior_of_visit": "the superior (R17)",
    "cadre_or_head": "the cadre or the head",
    "head_of_dossier": "the head",
    "includes_plan": "by *forward* of the dossier",
    "reopens_plan": "by *recall* or *return* of the dossier",
    "settles": "by closing the sitting",
    "coordinator": "TCKT",
    "returns_dossier": "TCKT; before the committee: a sitting",
    "decided_in_sitting": "a member present or the secretary, never on their own visit",
    "chair_of_sitting": "the chair",
    "cadre_of_visit": "the cadre",
    "superior_of_product": "the superior (R17)",
    "represents": "a representative of the unit",
    "coordinates_visit": "the head",
    "follows_visit": "by cancelling or amending the visit",
    "inspector": "UBKT, never on an own visit",
    "the_clock": "the clock",
}


def draw() -> str:
    parts = [HEAD]
    with translation.override("en"):
        for path, steps in workflow.PATHS.items():
            parts.append(
                f"## {path}\n\n```mermaid\nstateDiagram-v2\n  [*] --> {workflow.INITIAL[path]}"
            )
            for step in steps.values():
                parts += [
                    f"  {source} --> {step.target or source}: {step.name}"
                    for source in sorted(step.sources)
                ]
            parts.append(
                "```\n\n| step | from | to | who | asks for | |\n"
                "| --- | --- | --- | --- | --- | --- |"
            )
            parts += [_row(step) for step in steps.values()]
            parts.append("")
    return "\n".join(parts)


def _row(step: workflow.Transition) -> str:
    name = step.name if step.direct else f"({step.name})"
    order = list(STATES[step.path].values)
    sources = ", ".join(sorted(step.sources, key=order.index))
    wants = [
        "a reason" if step.needs_comment else "",
        "" if step.check.__name__ == "nothing" else f"`{step.check.__name__}`",
    ]
    frozen = "content frozen" if step.freezes else ""
    asks = ", ".join(filter(None, wants))
    return f"| {name} | {sources} | {step.target} | {WHO[step.who.__name__]} | {asks} | {frozen} |"


class Command(BaseCommand):
    help = "Print docs/workflow.md as the tables of the workflow have it."

    def handle(self, **_options: Any) -> None:
        self.stdout.write(draw(), ending="")
