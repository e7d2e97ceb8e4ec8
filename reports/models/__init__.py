from reports.models.annual import AnnualReport
from reports.models.history import ReportStep, ReportVersion
from reports.models.issue import Issue
from reports.models.job import ReportJob
from reports.models.objection import Objection
from reports.models.quarterly import QuarterlyReport
from reports.models.weekly import WeeklyReport

__all__ = [
    "AnnualReport",
    "Issue",
    "Objection",
    "QuarterlyReport",
    "ReportJob",
    "ReportStep",
    "ReportVersion",
    "WeeklyReport",
]
