"""Which way in does what."""


class OwnerMigrates:
    """Tables are made by the role that owns them; the role that serves pages never may."""

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool:  # noqa: ARG002  # Django's form
        return db == "owner"

    def allow_relation(self, _one: object, _other: object, **_hints: object) -> bool:
        return True
