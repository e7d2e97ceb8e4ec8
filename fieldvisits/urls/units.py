"""/units/"""

from django.urls import path

from fieldvisits.views import units

urlpatterns = [
    path("units/", units.unit_list, name="unit-list"),
    path("units/<int:pk>/", units.unit_detail, name="unit-detail"),
]
