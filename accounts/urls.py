"""Addresses of what everybody has: the desk, messages, search, one's own page."""

from django.urls import path

from accounts import time_urls
from accounts.views import desk, hints, inbox, profile, search

app_name = "accounts"

# /inbox/
inbox_urls = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.inbox_read_all, name="inbox-read-all"),
    path("inbox/<int:pk>/", inbox.inbox_open, name="inbox-open"),
]

# /
urlpatterns = [
    path("", desk.desk_page, name="desk"),
    *inbox_urls,
    *time_urls.urlpatterns,
    path("search/", search.search, name="search"),
    path("me/hints/", hints.hints, name="hints"),
    path("me/", profile.profile, name="profile"),
]
