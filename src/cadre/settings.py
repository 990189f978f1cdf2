"""The one settings file: everything that differs between sites comes from the environment."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from cadre.alerts.channels.environment import mailers, ways_out
from cadre.launch.database.url import from_url

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "cadre"


def flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def listed(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def data_folder() -> Path:
    return Path(os.environ.get("CADRE_DATA", ROOT / ".cadre"))


# --- who and where -----------------------------------------------------------------------------

CADRE_DEMO = flag("CADRE_DEMO")
CADRE_CLOCK = os.environ.get("CADRE_CLOCK", "")  # where pages stand when an address names no moment
# Since when that clock runs, if it does: seconds of the machine's own; see web.clock.start.
CADRE_CLOCK_STARTED = data_folder() / "clock-started"
CADRE_ADDRESS = os.environ.get(
    "CADRE_ADDRESS", "http://127.0.0.1:8000"
)  # as links in messages begin
CADRE_NODE = os.environ.get("CADRE_NODE", "home")  # names this node's own chain in the ledger
CADRE_SITE_CLASSIFICATION = os.environ.get("CADRE_SITE_CLASSIFICATION", "unclassified")
# Where pages find the live stream: an address, a path of this host, “:port” of it; "" is nowhere.
CADRE_LIVE_URL = os.environ.get("CADRE_LIVE_URL", "")
CADRE_LIVE_BOARDS = int(os.environ.get("CADRE_LIVE_BOARDS", "2000"))  # open at once at this node

DEBUG = flag("CADRE_DEBUG")
# A key made up at the start is safe but signs everybody out at the next one; `serve` keeps one.
SECRET_KEY = os.environ.get("CADRE_SECRET_KEY") or secrets.token_urlsafe(64)
ALLOWED_HOSTS = listed("CADRE_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = listed("CADRE_ORIGINS")

# --- parts -------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "cadre.access",  # before allauth, whose pages it replaces
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "cadre.record",
    "cadre.mission",
    "cadre.situation",
    "cadre.accountability",
    "cadre.directives",
    "cadre.training",
    "cadre.packs",
    "cadre.alerts",
    "cadre.web",
]

MIDDLEWARE = [
    "cadre.accountability.views.pressing.short_way",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cadre.access.middleware.strangers_sign_in",
    "cadre.access.middleware.the_database_knows_who_looks",
]

ROOT_URLCONF = "cadre.urls"
WSGI_APPLICATION = "cadre.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "cadre.web.context.shell",
            ],
            "builtins": ["cadre.web.templatetags.cadre"],
        },
    },
]

# --- database: two ways in to one database -----------------------------------------------------


def connection(role: str) -> dict[str, object]:
    """How `role` ("app" or "owner") reaches the database; see cadre.launch.database."""
    url = os.environ.get("CADRE_APP_DATABASE_URL") if role == "app" else None
    base = os.environ.get("DATABASE_URL")
    if url or base:
        parameters = from_url(url or base or "")
        if role == "app" and not url:
            parameters["OPTIONS"] = {**parameters["OPTIONS"], "options": "-c role=cadre_app"}  # type: ignore[dict-item]  # from_url always sets a mapping
        return parameters
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.environ.get("CADRE_DB_HOST", str(data_folder() / "run")),
        "PORT": os.environ.get("CADRE_DB_PORT", "5432"),
        "NAME": os.environ.get("CADRE_DB_NAME", "cadre"),
        "USER": f"cadre_{role}",
        "OPTIONS": {},
    }


DATABASES = {
    "default": {**connection("app"), "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True},
    "owner": {**connection("owner"), "CONN_MAX_AGE": 0},
}
DATABASE_ROUTERS = ["cadre.access.routers.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "access_cache",
        # It counts attempts to sign in; a flood of them must not push the counters out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# --- accounts ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "cadre.access.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "cadre.access.adapters.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = CADRE_DEMO or DEBUG  # passkeys on http://localhost only there
MFA_TOTP_ISSUER = "Cadre"
OIDC_ORIGINS = listed("CADRE_OIDC_ORIGINS", origin(os.environ.get("CADRE_OIDC_URL", "")))
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": os.environ.get("CADRE_OIDC_ID", "oidc"),
                "name": os.environ.get("CADRE_OIDC_NAME", "OpenID Connect"),
                "client_id": os.environ["CADRE_OIDC_CLIENT"],
                "secret": os.environ.get("CADRE_OIDC_SECRET", ""),
                # An address that the provider vouches for is the account; nothing else links them.
                "settings": {
                    "server_url": os.environ["CADRE_OIDC_URL"],
                    "email_authentication": True,
                },
            },
        ]
        if os.environ.get("CADRE_OIDC_URL") and os.environ.get("CADRE_OIDC_CLIENT")
        else [],
    },
}

# --- ways out: docs/how-to/run-it-for-real.md ----------------------------------------------------

WAYS_OUT = ways_out(os.environ, demo=CADRE_DEMO, site=CADRE_SITE_CLASSIFICATION)
MAILERS = mailers(os.environ)

# --- safety of the wire ------------------------------------------------------------------------

OVER_TLS = not (CADRE_DEMO or DEBUG or flag("CADRE_PLAIN_HTTP"))
SESSION_COOKIE_SECURE = OVER_TLS
SESSION_COOKIE_AGE = 12 * 3600  # one watch
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = OVER_TLS
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = OVER_TLS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = OVER_TLS
SECURE_HSTS_SECONDS = 31_536_000 if OVER_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = OVER_TLS
SECURE_HSTS_PRELOAD = OVER_TLS
SECURE_REFERRER_POLICY = "same-origin"
if flag("CADRE_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many of the last addresses in X-Forwarded-For our own proxies wrote; 0 trusts none of them.
ALLAUTH_TRUSTED_PROXY_COUNT = int(
    os.environ.get("CADRE_PROXIES", "1" if flag("CADRE_BEHIND_PROXY") else "0")
)
X_FRAME_OPTIONS = "DENY"
LIVE_ORIGIN = f"*{CADRE_LIVE_URL}" if CADRE_LIVE_URL.startswith(":") else origin(CADRE_LIVE_URL)
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF, *filter(None, [LIVE_ORIGIN])],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    # Browsers follow a form's redirects too: signing in may lead to the identity provider.
    "form-action": [CSP.SELF, *OIDC_ORIGINS],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- sending -----------------------------------------------------------------------------------

# How long a worker that dies keeps others from what it had taken; longer than any way out takes.
CADRE_LEASE_SECONDS = int(os.environ.get("CADRE_LEASE_SECONDS", "60"))
CADRE_TEST_HOURS = int(os.environ.get("CADRE_TEST_HOURS", "24"))  # each channel is tested so often
CADRE_TEST_ADDRESSES = dict(  # to whom, as email=probe@example.org,sms=+4712345678
    each.split("=", 1) for each in listed("CADRE_TEST_ADDRESSES") if "=" in each
)
# How many ordinary messages a worker sends in a minute, 0: any; the life-safety lane has no limit.
CADRE_ORDINARY_PER_MINUTE = int(os.environ.get("CADRE_ORDINARY_PER_MINUTE", "600"))

# --- languages and time ------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("ar", _("Arabic"))]
LOCALE_PATHS = [SOURCE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# --- files -------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = data_folder() / "static"
NODE_MODULES = ROOT / "node_modules"
FONTS = NODE_MODULES / "@expo-google-fonts" / "noto-naskh-arabic"  # for Arabic on paper
STATICFILES_DIRS = [
    (f"packages/{name}", NODE_MODULES / folder)
    for name, folder in (
        ("htmx", "htmx.org/dist"),
        ("leaflet", "leaflet/dist"),
        ("topojson", "topojson-client/dist"),
        ("atlas", "world-atlas"),
    )
    if (NODE_MODULES / folder).is_dir()
]
STATICFILES_FINDERS = [
    "cadre.web.packages.PackageFinder",  # only what pages use of each package
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or flag("CADRE_PLAIN_STATIC")
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = DEBUG or flag("CADRE_PLAIN_STATIC")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("CADRE_LOG", "WARNING")},
}
