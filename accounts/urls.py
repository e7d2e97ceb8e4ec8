"""Addresses of what everybody has: the desk, messages, search, one's own page."""

from django.urls import path

from accounts.views import administration, beginning, desk, hints, inbox, profile, search

app_name = "accounts"

# /inbox/
inbox_urls = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.inbox_read_all, name="inbox-read-all"),
    path("inbox/<int:pk>/", inbox.inbox_open, name="inbox-open"),
]

# /administration/
administration_urls = [
    path("administration/", administration.administration, name="administration"),
    path("administration/assumptions/", administration.assumptions, name="assumptions"),
    path("administration/messages/", administration.deliveries, name="deliveries"),
    path("administration/messages/again/", administration.delivery_retry, name="delivery-retry"),
    path("administration/sign-ins/", administration.sign_ins, name="sign-ins"),
    path("administration/sign-ins/unlock/", administration.unlock, name="unlock"),
]

# /organisation/
beginning_urls = [
    path("organisation/agency/", beginning.agency, name="agency"),
    path("organisation/start/", beginning.start, name="start"),
    path("organisation/start/departments/", beginning.start_departments, name="start-departments"),
    path("organisation/start/people/", beginning.start_people, name="start-people"),
    path("organisation/start/units/", beginning.start_units, name="start-units"),
    path("organisation/start/offices/", beginning.start_offices, name="start-offices"),
]

# /
urlpatterns = [
    path("", desk.desk_page, name="desk"),
    *inbox_urls,
    *administration_urls,
    *beginning_urls,
    path("search/", search.search, name="search"),
    path("me/hints/", hints.hints, name="hints"),
    path("me/", profile.profile, name="profile"),
]
