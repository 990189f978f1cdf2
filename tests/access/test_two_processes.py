"""Limits hold across processes: they are counted in the database."""

import os
import subprocess
import sys

import pytest

# Another process of the product, in which somebody tries three wrong passwords.
ATTEMPTS = """
import sys
import django
django.setup()
from django.test import Client
for number in range(3):
    answer = Client().post(
        "/accounts/login/", {"login": "somebody@mission.example", "password": "wrong"},
        REMOTE_ADDR=f"192.0.2.{sys.argv[1]}{number}",
    )
    print("limited" if "Too many failed" in answer.content.decode() else "wrong")
"""


def attempts(database: str, process: str) -> list[str]:
    told = {**os.environ, "CADRE_DB_NAME": database, "DJANGO_SETTINGS_MODULE": "cadre.settings"}
    told |= {"CADRE_PLAIN_HTTP": "1", "CADRE_HOSTS": "testserver", "CADRE_PLAIN_STATIC": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ATTEMPTS, process],
        env=told,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_a_guesser_who_goes_on_at_another_process_is_stopped_all_the_same(scratch: str) -> None:
    if "DATABASE_URL" in os.environ:
        pytest.skip("the other process would not find the scratch database")

    assert attempts(scratch, "1") == ["wrong", "wrong", "wrong"]
    assert attempts(scratch, "2") == ["wrong", "wrong", "limited"]
