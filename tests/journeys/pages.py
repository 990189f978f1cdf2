"""Every page there is, by the name of its address, and what is no page."""

from collections.abc import Iterator

from django.urls import URLResolver, get_resolver

# Addresses that answer no page of their own to look at, each with the reason.
NO_PAGES = {
    "alerts:acknowledge": "answers a form",
    "alerts:again": "answers a form",
    "alerts:ask": "answers a form",
    "alerts:by_link": "needs a link; tests/alerts/test_pages.py has it",
    "alerts:drop": "answers a form",
    "alerts:drop_browser": "answers a form",
    "alerts:heartbeat": "is for a probe",
    "alerts:keep_browser": "answers a form",
    "alerts:push_worker": "is a script",
    "alerts:receipts": "answers a gateway",
    "alerts:settle": "needs an answer of a gateway; tests/alerts/test_gateway_events.py has it",
    "alerts:test": "answers a form",
    "access:close_account": "answers a form",
    "access:describe_account": "answers a form",
    "access:end_role": "answers a form",
    "access:give_role": "answers a form",
    "access:make_key": "answers a form",
    "access:make_link": "answers a form",
    "access:reopen_account": "answers a form",
    "access:reset_factors": "answers a form",
    "access:revoke_key": "answers a form",
    "set_language": "answers a form",
    "account_logout": "answers a form, and asks first",
    "account_set_password": "leads to the page that changes it",
    "account_reset_password_from_key": "needs a link that an administrator made",
    "mfa_authenticate": "stands between password and session",
    "mfa_reauthenticate": "leads on to what was asked for",
    "mfa_reauthenticate_webauthn": "answers script",
    "mfa_login_webauthn": "answers script",
    "mfa_edit_webauthn": "needs a passkey",
    "mfa_remove_webauthn": "needs a passkey",
    "mfa_download_recovery_codes": "is a file",
    "accountability:count": "leads to the page on which a list is counted",
    "accountability:link": "needs an open muster of the list; tests/accountability/test_pages.py",
    "accountability:mention": "needs a name as typed; tests/accountability/test_pages.py has it",
    "accountability:paper": "is a file",
    "accountability:tree": "is a file",
    "check_in": "needs a signed link; tests/journeys/test_without_network.py has it",
    "check_in_manifest": "answers a browser",
    "check_in_reports": "answers script",
    "check_in_worker": "is a script",
    "directives:drop_draft": "answers a form",
    "directives:end_proposal": "answers a form",
    "directives:lift": "answers a form",
    "directives:on_the_spot": "needs the link of a pass; tests/directives/test_stopping.py has it",
    "directives:revoke_pass": "answers a form",
    "directives:risk_example": "answers a form",
    "directives:sign": "answers a form",
    "mission:export": "is a file",
    "mission:template": "is a file",
    "openid_connect_login": "leads to a provider",
    "openid_connect_callback": "answers a provider",
    "socialaccount_login_cancelled": "follows on a provider's answer",
    "socialaccount_login_error": "follows on a provider's answer",
    "warden_list": "needs a signed link; tests/journeys/test_without_network.py has it",
    "warden_manifest": "answers a browser",
    "warden_reports": "answers script",
    "warden_worker": "is a script",
    "web:health": "is for a probe",
}
# Pages that say that something is wrong: who asks, and for what.
REFUSALS = {
    "400": ("duty", "/?on=some-day"),
    "403": ("duty", "/ledger/"),
    "404": ("duty", "/missions/no-such-mission/"),
    "422 ask": ("duty", "/ask/?subject=&attribute="),
    "422 posture": ("duty", "/posture/?mission=NMI&line="),
    "unknown site": ("duty", "/posture/?mission=NMI&line=training&site=no-such-site"),
}


def names(resolver: URLResolver, space: tuple[str, ...] = ()) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, (*space, pattern.namespace) if pattern.namespace else space)
        elif pattern.name:
            yield ":".join((*space, pattern.name))


def page_names() -> list[str]:
    """The names of all pages, of the API's none."""
    found = set(names(get_resolver())) - set(NO_PAGES)
    return sorted(name for name in found if not name.startswith("api:"))
