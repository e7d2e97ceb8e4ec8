"""Addresses of what everybody has, and of the organisation: one module per noun."""

from django.urls import include, path

from accounts.urls import (
    accounts,
    administration,
    beginning,
    imports,
    me,
    organisation,
    through_time,
)
from accounts.views import desk, inbox, search

app_name = "accounts"

# /inbox/
inbox_urls = [
    path("", inbox.inbox, name="inbox"),
    path("read/", inbox.inbox_read_all, name="inbox-read-all"),
    path("<int:pk>/", inbox.inbox_open, name="inbox-open"),
]

# /
urlpatterns = [
    path("", desk.desk_page, name="desk"),
    path("inbox/", include(inbox_urls)),
    path("search/", search.search, name="search"),
    path("me/", include(me.urlpatterns)),
    path("organisation/", include(accounts.urlpatterns)),
    path("organisation/", include(organisation.urlpatterns)),
    path("organisation/", include(beginning.urlpatterns)),
    path("organisation/", include(through_time.urlpatterns)),
    path("administration/", include(administration.urlpatterns)),
    path("organisation/import/", include(imports.urlpatterns)),
    *accounts.open_to_strangers,
]
