"""The API, asked for whatever its own description admits: no server error, no answer unlike it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from ninja import Schema
from schemathesis import Case
from schemathesis import GenerationMode as Mode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
)

from cadre.access import actions
from cadre.api import api
from cadre.core.releasability import OPERATOR, Marking, Viewer
from tests.rules.addresses import operations
from tests.rules.planting import Planted
from tests.rules.readers import reader

EXAMPLES = 20  # for each operation, of what fits its description, and as many of what does not
CHECKS = [not_a_server_error, response_schema_conformance, content_type_conformance]


@pytest.fixture(scope="module")
def one_connection() -> Iterator[None]:
    """Requests leave the test's own connection open, as they do for Django's test client."""
    signals = (request_started, request_finished)
    for each in signals:
        each.disconnect(close_old_connections)
    yield
    for each in signals:
        each.connect(close_old_connections)


@pytest.fixture(scope="module")
def headers(standing: None, one_connection: None) -> dict[str, str]:
    """Those of somebody whose key may change the record; there is a row of everything."""
    Planted("a", Marking()).plant()
    at = datetime.now(UTC)
    key = actions.issue_token(
        reader(), "test", lasts=timedelta(days=1), by=OPERATOR, at=at, may_change=True
    )
    return {"Authorization": f"Bearer {key}", "Host": "localhost", "Accept-Encoding": "identity"}


@pytest.fixture(scope="module")
def described(headers: dict[str, str]) -> BaseSchema:
    """The API's own description, as it is answered to who asks for it."""
    return schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", get_wsgi_application(), headers=headers
    )


@pytest.mark.parametrize("mode", [Mode.POSITIVE, Mode.NEGATIVE], ids=["fitting", "unfitting"])
@pytest.mark.parametrize(("method", "path"), sorted(operations()))
def test_operation_answers_as_it_is_described(
    operator: Viewer,
    described: BaseSchema,
    headers: dict[str, str],
    method: str,
    path: str,
    mode: Mode,
) -> None:
    operation = described[path][method]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def asked(case: Case) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    asked()


def schemas(above: type[Schema]) -> Iterator[type[Schema]]:
    for below in above.__subclasses__():
        yield below
        yield from schemas(below)


def test_no_two_schemas_have_one_name() -> None:
    """The description knows them by name: the later one would stand for both."""
    named: dict[str, set[str]] = {}
    for schema in schemas(Schema):
        if schema.__module__.startswith("cadre."):
            named.setdefault(schema.__name__, set()).add(schema.__module__)

    assert len(named) > 30
    assert {name: modules for name, modules in named.items() if len(modules) > 1} == {}


def test_every_parameter_has_a_name() -> None:
    nameless = [
        (method, path)
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, operation in methods.items()
        for parameter in operation.get("parameters", [])
        if not parameter["name"]
    ]

    assert nameless == []
