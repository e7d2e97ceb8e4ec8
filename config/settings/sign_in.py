"""How people sign in: e-mail and password, no sign-up; a second factor; who is locked out."""

from datetime import timedelta

from config.settings.environment import env

# E-mail and password, no sign-up: people are added by an administrator.
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# The address is unique whatever its case, by a constraint on Lower("email"), which this
# check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "accounts.adapters.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAIL_IN_BACKGROUND = True  # ours: an answer that took longer would say who is on record
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session stays, the others end
ACCOUNT_SESSION_REMEMBER = False
# A whole office sits behind one address, so limits per address are wide. Guessing one
# person's password is stopped by axes below, not here.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "300/m/ip,60/h/key",
    "reset_password": "60/m/ip,5/h/key",
    "reset_password_from_key": "60/m/ip",
    "change_password": "10/m/user",
    "reauthenticate": "20/m/user",
    "invitation": "120/m/ip",  # looking at a link and using it, each
    "email_change": "10/h/user",
}
INVITATION_DAYS = env.int("INVITATION_DAYS", default=7)  # how long the link of one works
EMAIL_CHANGE_HOURS = 24  # and the link that confirms a new address

# A second factor: an app's codes or a passkey, with recovery codes. Everybody may have one;
# with REQUIRE_SECOND_FACTOR administrators and the Standing Committee must.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=False)
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_FORMS = {
    "authenticate": "accounts.forms.second_factor.CodeForm",
    "reauthenticate": "accounts.forms.second_factor.CodeAgainForm",
    "activate_totp": "accounts.forms.second_factor.AppForm",
    "add_webauthn": "accounts.forms.second_factor.PasskeyForm",
    "edit_webauthn": "accounts.forms.second_factor.PasskeyNameForm",
    "authenticate_webauthn": "accounts.forms.second_factor.UsePasskeyForm",
    "reauthenticate_webauthn": "accounts.forms.second_factor.UsePasskeyAgainForm",
    "login_webauthn": "accounts.forms.second_factor.SignInByPasskeyForm",
}
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}  # an office behind one address; nothing to guess

AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = timedelta(minutes=30)
# A person from one address: a stranger elsewhere cannot lock the person out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_USERNAME_CALLABLE = "config.sign_in.attempted_email"
AXES_CLIENT_IP_CALLABLE = "config.sign_in.client_address"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Proxies of ours in front of the application; each one adds an address to X-Forwarded-For.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
