"""Addresses of what everybody has: the desk, messages, search, one's own page."""

from django.urls import path

from accounts.views import (
    desk,
    hints,
    inbox,
    invitations,
    links,
    person_account,
    profile,
    search,
)

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

# /
urlpatterns = [
    path("", desk.desk_page, name="desk"),
    *inbox_urls,
    *invitation_urls,
    *link_urls,
    path("search/", search.search, name="search"),
    path("me/email/", person_account.email_change, name="email-change"),
    path("me/hints/", hints.hints, name="hints"),
    path("me/", profile.profile, name="profile"),
]
