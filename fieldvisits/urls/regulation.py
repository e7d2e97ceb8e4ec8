"""/regulation/"""

from django.urls import URLPattern, path

from fieldvisits.views import regulation

urlpatterns: list[URLPattern] = [
    path("regulation/", regulation.regulation, name="regulation"),
    path("regulation/new/", regulation.regulation_new, name="regulation-new"),
    path("regulation/<int:pk>/read/", regulation.regulation_read, name="regulation-read"),
    path("regulation/<int:pk>/readers/", regulation.regulation_readers, name="regulation-readers"),
    path("regulation/<int:pk>/units/", regulation.regulation_units, name="regulation-units"),
    path("regulation/<int:pk>/change/", regulation.regulation_change, name="regulation-change"),
]
