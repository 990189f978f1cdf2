"""Settings of a project without contexts: the launcher's tests are about the launcher."""

import os

SECRET_KEY = os.environ["CADRE_SECRET_KEY"]
INSTALLED_APPS = ["django.contrib.contenttypes"]
DATABASES = {
    alias: {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.environ["CADRE_DB_HOST"],
        "PORT": os.environ["CADRE_DB_PORT"],
        "NAME": os.environ["CADRE_DB_NAME"],
        "USER": user,
    }
    for alias, user in (("default", "cadre_app"), ("owner", "cadre_owner"))
}
