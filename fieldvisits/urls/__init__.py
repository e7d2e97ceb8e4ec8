"""Addresses of the planner, one module per noun."""

from fieldvisits.urls import departments, people, plans, regulation, sittings, units, visits

app_name = "fieldvisits"

urlpatterns = [
    *plans.urlpatterns,
    *visits.urlpatterns,
    *departments.urlpatterns,
    *sittings.urlpatterns,
    *units.urlpatterns,
    *people.urlpatterns,
    *regulation.urlpatterns,
]
