"""/organisation/: invitations, and who may sign in."""

from django.urls import URLPattern, URLResolver, include, path

from accounts.views import invitations, links, person_account
from accounts.views.second_factor import person_second_factor

# /organisation/people/<pk>/
person_urls = [
    path("account/", person_account.person_account, name="person-account"),
    path("account/email/", person_account.person_email, name="person-email"),
    path("account/access/", person_account.person_access, name="person-access"),
    path("second-factor/", person_second_factor, name="person-second-factor"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("invitations/", invitations.invitation_list, name="invitations"),
    path("invitations/invite/", invitations.invite, name="invite"),
    path("invitations/slips/", invitations.slips, name="invitation-slips"),
    path("invitations/result/", invitations.invitation_result, name="invitation-result"),
    path("people/<int:pk>/", include(person_urls)),
]

# The link itself says whose it is.
open_to_strangers = [
    path("invitation/<str:token>/", links.invitation_accept, name="invitation-accept"),
    path("email/<str:token>/", links.email_confirm, name="email-confirm"),
]
