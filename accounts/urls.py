"""Addresses of what everybody has: the desk, messages, search, one's own page."""

from django.urls import include, path

from accounts import time_urls
from accounts.views import (
    absences,
    deciding,
    desk,
    hints,
    inbox,
    offices,
    organisation,
    people,
    portfolios,
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
organisation_urls = [
    path("", organisation.organisation, name="organisation"),
    path("people/", people.people, name="people"),
    path("people/new/", people.person_new, name="person-new"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.person_edit, name="person-edit"),
    path("people/<int:pk>/appoint/", offices.person_appoint, name="person-appoint"),
    path("offices/<int:pk>/end/", offices.appointment_end, name="appointment-end"),
    path("offices/<int:pk>/move/", offices.appointment_move, name="appointment-move"),
    path("offices/<int:pk>/correct/", offices.appointment_correct, name="appointment-correct"),
    path("offices/<int:pk>/withdraw/", offices.appointment_withdraw, name="appointment-withdraw"),
    path("portfolios/", portfolios.portfolios, name="portfolios"),
    path("portfolios/<int:pk>/", portfolios.portfolio_change, name="portfolio-change"),
    path("who-decides/", deciding.who_decides, name="who-decides"),
    path("exemptions/", absences.exemptions, name="exemptions"),
    path("delegations/", absences.delegations, name="delegation-list"),
]

# /
urlpatterns = [
    path("", desk.desk_page, name="desk"),
    *inbox_urls,
    *time_urls.urlpatterns,
    path("organisation/", include(organisation_urls)),
    path("search/", search.search, name="search"),
    path("me/hints/", hints.hints, name="hints"),
    path("me/", profile.profile, name="profile"),
]
