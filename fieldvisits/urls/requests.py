"""/requests/ and /attendance/"""

from django.urls import URLPattern, URLResolver, include, path

from fieldvisits.views import nudges, requests, steps

# /requests/<pk>/
request_urls: list[URLPattern | URLResolver] = [
    path("", requests.request_detail, name="request-detail"),
    path("edit/", requests.request_edit, name="request-edit"),
    path("nudge/", nudges.paper_nudge, {"path": "request"}, name="request-nudge"),
    path("steps/<slug:name>/", steps.step, {"path": "request"}, name="request-step"),
]

urlpatterns = [
    path("requests/", requests.request_list, name="request-list"),
    path("requests/new/", requests.request_new, name="request-new"),
    path("requests/<int:pk>/", include(request_urls)),
    path("attendance/new/", requests.attendance_log, name="attendance-log"),
]
