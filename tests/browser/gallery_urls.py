"""The gallery as a DEBUG server has it, with what its top bar leads to."""

from allauth.account import views as allauth_views
from django.urls import path
from django.views.i18n import set_language

from config.ui.gallery import gallery

urlpatterns = [
    path("gallery/", gallery, name="gallery"),
    path("language/", set_language, name="set_language"),
    path("accounts/login/", allauth_views.login, name="account_login"),
    path("accounts/logout/", allauth_views.logout, name="account_logout"),
    path(
        "accounts/password/change/", allauth_views.password_change, name="account_change_password"
    ),
]
