"""Who is told what about reports, and in which words."""

from reports.notices.annual import annual_report_failed, annual_report_ready

__all__ = ["annual_report_failed", "annual_report_ready"]
