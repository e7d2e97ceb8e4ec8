"""Every address of the site, by app."""

from allauth.account import views as allauth_views
from django.apps import apps
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.i18n import set_language

from config.health import health
from config.ui.gallery import gallery

# Only what has a page of ours: allauth's other addresses (sign-up, e-mail management,
# codes) do not exist here.
# /accounts/
sign_in_urls = [
    path("login/", allauth_views.login, name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("password/change/", allauth_views.password_change, name="account_change_password"),
    path("password/set/", allauth_views.password_set, name="account_set_password"),
    path("password/reset/", allauth_views.password_reset, name="account_reset_password"),
    path(
        "password/reset/done/",
        allauth_views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

urlpatterns = [
    path("accounts/", include(sign_in_urls)),
    path("language/", login_not_required(set_language), name="set_language"),
    path("health/", login_not_required(health), name="health"),
    path("", include("accounts.urls")),
    path("", include("fieldvisits.urls")),
]
if apps.is_installed("reports"):
    urlpatterns.append(path("reports/", include("reports.urls")))
if settings.DEBUG:  # every component on one page, for who draws screens
    urlpatterns.append(path("gallery/", gallery, name="gallery"))
