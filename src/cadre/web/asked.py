"""What a page is asked for in its address, beside its two moments."""

from django.http import HttpRequest

LONGEST_NUMBER = 6  # digits of the number of a page


def asked_text(request: HttpRequest, name: str, default: str = "") -> str:
    """A parameter of the address, without what the database cannot hold."""
    return request.GET.get(name, default).replace("\x00", "").strip()


def page_asked(request: HttpRequest) -> int:
    """The page of a list that the address asks for, from 1 on; nonsense is the first."""
    text = request.GET.get("page", "")
    return max(1, int(text)) if text.isdecimal() and len(text) < LONGEST_NUMBER else 1
