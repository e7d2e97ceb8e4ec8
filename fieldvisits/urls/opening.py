"""/organisation/start/quarter/"""

from django.urls import URLPattern, path

from fieldvisits.views import opening

urlpatterns: list[URLPattern] = [
    path("organisation/start/quarter/", opening.start_quarter, name="start-quarter"),
]
