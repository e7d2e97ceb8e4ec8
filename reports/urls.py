"""Addresses of what looks back."""

from django.urls import path

from reports.views import annual, dashboard, panels, people

app_name = "reports"

# /reports/annual/
annual_urls = [
    path("annual/", annual.annual_list, name="annual-list"),
    path("annual/<int:pk>/progress/", annual.annual_progress, name="annual-progress"),
    path("annual/<int:pk>/file/", annual.annual_file, name="annual-file"),
]

# /reports/people/
people_urls = [
    path("people/", people.people, name="people"),
    path("people/<int:pk>/days/", people.person_days, name="person-days"),
]

# /reports/panels/
panel_urls = [
    path("panels/standing/", panels.panel_standing, name="panel-standing"),
    path("panels/weekly/", panels.panel_weekly, name="panel-weekly"),
]

# /reports/
urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    *people_urls,
    *panel_urls,
    *annual_urls,
]
