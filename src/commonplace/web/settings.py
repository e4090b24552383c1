"""Settings: what the environment says, and otherwise what works on one machine without any."""

import os
from pathlib import Path
from typing import Any

import fontpkg_lora
from django.utils.translation import gettext_lazy as _
from environs import Env

from commonplace.web.folder import data_folder, secret_key
from commonplace.web.mail import mail_server

env = Env()
PACKAGE = Path(__file__).resolve().parents[1]
DATA = data_folder(env.str("COMMONPLACE_DATA", "data"))
DATA_IS_NEW = not (DATA / "secret.key").exists()
SECRET_KEY = secret_key(DATA)
DEBUG = env.bool("COMMONPLACE_DEBUG", False)
DEMO = (DATA / "demo").exists()
LAKE = env.str("COMMONPLACE_LAKE", "") or str(DATA / "lake")
ENGINE = env.str("COMMONPLACE_ENGINE", "duckdb")
SPARK_MASTER = env.str("COMMONPLACE_SPARK_MASTER", "")

HOSTS: list[str] = env.list("COMMONPLACE_HOSTS", [])
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *HOSTS]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS]
BEHIND_TLS = env.bool("COMMONPLACE_TLS", False)
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "commonplace.web.way_back.too_old"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# From the bottom up: each layer is ready before those that stand on it.
INSTALLED_APPS = [
    "commonplace.ledger",
    "commonplace.communities",
    "commonplace.consenting",
    "commonplace.files",
    "commonplace.externalizing",
    "commonplace.objectifying",
    "commonplace.internalizing",
    "commonplace.measuring",
    "commonplace.steering",
    "commonplace.archiving",
    "commonplace.corresponding",
    "commonplace.demo",
    "commonplace.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
]
PHASES = ["communities", "consenting", "files", "externalizing", "objectifying", "internalizing", "steering"]

MIDDLEWARE = [
    "commonplace.web.middleware.ContentSecurity",
    "django.middleware.security.SecurityMiddleware",
    "commonplace.web.wire.Compressed",
    "commonplace.web.files.Files",
    "django.middleware.locale.LocaleMiddleware",
    "commonplace.web.wire.Unchanged",
    "commonplace.web.middleware.Ground",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "commonplace.web.middleware.ReaderPreferences",
    "django.contrib.messages.middleware.MessageMiddleware",
    "commonplace.web.middleware.FirstVisit",
    "commonplace.web.signed_out.SignInFirst",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "commonplace.web.middleware.Legible",
    "commonplace.web.middleware.OnePage",
    "commonplace.web.visits.LastPlaces",
    "commonplace.web.middleware.OneSending",
    "commonplace.web.way_back.Worded",
    "commonplace.corresponding.reading.PutAway",
]

ROOT_URLCONF = "commonplace.web.urls"
WSGI_APPLICATION = "commonplace.web.wsgi.application"
CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "commonplace.web.context.page",
    "commonplace.corresponding.unread.count",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "commonplace.web.jinja.environment", "context_processors": CONTEXT},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web/templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT},
    },
]

_SQLITE = {
    "ENGINE": "commonplace.ledger.sqlite",
    "NAME": DATA / "commonplace.sqlite3",
    "TEST": {"NAME": DATA / "tests.sqlite3"},
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;",
    },
}
_DATABASE: dict[str, Any] = env.dj_db_url("COMMONPLACE_DATABASE") if env.str("COMMONPLACE_DATABASE", "") else _SQLITE
if "postgresql" in _DATABASE["ENGINE"]:
    _DATABASE |= {"CONN_HEALTH_CHECKS": True}  # It may have been restarted since the last page.
DATABASES = {"default": {**_DATABASE, "CONN_MAX_AGE": None}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "communities_passing",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},  # Beyond, some are thrown away at random: limits would forget.
    }
}

AUTH_USER_MODEL = "communities.Person"
AUTHENTICATION_BACKENDS = ["commonplace.communities.signed_in.SignIn"]
SESSION_ENGINE = "commonplace.communities.signed_in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "commonplace.communities.adapter.Door"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "commonplace.communities.forms.signup.NameForm"
ACCOUNT_FORMS = {
    "add_email": "commonplace.communities.forms.addresses.AddEmailForm",
    "reset_password": "commonplace.communities.forms.addresses.ResetPasswordForm",
}
ACCOUNT_RATE_LIMITS = {
    "login_failed_from_here": "5/5m/key",
    "login_failed": "10/m/ip,100/h/key",
    "confirm_email": "1/m/key,10/d/key",  # Whoever reads there may never have asked for it.
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "commonplace.communities.adapter.display"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
MAIL = env.str("COMMONPLACE_MAIL", "")
ACCOUNT_EMAIL_VERIFICATION = "optional" if MAIL else "none"
vars().update(mail_server(MAIL))
ANYMAIL = {name.removeprefix("ANYMAIL_"): value for name, value in os.environ.items() if name.startswith("ANYMAIL_")}
DEFAULT_FROM_EMAIL = env.str("COMMONPLACE_MAIL_FROM", "commonplace@localhost")
MFA_ADAPTER = "commonplace.communities.adapter.SecondFactor"
MFA_ALLOW_UNVERIFIED_EMAIL = not MAIL
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
USERSESSIONS_TRACK_ACTIVITY = False

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [PACKAGE / "web/locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = "commonplace.web.formats"

STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
]
STATICFILES_DIRS = [("fonts", fontpkg_lora.ROOT / "files")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "commonplace.web.files.Fingerprinted"},
}
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
FILES_GB = env.int("COMMONPLACE_FILES", 20)
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
SILENCED_SYSTEM_CHECKS = ["models.W042"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {message}", "style": "{", "datefmt": "%Y-%m-%d %H:%M:%S"}},
    "filters": {
        "away": {"()": "commonplace.web.away.OneSentence"},
        "discreet": {"()": "commonplace.web.discreet.Discreet"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["discreet"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "commonplace": {"level": "INFO"},
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Each 404 and refused form is the visitor's affair, not the operator's.
        "django.request": {"level": "ERROR", "filters": ["away"]},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # That somebody waits for a thread is no news.
        "waitress.queue": {"level": "ERROR"},
    },
}

# Numbers that the theory leaves to us ([P] in theory.md); each is named where it is used.
NEWCOMER_DAYS, FOUNDING_DAYS = 180, 90
CORE_WEEKS, ACTIVE_WEEKS = 8, 3
ANSWER_DAYS = 7
NEWCOMER_WAITS_DAYS, WAITS_DAYS = 1, 3
RIPE_RESPONSES = 8
HELP_DAYS, AGREE_DAYS, USE_DAYS, CYCLE_DAYS = 30, 90, 90, 180
QUORUM_FLOOR, QUORUM_SHARE, QUORUM_UNITS, LARGE_UNIT = 3, 0.30, 2, 3
ROUND_FLOOR_DAYS, AMENDED_DAYS, REMEDY_DAYS, DECISION_DAYS, CHALLENGE_DAYS = 3, 5, 10, 7, 60
REVIEW_FAILURES, REVIEW_SILENT_DAYS = 2, 365
MINOR_DAYS, MINOR_MOST = 7, 3
REUSE_APPLICATIONS, BACKERS = 1, 2
CREATION_CONTRIBUTORS, CREATION_TRIALS, CREATION_HELD = 2, 2, 1
K_ANONYMITY, MEDIAN_EVENTS = 5, 8
SIGN_IN_LINK_DAYS, INVITATION_DAYS = 3, 14
JOB_LEASE_SECONDS, JOB_MOST_TRIES = 60, 12
JOB_FIRST_PAUSE_SECONDS, JOB_LONGEST_PAUSE_SECONDS = 10, 3600
