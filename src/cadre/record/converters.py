"""Names in addresses."""


class Name:
    """What something is named on record: any text, with slashes too, that a database can hold."""

    regex = r"[^\x00]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
