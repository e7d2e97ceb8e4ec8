from reports.models.job import ReportJob
from reports.models.weekly import WeeklyReport

__all__ = ["ReportJob", "WeeklyReport"]
