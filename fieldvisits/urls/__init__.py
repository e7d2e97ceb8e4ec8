"""Addresses of the planner, one module per noun."""

from fieldvisits.urls import (
    at_unit,
    clusters,
    departments,
    holidays,
    opening,
    people,
    plans,
    products,
    programme,
    regulation,
    requests,
    sittings,
    units,
    visits,
)

app_name = "fieldvisits"

urlpatterns = [
    *plans.urlpatterns,
    *visits.urlpatterns,
    *departments.urlpatterns,
    *sittings.urlpatterns,
    *units.urlpatterns,
    *holidays.urlpatterns,
    *clusters.urlpatterns,
    *requests.urlpatterns,
    *products.urlpatterns,
    *at_unit.urlpatterns,
    *people.urlpatterns,
    *regulation.urlpatterns,
    *programme.urlpatterns,
    *opening.urlpatterns,
]
