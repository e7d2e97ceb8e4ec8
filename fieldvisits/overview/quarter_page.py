"""What stands around the board: the rounds, who holds the dossier, what keeps it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import COMMITTEE_CODE
from fieldvisits import permissions
from fieldvisits.choices import DossierState, PlanState
from fieldvisits.models import Dossier
from fieldvisits.overview.board import Board, board
from fieldvisits.overview.board_rows import MISSING, Wanted
from fieldvisits.overview.dossier import holder_of, round_name

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Department, Person
    from fieldvisits.calendar import Quarter

MOST_NAMES = 6


@dataclass(frozen=True)
class QuarterPage:
    department: str
    code: str
    quarter: Quarter
    board: Board
    rounds: list[tuple[Dossier, str]]
    shown: Dossier  # the round the page is about: being compiled, else the last one
    shown_round: str
    holder: dict[str, object] | None
    compiling: Dossier | None  # may be unsaved: nobody has written the meeting down yet
    may_write_meeting: bool
    blocked: list[str]
    to_agree: list[int]
    is_filtered: bool

    @property
    def may_forward(self) -> bool:
        return self.may_write_meeting and not self.blocked and bool(self.shown.pk)


def read(
    viewer: Person,
    department: Department | None,
    quarter: Quarter,
    today: date,
    wanted: Wanted,
) -> QuarterPage:
    read_board = board(viewer, department, quarter, today, wanted)
    rounds = _rounds(viewer, department, quarter)
    compiling = _compiling(rounds, department, quarter, read_board)
    shown = compiling or rounds[-1]
    writes = bool(compiling and permissions.head_of_dossier(viewer, compiling))
    head = read_board.head
    waiting = [row.plan.pk for row in read_board.people if row.plan and row.may_be_agreed_to]
    return QuarterPage(
        department=department.name_on(quarter.first_day) if department else _("Standing Committee"),
        code=department.code if department else COMMITTEE_CODE,
        quarter=quarter,
        board=read_board,
        rounds=[(dossier, round_name(dossier.round)) for dossier in rounds],
        shown=shown,
        shown_round=round_name(shown.round),
        holder=holder_of(shown, head.full_name if head else None),
        compiling=compiling,
        may_write_meeting=writes,
        blocked=_blocked(read_board, compiling) if writes and compiling else [],
        to_agree=waiting,
        is_filtered=wanted != Wanted(),
    )


def _rounds(viewer: Person, department: Department | None, quarter: Quarter) -> list[Dossier]:
    seen = Dossier.objects.visible_to(viewer).of(department.pk if department else None, quarter)
    return list(seen.order_by("round"))


def _compiling(
    rounds: list[Dossier], department: Department | None, quarter: Quarter, found: Board
) -> Dossier | None:
    """The open round; a new one where plans wait that no round has taken along."""
    for dossier in rounds:
        if dossier.state == DossierState.COMPILING:
            return dossier
    if rounds and not found.in_states(PlanState.AGREED):
        return None
    return Dossier(
        department=department,
        year=quarter.year,
        quarter_number=quarter.number,
        round=rounds[-1].round + 1 if rounds else 0,
    )


def _names(names: list[str]) -> str:
    more = len(names) - MOST_NAMES
    text = ", ".join(names[:MOST_NAMES])
    return f"{text} +{more}" if more > 0 else text


def _blocked(found: Board, dossier: Dossier) -> list[str]:
    """Everything that keeps the dossier back, each as a sentence (R6)."""
    said = []
    if not dossier.missing_reason and dossier.round == 0:
        said += _unfinished(found)
    if not found.in_states(PlanState.AGREED):
        said.append(_("No plan has been agreed to yet."))
    if dossier.met_on is None or not dossier.present.strip():
        said.append(_("The department meeting has not been written down."))
    return said


def _unfinished(found: Board) -> list[str]:
    said = []
    if names := found.named(MISSING):
        text = ngettext(
            "%(n)d comrade has not submitted: %(names)s.",
            "%(n)d comrades have not submitted: %(names)s.",
            len(names),
        )
        said.append(text % {"n": len(names), "names": _names(names)})
    if names := found.named(PlanState.RETURNED):
        text = ngettext(
            "%(n)d plan has been returned: %(names)s.",
            "%(n)d plans have been returned: %(names)s.",
            len(names),
        )
        said.append(text % {"n": len(names), "names": _names(names)})
    if names := found.named(PlanState.SUBMITTED):
        text = ngettext(
            "%(n)d plan is not agreed to yet: %(names)s.",
            "%(n)d plans are not agreed to yet: %(names)s.",
            len(names),
        )
        said.append(text % {"n": len(names), "names": _names(names)})
    return said
