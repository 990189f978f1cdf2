"""How a rule says no."""


class Refused(Exception):
    """A change or a question that cannot be met; the message is one sentence a user may read."""
