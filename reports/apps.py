from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from accounts.interchange import tables  # noqa: PLC0415 -- models are loaded only now
        from fieldvisits import demo as planners_demo  # noqa: PLC0415 -- as above
        from fieldvisits import reminding  # noqa: PLC0415 -- as above
        from reports import (  # noqa: PLC0415 -- as above
            demo,
            desk,
            desk_annual,
            desk_issues,
            ending_preview,
            organisation,
            papers,
        )
        from reports.actions.reminders import KINDS  # noqa: PLC0415 -- as above
        from reports.interchange import WEEKLY_REPORTS  # noqa: PLC0415 -- as above

        tables.register(WEEKLY_REPORTS)
        desk.join_in()
        desk_annual.join_in()
        desk_issues.join_in()
        papers.join_in()
        reminding.register(*KINDS)
        planners_demo.register(demo.play)
        ending_preview.join_in()
        organisation.join_in()
