"""Delegations, and what happens to people: leaving, exemption."""

from django.urls import URLPattern, path

from fieldvisits.views import delegations, people

urlpatterns: list[URLPattern] = [
    path("me/delegations/", delegations.delegations, name="delegations"),
    path("me/delegations/<int:pk>/end/", delegations.delegation_end, name="delegation-end"),
    path("people/<int:pk>/leave/", people.person_leave, name="person-leave"),
    path("people/<int:pk>/exemption/", people.person_exemption, name="person-exemption"),
    path("exemptions/<int:pk>/", people.exemption_change, name="exemption-change"),
]
