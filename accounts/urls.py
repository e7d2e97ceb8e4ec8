"""Addresses of what everybody has: the desk, messages, search, one's own page."""

from django.urls import include, path

from accounts.views import (
    desk,
    hints,
    inbox,
    invitations,
    links,
    mail,
    my_data,
    person_account,
    profile,
    search,
    sessions,
)
from accounts.views.second_factor import person_second_factor

app_name = "accounts"

# /inbox/
inbox_urls = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.inbox_read_all, name="inbox-read-all"),
    path("inbox/<int:pk>/", inbox.inbox_open, name="inbox-open"),
]

# /organisation/
invitation_urls = [
    path("organisation/invitations/", invitations.invitation_list, name="invitations"),
    path("organisation/invitations/invite/", invitations.invite, name="invite"),
    path("organisation/invitations/slips/", invitations.slips, name="invitation-slips"),
    path(
        "organisation/invitations/result/", invitations.invitation_result, name="invitation-result"
    ),
    path(
        "organisation/people/<int:pk>/account/",
        person_account.person_account,
        name="person-account",
    ),
    path(
        "organisation/people/<int:pk>/account/email/",
        person_account.person_email,
        name="person-email",
    ),
    path(
        "organisation/people/<int:pk>/account/access/",
        person_account.person_access,
        name="person-access",
    ),
]

# Open to strangers: the link itself says whose it is.
link_urls = [
    path("invitation/<str:token>/", links.invitation_accept, name="invitation-accept"),
    path("email/<str:token>/", links.email_confirm, name="email-confirm"),
]

# /me/
my_urls = [
    path("", profile.profile, name="profile"),
    path("email/", person_account.email_change, name="email-change"),
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
    *invitation_urls,
    *link_urls,
    path("search/", search.search, name="search"),
    path("me/", include(my_urls)),
    path(
        "organisation/people/<int:pk>/second-factor/",
        person_second_factor,
        name="person-second-factor",
    ),
]
