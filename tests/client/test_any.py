"""Whatever a desk sends, a client takes it or raises an error of Stanch: nothing else escapes."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.client import Desk
from stanch.client.deliveries import delivery_of
from stanch.client.events import Event, events
from stanch.client.problems import error_of
from stanch.client.state import State
from stanch.errors import SignatureError, StanchError
from tests.client.answering import Answer, answering
from tests.client.bundles import MINE

KEY = "stk_" + "k" * 43
NAMES = st.sampled_from(
    ["items", "next", "id", "n", "member", "kind", "subject", "body", "head", "path", "results",
     "document", "signatures", "type", "detail", "title", "ex", "desk", "version", "since", "more",
     "order", "marking", "expires", "held", "account", "asset", "amount"]
)  # fmt: skip
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8), NAMES
)
ANY = st.recursive(
    LEAVES,
    lambda of: st.one_of(st.lists(of, max_size=4), st.dictionaries(NAMES, of, max_size=6)),
    max_leaves=12,
)


@given(ANY)
def test_a_delivery_is_whole_and_ours_or_none(said):
    try:
        delivery = delivery_of(said, MINE, State())
    except SignatureError:
        return
    assert said["member"] == MINE.member
    assert delivery.n >= 1


@given(ANY)
def test_a_state_is_one_or_none(said):
    with contextlib.suppress(ValueError):
        State.of(said)
        pytest.fail("made-up JSON is no state")


@given(
    st.integers(300, 599),
    st.one_of(st.binary(max_size=40), ANY.map(lambda a: json.dumps(a).encode())),
)
def test_a_problem_is_one_line_that_can_be_shown(status, body):
    text = str(error_of(status, body))
    assert text.isprintable()
    assert 0 < len(text) < 400


@given(st.lists(st.text(max_size=20).filter(lambda text: "\n" not in text), max_size=20))
def test_any_lines_are_events(lines):
    for event in events(lines):
        assert event is None or isinstance(event, Event)


@pytest.fixture(scope="module")
def liar():
    with answering(lambda _: Answer({})) as server:
        yield server


ASKS = {
    "directory": lambda desk: desk.directory(),
    "log": lambda desk: desk.check_log(),
    "feed": lambda desk: list(desk.feed().waiting()),
    "orders": lambda desk: list(desk.orders()),
    "order": lambda desk: desk.order("ord-1"),
    "reply": lambda desk: desk.acknowledge("ord-1"),
    "screen": lambda desk: desk.screen(["0x" + "1" * 40]),
    "case": lambda desk: desk.case("case-1"),
    "changes": lambda desk: list(desk.changes(0)),
}


@pytest.mark.parametrize("ask", ASKS)
@settings(max_examples=40, deadline=None)
@given(said=ANY)
def test_whatever_a_desk_answers(ask, liar, tmp_path_factory, said):
    folder = tmp_path_factory.mktemp("any", numbered=True)
    with Desk(liar.url, KEY, MINE, folder / "state") as desk:
        if ask == "log":
            with desk.file.changing() as change:
                change.state = State("desk", "ex")
        before = desk.file.read()
        liar.answer = lambda _: Answer(said)
        with contextlib.suppress(StanchError):
            ASKS[ask](desk)
        if ask != "feed":
            assert desk.file.read() == before
