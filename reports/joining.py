"""What looking back brings to the apps below: tables, desk, papers, reminders, previews.

Read once, when all models are loaded.
"""

from accounts.interchange import tables, taking_back, wording
from fieldvisits import demo as planners_demo
from fieldvisits import reminding
from reports import administering, demo, desk, ending_preview, holdings, organisation, papers
from reports.actions.reminders import KINDS
from reports.interchange import WEEKLY_REPORTS, WORDS, release
from reports.models import WeeklyReport


def join_in() -> None:
    tables.register(WEEKLY_REPORTS)
    wording.explain("weekly_reports", WORDS)
    taking_back.release_before(WeeklyReport, release)
    for room in (administering, holdings, desk, papers, ending_preview, organisation):
        room.join_in()
    reminding.register(*KINDS)
    planners_demo.register(demo.play)
