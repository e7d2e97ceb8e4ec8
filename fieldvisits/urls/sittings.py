"""Sittings of the Standing Committee."""

from django.urls import URLPattern, include, path

from fieldvisits.views import agenda_lines, notices, sittings

# /sittings/<pk>/
sitting_urls = [
    path("", sittings.sitting_detail, name="sitting-detail"),
    path("reported/", sittings.sitting_reported, name="sitting-reported"),
    path("presence/", sittings.sitting_presence, name="sitting-presence"),
    path("lines/agree/", agenda_lines.lines_agree, name="lines-agree"),
    path("lines/<int:line_pk>/", agenda_lines.line_decide, name="line-decide"),
    path("directions/", sittings.direction_add, name="direction-add"),
    path("directions/<int:direction_pk>/drop/", sittings.direction_drop, name="direction-drop"),
    path("close/", notices.sitting_close, name="sitting-close"),
    path("notice/", notices.sitting_notice, name="sitting-notice"),
    path("number/", notices.sitting_number, name="sitting-number"),
]

# /sittings/
urlpatterns: list[URLPattern] = [
    path("sittings/", sittings.sitting_list, name="sitting-list"),
    path("sittings/convene/", sittings.sitting_convene, name="sitting-convene"),
    path("sittings/<int:pk>/", include(sitting_urls)),  # type: ignore[list-item]  # a resolver
]
