"""What the launcher may install on this machine, and what it says where it may not."""

import os

import pytest

from cadre.launch import system


@pytest.fixture
def debian(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Root of a Debian: there is an apt-get, which fails if it is called."""
    programs = tmp_path_factory.mktemp("programs")
    apt = programs / "apt-get"
    apt.write_text("#!/bin/sh\necho 'nothing is to be installed here' >&2\nexit 1\n")
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    for name in ("CADRE_NO_INSTALL", "CADRE_CHROMIUM"):
        monkeypatch.delenv(name, raising=False)


def test_only_root_of_a_debian_who_has_not_forbidden_it_installs(
    debian: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert system.may_install() is True

    with monkeypatch.context() as changed:
        changed.setenv("CADRE_NO_INSTALL", "1")
        assert system.may_install() is False
    with monkeypatch.context() as changed:
        changed.setattr(os, "geteuid", lambda: 1000)
        assert system.may_install() is False
    with monkeypatch.context() as changed:
        changed.setenv("PATH", "/nonexistent")
        assert system.may_install() is False


def test_a_browser_that_is_missing_is_only_installed_where_that_is_allowed(
    debian: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (system.browser_installed(), system.why_no_browser()) == (
        None,
        "Chromium could not be installed",
    )
    assert "nothing is to be installed here" in capsys.readouterr().err

    monkeypatch.setenv("CADRE_NO_INSTALL", "1")
    assert (system.browser_installed(), system.why_no_browser()) == (
        None,
        "no Chromium is here; install it or name one in CADRE_CHROMIUM",
    )
    assert capsys.readouterr().err == ""


def test_a_named_browser_is_taken_or_missed_but_never_installed(
    debian: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CADRE_CHROMIUM", "/nonexistent/chromium")
    assert (system.browser_installed(), system.why_no_browser()) == (
        None,
        "/nonexistent/chromium, which CADRE_CHROMIUM names, does not run",
    )

    monkeypatch.setenv("CADRE_CHROMIUM", "/bin/true")
    assert system.browser_installed() == "/bin/true"
    assert capsys.readouterr().err == ""
