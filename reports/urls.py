"""Addresses of what looks back."""

from django.urls import path

from fieldvisits.views import steps
from reports.views import (
    annual,
    annual_reports,
    dashboard,
    issues,
    objections,
    panels,
    people,
    received,
    written,
)

app_name = "reports"

# /reports/annual/
annual_urls = [
    path("annual/", annual.annual_list, name="annual-list"),
    path("annual/<int:pk>/progress/", annual.annual_progress, name="annual-progress"),
    path("annual/<int:pk>/file/", annual.annual_file, name="annual-file"),
]

# /reports/annual/departments/
annual_report_urls = [
    path("annual/departments/", annual_reports.annual_reports, name="annual-reports"),
    path(
        "annual/departments/<str:code>/<int:year>/",
        annual_reports.annual_report_write,
        name="annual-report-write",
    ),
    path(
        "annual/departments/<int:pk>/",
        annual_reports.annual_report_detail,
        name="annual-report-detail",
    ),
    path(
        "annual/departments/<int:pk>/steps/<slug:name>/",
        steps.step,
        {"path": "annual_report"},
        name="annual-report-step",
    ),
]

# /reports/people/
people_urls = [
    path("people/", people.people, name="people"),
    path("people/<int:pk>/days/", people.person_days, name="person-days"),
    path("people/<int:pk>/objection/", objections.person_object, name="person-object"),
]

# /reports/panels/
panel_urls = [
    path("panels/standing/", panels.panel_standing, name="panel-standing"),
    path("panels/weekly/", panels.panel_weekly, name="panel-weekly"),
    path("panels/clusters/", panels.panel_clusters, name="panel-clusters"),
]

# /reports/written/
written_urls = [
    path("written/", written.written, name="written"),
    path("written/weeks/<str:week>/", written.weekly_write, name="weekly-write"),
    path("written/weeks/<str:week>/nothing/", written.weekly_nothing, name="weekly-nothing"),
    path("written/quarters/<str:quarter>/", written.quarterly_write, name="quarterly-write"),
    path("written/weekly/received/", received.weekly_received, name="weekly-received"),
    path(
        "written/weekly/acknowledge/",
        received.weekly_acknowledge_all,
        name="weekly-acknowledge-all",
    ),
    path("written/weekly/<int:pk>/", written.weekly_detail, name="weekly-detail"),
    path(
        "written/weekly/<int:pk>/steps/<slug:name>/",
        steps.step,
        {"path": "weekly_report"},
        name="weekly-step",
    ),
    path("written/quarterly/received/", received.quarterly_received, name="quarterly-received"),
    path("written/quarterly/<int:pk>/", written.quarterly_detail, name="quarterly-detail"),
    path(
        "written/quarterly/<int:pk>/steps/<slug:name>/",
        steps.step,
        {"path": "quarterly_report"},
        name="quarterly-step",
    ),
]

# /reports/issues/
issue_urls = [
    path("issues/", issues.issues, name="issues"),
    path("issues/<int:pk>/", issues.issue_detail, name="issue-detail"),
    path("issues/<int:pk>/assign/", issues.issue_assign, name="issue-assign"),
    path("issues/<int:pk>/steps/<slug:name>/", steps.step, {"path": "issue"}, name="issue-step"),
    path("written/weekly/<int:pk>/issue/", issues.weekly_raise, name="weekly-raise"),
    path("written/quarterly/<int:pk>/issue/", issues.quarterly_raise, name="quarterly-raise"),
]

# /reports/
urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    *people_urls,
    *written_urls,
    *panel_urls,
    *annual_urls,
    *annual_report_urls,
    *issue_urls,
]
