"""The settings that a site has in earnest."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import cadre

SOURCE = Path(cadre.__file__).parents[1]
TELL = """
import json
from cadre import settings
told = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
policy = told["SECURE_CSP"]
told["SECURE_CSP"] = {part: " ".join(str(each) for each in policy[part]) for part in policy}
del told["CSP"], told["LANGUAGES"]  # neither is text before Django has started
print(json.dumps(told, default=str))
"""
OIDC = (("CADRE_OIDC_CLIENT", "cadre"), ("CADRE_OIDC_URL", "https://id.example/realms/x"))


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A fresh Python that knows none of this one's settings."""
    others = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CADRE_", "DJANGO_"))
    }
    ours = {"PYTHONPATH": str(SOURCE), "DJANGO_SETTINGS_MODULE": "cadre.settings"}
    return subprocess.run(
        [sys.executable, *words],
        env=others | ours | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@cache
def settings(*environment: tuple[str, str]) -> dict[str, object]:
    """All settings of a site that is told this and nothing else."""
    told: dict[str, object] = json.loads(run("-c", TELL, **dict(environment)).stdout)
    return told


def test_a_site_in_earnest_passes_every_check_of_django() -> None:
    checked = run(
        "-W", "ignore", "-m", "django", "check", "--deploy", "--fail-level", "WARNING",
        CADRE_SECRET_KEY="k" * 25 + "0123456789-abcdefghijklmnop",
    )  # fmt: skip

    assert (checked.returncode, (checked.stdout + checked.stderr).strip()) == (
        0,
        "System check identified no issues (0 silenced).",
    )


def test_without_a_key_one_is_made_up_and_none_is_written_in_the_code() -> None:
    first = settings()["SECRET_KEY"]
    second = settings(("CADRE_NODE", "other"))["SECRET_KEY"]

    assert first != second
    assert len(str(first)) >= 64


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", False),
        ("CADRE_DEMO", False),
        ("SESSION_COOKIE_SECURE", True),
        ("CSRF_COOKIE_SECURE", True),
        ("CSRF_COOKIE_HTTPONLY", True),
        ("LANGUAGE_COOKIE_SECURE", True),
        ("SECURE_SSL_REDIRECT", True),
        ("SECURE_HSTS_SECONDS", 31536000),
        ("X_FRAME_OPTIONS", "DENY"),
        ("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"]),
        ("MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", False),
        ("ALLAUTH_TRUSTED_PROXY_COUNT", 0),
    ],
)
def test_what_is_not_said_is_strict(name: str, value: object) -> None:
    assert settings()[name] == value


def test_the_demonstration_alone_goes_without_tls() -> None:
    demonstration = settings(("CADRE_DEMO", "1"))

    assert demonstration["SECURE_SSL_REDIRECT"] is False
    assert demonstration["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is True


def test_a_proxy_is_trusted_only_if_it_is_named() -> None:
    behind = ("CADRE_BEHIND_PROXY", "1")

    assert settings(behind)["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert settings(behind, ("CADRE_PROXIES", "2"))["ALLAUTH_TRUSTED_PROXY_COUNT"] == 2


def test_no_page_may_run_or_load_what_is_not_ours() -> None:
    assert settings()["SECURE_CSP"] == {
        "default-src": "'self'",
        "connect-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
    }


def test_a_form_may_lead_to_the_identity_provider_and_nowhere_else() -> None:
    policy = settings(*OIDC)["SECURE_CSP"]

    assert policy["form-action"] == "'self' https://id.example"  # type: ignore[index]  # parts by name


def test_an_identity_provider_is_used_with_proof_of_who_began() -> None:
    provider = settings(*OIDC)["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]  # type: ignore[index]  # parts by name

    assert provider["OAUTH_PKCE_ENABLED"] is True
    assert provider["APPS"][0]["settings"]["email_authentication"] is True
