"""No stranger gets in, and the database always knows who looks."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from cadre.access import actions, queries
from cadre.access.models import Account, Look, Token
from cadre.core.releasability import OPERATOR
from cadre.record.models import Source
from tests.access.conftest import Opener

pytestmark = pytest.mark.urls("tests.access.doors")

type Browser = Callable[..., Client]


def written() -> bool:
    return Account.objects.filter(email="written@mission.example").exists()


# --- strangers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/told", "/no/such/page", "/healthy", "/health/x", "/accountsx/", "/staticx", "/api"],
)
@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(path, {"on": "2020-01-06"})

    assert answer.status_code == 302
    assert answer["Location"] == (
        f"/accounts/login/?next={path.replace('/', '%2F')}%3Fon%3D2020-01-06"
    )


@pytest.mark.django_db
def test_a_strangers_form_leads_to_the_first_page_after_signing_in(client: Client) -> None:
    assert client.post("/answer/200")["Location"] == "/accounts/login/?next=%2F"


@pytest.mark.django_db
def test_htmx_is_told_to_leave_the_page_and_to_come_back_to_it(client: Client) -> None:
    answer = client.get(
        "/told",
        headers={
            "HX-Request": "true",
            "HX-Current-URL": "https://evil.example/missions/?on=2020#a",
        },
    )

    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/accounts/login/?next=%2Fmissions%2F%3Fon%3D2020"


@pytest.mark.parametrize("key", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic YTpi"])
@pytest.mark.django_db
def test_a_program_without_a_live_key_is_answered_in_json(client: Client, key: str) -> None:
    answer = client.get("/api/test/who", headers={"Authorization": key} if key else {})

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json() == {"detail": "Sign in, or send a live key as a bearer token."}


def test_a_wrong_key_is_refused_even_from_somebody_who_is_signed_in(signed_in: Browser) -> None:
    answer = signed_in().get("/api/test/who", headers={"Authorization": "Bearer wrong"})

    assert answer.status_code == 401


# --- keys and sessions at the API -------------------------------------------------------------


def key_for(account: Account, *, may_change: bool = False) -> dict[str, str]:
    key = actions.issue_token(
        account,
        "test",
        lasts=timedelta(days=1),
        may_change=may_change,
        by=OPERATOR,
        at=datetime.now(UTC),
    )
    return {"Authorization": f"Bearer {key}"}


def test_a_live_key_opens_the_api_and_nothing_else(client: Client, open_account: Opener) -> None:
    key = key_for(open_account("program"))

    assert client.get("/api/test/who", headers=key).json() == {"account": "program@mission.example"}
    assert client.get("/told", headers=key).status_code == 302


def test_the_use_of_a_key_is_remembered_without_a_ledger_entry(
    client: Client, open_account: Opener
) -> None:
    client.get("/api/test/who", headers=key_for(open_account("program")))

    assert Token.objects.get().last_used_at is not None


def test_a_key_that_may_only_read_changes_nothing(client: Client, open_account: Opener) -> None:
    answer = client.post("/api/test/change", headers=key_for(open_account("program")))

    assert answer.status_code == 403
    assert written() is False


def test_a_key_that_may_change_needs_no_csrf_token(open_account: Opener) -> None:
    key = key_for(open_account("program"), may_change=True)

    answer = Client(enforce_csrf_checks=True).post("/api/test/change", headers=key)

    assert answer.json() == {"changed": "yes"}


def test_a_session_at_the_api_needs_the_csrf_token_to_change(open_account: Opener) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(open_account())

    assert client.get("/api/test/who").status_code == 200
    assert client.post("/api/test/change").status_code == 403
    assert written() is False

    client.get("/accounts/logout/")
    token = client.cookies["csrftoken"].value
    assert client.post("/api/test/change", headers={"X-CSRFToken": token}).status_code == 200
    assert written() is True


def test_a_form_without_its_csrf_token_is_refused(open_account: Opener) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(open_account())

    assert client.post("/answer/200").status_code == 403
    assert written() is False


# --- the transaction --------------------------------------------------------------------------


def test_the_database_is_told_who_looks_and_forgets_it_again(signed_in: Browser) -> None:
    browser = signed_in(affiliations=["DE", 'odd"\\,{}'], communities=["x"])

    assert browser.get("/told").json() == {
        "told": ["off", "3", r'{"DE","odd\"\\,{}"}', '{"x"}'],
        "atomic": True,
    }


@pytest.mark.parametrize("status", [200, 302, 409, 422])
def test_an_answer_that_is_no_server_error_keeps_what_was_written(
    signed_in: Browser, status: int
) -> None:
    signed_in().get(f"/answer/{status}")

    assert written() is True


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_error_leaves_nothing_written(signed_in: Browser, status: int) -> None:
    signed_in().get(f"/answer/{status}")

    assert written() is False


@pytest.mark.parametrize(
    ("what", "status"), [("broken", 500), ("missing", 404), ("forbidden", 403)]
)
def test_a_view_that_raises_leaves_nothing_written(
    signed_in: Browser, what: str, status: int
) -> None:
    browser = signed_in()
    browser.raise_request_exception = False

    assert browser.get(f"/raise/{what}").status_code == status
    assert written() is False


def test_a_stream_is_made_while_the_database_knows_who_looks(signed_in: Browser) -> None:
    answer = signed_in(affiliations=["DE"]).get("/streams")

    assert b"".join(answer.streaming_content) == b'off3{"DE"}{}'


def test_what_is_not_allowed_answers_403(signed_in: Browser) -> None:
    assert signed_in("reader").get("/manages").status_code == 403
    assert signed_in("admin", roles=("administrator",)).get("/manages").content == b"managed"


def test_answers_stay_out_of_caches(signed_in: Browser) -> None:
    assert signed_in().get("/told")["Cache-Control"] == "private, no-store"


def test_without_a_viewer_the_database_shows_nothing_that_is_marked(operator: object) -> None:
    with actions.acting("test", by=OPERATOR, at=datetime.now(UTC)):
        Source.objects.create(
            name="open", kind="article", title="Open to all", recorded_by="x",
            recorded_at=datetime.now(UTC), known_from=datetime.now(UTC),
        )  # fmt: skip
    assert Source.objects.count() == 1

    with connection.cursor() as cursor:
        cursor.execute(queries.TELL, [""] * 4)

    assert Source.objects.count() == 0


def test_a_session_of_the_demonstration_is_nobody_elsewhere(
    open_account: Opener, settings: Settings
) -> None:
    client = Client()
    client.force_login(open_account("duty", email="duty@demo.example"))
    settings.CADRE_DEMO = True
    assert client.get("/told").status_code == 200

    settings.CADRE_DEMO = False
    assert client.get("/told").status_code == 302


@pytest.mark.django_db
def test_the_number_of_queries_does_not_depend_on_the_roles(
    signed_in: Browser, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    one = signed_in("one", roles=("reader",))
    three = signed_in("three", roles=("reader", "warden", "adviser"))
    for browser in (one, three):
        # session, account, roles; begin and end; telling the database twice and asking it twice
        with django_assert_num_queries(9):
            browser.get("/told")


def test_nothing_sensitive_was_shown_so_no_look_is_noted(signed_in: Browser) -> None:
    signed_in().get("/told")

    assert Look.objects.count() == 0
