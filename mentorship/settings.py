"""Settings. Every knob comes from the environment and has a sane default.

Three ways to run: production (the default), `DEMO=1` (sample data, one-click
sign-in, embedded servers) and the test suite. `mentorship/accounts/trust.py` refuses
to serve in production on a sample key, on DEBUG or on a careless database role.
"""

import json
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from mentorship.demo import embedded
from mentorship.environment import as_role, database, flag, words

BASE_DIR = Path(__file__).resolve().parent.parent
STATE = Path(os.environ.get("RECIPROCAL_STATE", BASE_DIR / ".state"))

# --- How it runs ---------------------------------------------------------------

DEMO = flag("DEMO")
DEBUG = flag("DEBUG")
SAMPLE_SECRET_KEY = "sample-key-for-demo-and-tests-only-never-for-real-people"
SECRET_KEY = os.environ.get("SECRET_KEY", SAMPLE_SECRET_KEY)
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
# Master keys of private words, "number:64 hex digits", the highest number seals.
SAMPLE_SEALING_KEY = "1:" + "5a" * 32
SEALING_KEYS = words("SEALING_KEYS", SAMPLE_SEALING_KEY)
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost 127.0.0.1 [::1]")
# Where the videos of stories may lie; shown as a link, never fetched.
STORY_VIDEO_HOSTS = words("STORY_VIDEO_HOSTS", "vimeo.com www.youtube.com youtu.be")
SITE_URL = os.environ.get("SITE_URL", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ORGANIZATION = os.environ.get("ORGANIZATION", "Kestrel Health" if DEMO else "")

# --- What it is made of --------------------------------------------------------

INSTALLED_APPS = [
    "mentorship.home",
    "mentorship.insights",
    "milestones",
    "feedback",
    "pairing",
    "mentorship.participants",
    "mentorship.library",
    "mentorship.charter",
    "mentorship.outbox",
    "mentorship.accounts",
    "mentorship.ui",
    "mentorship.ops",
    "mentorship.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "csp",
]

MIDDLEWARE = [
    "mentorship.ops.middleware.with_request_id",
    "mentorship.ops.middleware.Counting",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mentorship.accounts.middleware.preferences",
    "mentorship.accounts.middleware.RefusedForms",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "mentorship.urls"
WSGI_APPLICATION = "mentorship.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mentorship.ui.context.site",
            ],
            "builtins": ["mentorship.ui.templatetags.addresses"],
        },
    },
]
FORM_RENDERER = "mentorship.ui.rendering.Renderer"
FILTERS_EMPTY_CHOICE_LABEL = _("Everyone")

# --- Where things are kept -----------------------------------------------------

DATABASE_URL = os.environ.get("DATABASE_URL") or embedded.database_url(STATE)
DATABASES = {"default": database(DATABASE_URL)}
# Whether Postgres keeps the plans of the statements it is asked most, on each
# connection. Off behind a pooler that does not hand prepared statements on.
KEEP_PLANS = flag("KEEP_PLANS", default=True)
for alias in ("publisher", "steer"):
    url = os.environ.get(f"{alias.upper()}_DATABASE_URL")
    DATABASES[alias] = database(url) if url else as_role(DATABASES["default"], alias)
    DATABASES[alias]["TEST"] = {"MIRROR": "default", "MIGRATE": False}

REDIS_URL = os.environ.get("REDIS_URL") or embedded.redis_url(STATE)
CACHES = {
    "default": {
        "BACKEND": "mentorship.accounts.cache.SpareCache",
        "LOCATION": REDIS_URL,
        # A paused Redis must not hold a page.
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}

SESSION_ENGINE = "mentorship.accounts.sessions"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- People and sign-in --------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
# The address is unique without case, by the constraint one_person_per_email.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "mentorship.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 20 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_FORMS = {
    "login": "mentorship.accounts.forms.LoginForm",
    "request_login_code": "mentorship.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "mentorship.accounts.forms.ConfirmLoginCodeForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:today"
INVITATION_MAX_AGE_DAYS = 30

# --- Mail ----------------------------------------------------------------------

email = urlsplit(os.environ.get("EMAIL_URL", "smtp://localhost:25"))
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = email.hostname or "localhost"
EMAIL_PORT = email.port or 25
EMAIL_HOST_USER = unquote(email.username or "")
EMAIL_HOST_PASSWORD = unquote(email.password or "")
EMAIL_USE_TLS = email.scheme == "smtp+tls"
EMAIL_USE_SSL = email.scheme == "smtps"
EMAIL_TIMEOUT = 10
# Mails a second in all, and to one mail domain; 0 is as fast as the server takes them.
MAIL_PER_SECOND = float(os.environ.get("MAIL_PER_SECOND", "0" if DEMO else "5"))
MAIL_PER_SECOND_AND_DOMAIN = float(os.environ.get("MAIL_PER_SECOND_AND_DOMAIN", "0"))
# Where mail to us is read by `manage.py incoming`, if it is.
INBOUND_ADDRESS = os.environ.get("INBOUND_ADDRESS", "")
DEFAULT_FROM_EMAIL = os.environ.get("FROM_EMAIL", "Reciprocal <reciprocal@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Chat ------------------------------------------------------------------------

# Kinds of addresses that a program may write to, by their scheme in Apprise.
CHAT_SCHEMES = words(
    "CHAT_SCHEMES",
    "mmosts rockets slack workflows matrixs ntfys discord gchat zulip jsons",
)
CHAT_PORTS = [int(port) for port in words("CHAT_PORTS", "443 8443")]
# Hosts inside one's own network that may be written to all the same, by name.
CHAT_PRIVATE_HOSTS = words("CHAT_PRIVATE_HOSTS")

# --- Celery: only an alarm clock -------------------------------------------------

CELERY_BROKER_URL = embedded.broker_url(REDIS_URL)
# Plans may have workers of their own, so that mail never waits for one.
CELERY_TASK_ROUTES = {"pairing.*": {"queue": os.environ.get("PLANS_QUEUE", "celery")}}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 840
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than the longest task, and looked at every ten seconds.
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    # A broker that is away is told so at once; whoever sends tries again or is swept.
    "max_retries": 1,
    "interval_start": 0,
}

# --- Language and time -----------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = os.environ.get("TIME_ZONE", "UTC")
USE_TZ = True

# --- Files -----------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", STATE / "static"))
MANIFEST = "whitenoise.storage.CompressedManifestStaticFilesStorage"
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Sealed files of pairs; no address leads there. In a folder, or wherever another
    # storage of Django's interface keeps them; see docs/deploy.md.
    "private": json.loads(os.environ.get("FILES_STORAGE") or "null")
    or {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": Path(os.environ.get("FILES_DIR", STATE / "files")),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": PLAIN if flag("PLAIN_STATIC") else MANIFEST},
}
if flag("PLAIN_STATIC"):  # tests serve the files as they lie there
    MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000
DATA_UPLOAD_MAX_NUMBER_FILES = 2
# Uploads stay in memory, at most 10 MB each; see there.
FILE_UPLOAD_HANDLERS = ["mentorship.ui.receiving.InMemoryToALimit"]

# --- Security --------------------------------------------------------------------

HTTPS = not DEMO and SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(livez|readyz|healthz|metrics)$"]
SECURE_REFERRER_POLICY = "same-origin"
if flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Whose attempts are counted when somebody tries many passwords.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "mentorship.ui.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- Logs and watching -------------------------------------------------------------

# Who brings it may read /healthz and /metrics; without one neither exists.
WATCH_TOKEN = os.environ.get("WATCH_TOKEN", "")
# Asked for after every sweep, so that somebody outside notices when none comes.
PING_URL = os.environ.get("PING_URL", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "mentorship.ops.logs.Lines",
            "format": "%(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "mentorship.ops.logs.JsonLines"},
    },
    "filters": {"secrets": {"()": "mentorship.ops.logs.WithoutSecrets"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if os.environ.get("LOG_FORMAT") == "json" else "line",
            "filters": ["secrets"],
        }
    },
    # The web server's own lines go the same way.
    "loggers": {"gunicorn.error": {"handlers": [], "propagate": True}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
}

# --- Backup ------------------------------------------------------------------------

# The superuser, for `manage.py backup`, `restore` and `drill`. Whoever serves lacks it.
BACKUP_DATABASE_URL = os.environ.get("BACKUP_DATABASE_URL") or (
    "" if os.environ.get("DATABASE_URL") else embedded.database_url(STATE, "postgres")
)
