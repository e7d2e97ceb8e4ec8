"""/organisation/: the agency's own words, and the first days of an office."""

from django.urls import path

from accounts.views import beginning

urlpatterns = [
    path("agency/", beginning.agency, name="agency"),
    path("start/", beginning.start, name="start"),
    path("start/departments/", beginning.start_departments, name="start-departments"),
    path("start/people/", beginning.start_people, name="start-people"),
    path("start/units/", beginning.start_units, name="start-units"),
    path("start/offices/", beginning.start_offices, name="start-offices"),
]
