"""The address of a database server as Django's settings want it."""

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict


def from_url(url: str) -> dict[str, object]:
    """Read as the driver reads it, so that several hosts and every option of its own work."""
    if not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://.")
    try:
        options = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {str(error).strip()}.") from error
    user = options.pop("user", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": options.pop("host", ""),
        "PORT": options.pop("port", ""),
        "NAME": options.pop("dbname", user),
        "USER": user,
        "PASSWORD": options.pop("password", ""),
        "OPTIONS": options,
    }
