"""What the planner brings to the app below: tables, the desk's queues and cards, previews.

Read once, when all models are loaded.
"""

from accounts import quorum
from accounts.interchange import tables, taking_back, wording
from fieldvisits import (
    assumed,
    desk,
    ending_preview,
    first_steps,
    holdings,
    organisation,
    reminding,
)
from fieldvisits.actions.reminders import KINDS
from fieldvisits.interchange import explained, taken_back
from fieldvisits.interchange.holidays import HOLIDAYS
from fieldvisits.interchange.moved import rebook_moved
from fieldvisits.interchange.visits import VISITS
from fieldvisits.models import Regulation


def join_in() -> None:
    tables.register(HOLIDAYS, rebook_moved, VISITS)
    for name, words in explained.WORDS.items():
        wording.explain(name, words)
    for model, release in taken_back.RELEASES.items():
        taking_back.release_before(model, release)
    taking_back.rebuilt(*taken_back.REBUILT)
    for room in (desk, assumed, first_steps, holdings, ending_preview, organisation):
        room.join_in()
    reminding.register(*KINDS)
    quorum.register(lambda day: Regulation.objects.on(day).quorum_percent)
