"""The mission of the tests of directives, to teach in."""

from tests.directives.conftest import place, sign_in

__all__ = ["place", "sign_in"]
