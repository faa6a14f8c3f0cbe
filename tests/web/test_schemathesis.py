"""The OpenAPI document attacked by machine: whatever is sent, nothing answers with a 500.

A short run each time, a long one in the slow part. Each request has its own rate, as an attacker
with many houses would have.
"""

import asyncio
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.web.conftest import ORIGIN, Client, World
from tests.web.test_cases import opened

NOT_HERE = (
    "/v1/sign-out",  # it would end the run, as these would
    "/v1/people/{person}",
    "/v1/people/{person}/roles",
    "/v1/feed/stream",  # does not end
)


def attacked(world: World, korea: Client, examples: int) -> int:
    """Send generated requests, valid and invalid ones, to every operation; gives how many."""
    document = world.nobody().get("/v1/openapi.json").json()
    schema = schemathesis.openapi.from_dict(document)
    case_id = opened(korea)
    sent = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path in NOT_HERE:
            continue
        for mode in schemathesis.GenerationMode:
            sent += _attacked(world, korea, operation, (mode, case_id, examples))
    return sent


def _attacked(world: World, korea: Client, operation: Any, how: Any) -> int:
    mode, case_id, examples = how
    count = 0
    try:
        strategy = operation.as_strategy(generation_mode=mode)
    except Exception:  # an operation that has nothing which could be invalid
        return 0

    @settings(
        max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), derandomize=True,
    )  # fmt: skip
    @given(case=strategy, real=st.booleans())
    def send(case: Any, real: bool) -> None:
        nonlocal count
        if real and "case" in (case.path_parameters or {}):
            case.path_parameters["case"] = case_id
        if case.path == "/v1/feed":
            case.query = {**(case.query or {}), "wait": 0}  # else it waits, as it was asked to
        count += 1
        answer = asyncio.run(_sent(world, korea, case))
        if answer is not None:
            assert answer.status_code < 500, (case.method, case.formatted_path, answer.text)
            if answer.status_code >= 400:
                assert answer.headers["content-type"] == "application/problem+json"

    try:
        send()
    except Exception as error:
        if type(error).__name__ in ("Unsatisfiable", "SkipTest"):
            return count
        raise
    return count


async def _sent(world: World, korea: Client, case: Any) -> httpx.Response | None:
    kwargs = case.as_transport_kwargs(base_url=ORIGIN)
    kept = ("method", "url", "headers", "params", "cookies", "json", "data", "content")
    kwargs = {name: value for name, value in kwargs.items() if name in kept and value is not None}
    if "data" in kwargs:
        kwargs["content"] = kwargs.pop("data")
    kwargs.pop("cookies", None)
    headers = {**dict(kwargs.pop("headers", {}) or {}), **korea.headers}
    transport = httpx.ASGITransport(world.app)
    async with httpx.AsyncClient(transport=transport, cookies=dict(korea.cookies)) as client:
        try:
            request = client.build_request(headers=headers, **kwargs)
        except (httpx.InvalidURL, UnicodeError, TypeError, ValueError):
            return None  # no HTTP client could send it
        return await client.send(request)


def test_nothing_answers_with_a_500(world: World, korea: Client) -> None:
    assert attacked(world, korea, 3) > 100


@pytest.mark.slow
def test_nothing_answers_with_a_500_for_long(world: World, korea: Client) -> None:
    assert attacked(world, korea, 200) > 5_000
