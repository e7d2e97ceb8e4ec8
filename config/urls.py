"""Every address of the site, by app."""

from allauth.account import views as allauth_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as app_views
from allauth.mfa.webauthn import views as passkey_views
from django.apps import apps
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path, reverse_lazy
from django.views.i18n import set_language

from accounts.views.second_factor import second_factor
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

# /accounts/second-factor/
second_factor_urls = [
    path("", second_factor, name="mfa_index"),
    path("sign-in/", factor_views.authenticate, name="mfa_authenticate"),
    path("again/", factor_views.reauthenticate, name="mfa_reauthenticate"),
    path("app/", app_views.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", app_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", code_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/new/", code_views.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("passkeys/new/", passkey_views.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/sign-in/", passkey_views.login_webauthn, name="mfa_login_webauthn"),
    path(
        "passkeys/again/",
        passkey_views.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "passkeys/<int:pk>/name/",
        passkey_views.EditWebAuthnView.as_view(success_url=reverse_lazy("mfa_index")),
        name="mfa_edit_webauthn",
    ),
    path(
        "passkeys/<int:pk>/remove/",
        passkey_views.RemoveWebAuthnView.as_view(success_url=reverse_lazy("mfa_index")),
        name="mfa_remove_webauthn",
    ),
]

urlpatterns = [
    path("accounts/", include(sign_in_urls)),
    path("accounts/again/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("accounts/second-factor/", include(second_factor_urls)),
    path("language/", login_not_required(set_language), name="set_language"),
    path("health/", login_not_required(health), name="health"),
    path("", include("accounts.urls")),
    path("", include("fieldvisits.urls")),
]
if apps.is_installed("reports"):
    urlpatterns.append(path("reports/", include("reports.urls")))
if settings.DEBUG:  # every component on one page, for who draws screens
    urlpatterns.append(path("gallery/", gallery, name="gallery"))
