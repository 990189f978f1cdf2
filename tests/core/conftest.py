"""How the properties are searched: as long as it takes, so that a busy machine fails nothing."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "core",
    deadline=None,
    max_examples=80,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
settings.load_profile("core")
