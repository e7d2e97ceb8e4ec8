"""Draw docs/workflow.md from the tables of ``fieldvisits.workflow``."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from fieldvisits import papers, workflow
from fieldvisits.choices import (
    Confirmation,
    DossierState,
    NoticeState,
    PlanState,
    ProductState,
    RequestState,
    SittingState,
    VisitState,
)

STATES = {
    "plan": PlanState,
    "dossier": DossierState,
    "visit": VisitState,
    "sitting": SittingState,
    "request": RequestState,
    "product": ProductState,
    "unit_notice": NoticeState,
    "confirmation": Confirmation,
}
HEAD = """# The paths of the papers

Drawn by `manage.py draw_workflow` from `fieldvisits/workflow.py`; a test keeps the two alike.
A step that is not here does not exist. Steps in brackets follow from another paper: plans and
visits move with the dossier and the sitting that carry them.
"""
# Who may, in words; the functions are in fieldvisits/permissions/.
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
    "takes_agreement_back": "the superior who agreed",
    "takes_dossier_back": "TCKT, until a sitting has decided a line of it",
    "takes_endorsement_back": "the superior who endorsed, until somebody has decided",
    "takes_report_back": "the cadre, until the superior has acted",
    "reclassifies": "TCKT, never on their own visit",
    "chair_of_sitting": "the chair",
    "numbers_notice": "the clerk, the chair or the secretary of the sitting",
    "decides_visit": "a member present or the secretary; ad hoc also by the step of the request; "
    "never on their own visit",
    "replaces_visit": "by *approve* of the request that takes its place",
    "logs_attendance": "the cadre, of an attendance",
    "withdraws_visit": "the cadre; a reported one only if it is an attendance",
    "sends_back": "the superior (R17); not an attendance",
    "asks": "the cadre",
    "endorses": "the superior (R17)",
    "decides_request": "the Secretary or the member in charge alone; or a sitting; never their own",
    "returns_request": "the superior; once endorsed the Secretary or the member in charge",
    "cadre_of_visit": "the cadre",
    "superior_of_product": "the superior (R17)",
    "represents": "a representative of the unit",
    "takes_answer_back": "a representative of the unit, until the next has acted on the answer",
    "coordinates_visit": "the head",
    "follows_visit": "with a step of the visit",
    "inspector": "UBKT, never on their own visit",
    "the_clock": "by itself, when the time is over",
    "reports_visit": "the cadre; for one who has left, the head",
    "releases_visit": "by leaving or an exemption (TCKT, the administrator)",
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


def _order(path: str) -> list[str]:
    """The states of a path in its order; of an app above, as its steps come to them."""
    if path in STATES:
        return list(STATES[path].values)
    found = [workflow.INITIAL[path]]
    found += [step.target for step in workflow.PATHS[path].values()]
    return list(dict.fromkeys(found))


def _row(step: workflow.Transition) -> str:
    name = step.name if step.direct else f"({step.name})"
    order = _order(step.path)
    sources = ", ".join(sorted(step.sources, key=order.index))
    wants = [
        "a reason" if step.needs_comment else "",
        "" if step.check.__name__ == "nothing" else f"`{step.check.__name__}`",
    ]
    frozen = "content frozen" if step.freezes else ""
    asks = ", ".join(filter(None, wants))
    target = step.target or "as before"
    who = (WHO | papers.WHO)[step.who.__name__]
    return f"| {name} | {sources} | {target} | {who} | {asks} | {frozen} |"


class Command(BaseCommand):
    help = "Print docs/workflow.md as the tables of the workflow have it."

    def handle(self, **_options: Any) -> None:
        self.stdout.write(draw(), ending="")
