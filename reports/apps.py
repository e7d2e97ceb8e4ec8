from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from accounts.interchange import (  # noqa: PLC0415 -- models are loaded only now
            tables,
            taking_back,
            wording,
        )
        from fieldvisits import demo as planners_demo  # noqa: PLC0415 -- as above
        from fieldvisits import reminding  # noqa: PLC0415 -- as above
        from reports import (  # noqa: PLC0415 -- as above
            administering,
            demo,
            desk,
            desk_annual,
            desk_issues,
            ending_preview,
            holdings,
            organisation,
            papers,
        )
        from reports.actions.reminders import KINDS  # noqa: PLC0415 -- as above
        from reports.interchange import (  # noqa: PLC0415 -- as above
            WEEKLY_REPORTS,
            WORDS,
            release,
        )
        from reports.models import WeeklyReport  # noqa: PLC0415 -- as above

        tables.register(WEEKLY_REPORTS)
        holdings.join_in()
        wording.explain("weekly_reports", WORDS)
        taking_back.release_before(WeeklyReport, release)
        administering.join_in()
        desk.join_in()
        desk_annual.join_in()
        desk_issues.join_in()
        papers.join_in()
        reminding.register(*KINDS)
        planners_demo.register(demo.play)
        ending_preview.join_in()
        organisation.join_in()
