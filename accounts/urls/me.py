"""/me/: one's own page."""

from django.urls import path

from accounts.views import hints, mail, my_data, person_account, profile, sessions

urlpatterns = [
    path("", profile.profile, name="profile"),
    path("email/", person_account.email_change, name="email-change"),
    path("hints/", hints.hints, name="hints"),
    path("devices/", sessions.session_list, name="sessions"),
    path("devices/others/end/", sessions.session_end_others, name="session-end-others"),
    path("devices/<int:pk>/end/", sessions.session_end, name="session-end"),
    path("mail/", mail.mail_choices, name="mail"),
    path("data/", my_data.my_data, name="my-data"),
]
