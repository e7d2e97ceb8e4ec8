"""Addresses of what everybody has: the desk, messages, search, one's own page."""

from django.urls import include, path

from accounts.views import desk, hints, inbox, mail, my_data, profile, search, sessions
from accounts.views.second_factor import person_second_factor

app_name = "accounts"

# /inbox/
inbox_urls = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.inbox_read_all, name="inbox-read-all"),
    path("inbox/<int:pk>/", inbox.inbox_open, name="inbox-open"),
]

# /me/
my_urls = [
    path("", profile.profile, name="profile"),
    path("hints/", hints.hints, name="hints"),
    path("devices/", sessions.session_list, name="sessions"),
    path("devices/others/end/", sessions.session_end_others, name="session-end-others"),
    path("devices/<int:pk>/end/", sessions.session_end, name="session-end"),
    path("mail/", mail.mail_choices, name="mail"),
    path("data/", my_data.my_data, name="my-data"),
]

# /
urlpatterns = [
    path("", desk.desk_page, name="desk"),
    *inbox_urls,
    path("search/", search.search, name="search"),
    path("me/", include(my_urls)),
    path(
        "organisation/people/<int:pk>/second-factor/",
        person_second_factor,
        name="person-second-factor",
    ),
]
