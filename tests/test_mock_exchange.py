"""The mock exchange against a desk of the tests': what it holds, and what it does not obey."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx

from stanch.client import Answer as Said
from stanch.client import Desk, Settings
from stanch.formats.signed.directory import directory_document
from stanch.formats.signed.order import order_hash
from stanch.formats.signed.statement import sign_statement
from stanch.model.desk.orders import Order, Statement
from stanch.model.desk.orders import Said as Spoken
from tests.client.answering import Answer, Asked, answering
from tests.client.bundles import MINE, log_of, made
from tests.client.test_feed import Told, said
from tests.client.test_webhook import signed
from tests.formats.signed.tiny import ACCOUNT, FIRST, ORDER, SECOND, key
from tests.mock_exchange import Holding, MockExchange

NOW = datetime(2026, 11, 26, 13, tzinfo=UTC)
ETHER = "eip155:1/slip44:60"
KEY = "stk_" + "k" * 43


def text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


LIVE = replace(ORDER, issued=text(NOW - timedelta(hours=1)), expires=text(NOW + timedelta(days=30)))


def say(what: Spoken, person: str, order: Order = LIVE, at: datetime = NOW) -> str:
    reason = "an error" if what in (Spoken.RELEASE, Spoken.REFUSE) else ""
    statement = Statement(
        what, order.desk, order.id, order_hash(order), order.version, order.directory,
        person[:2], person, text(at), reason,
    )  # fmt: skip
    return sign_statement(key(person), statement)


BOTH = (say(Spoken.PROPOSE, "kr1"), say(Spoken.CONCUR, "jp1"))


def first(**changed):
    return said(1, kind="order.in_force", subject="order_1", **changed)


class Desked(Told):
    """A desk that also has one order and a log, and remembers what it was answered."""

    def __init__(self, statements: tuple[str, ...], order: Order = LIVE, *rows, at=NOW):
        super().__init__(*(rows or [first()]))
        self.order, self.got, self.at = order, [], text(at)
        self.say(*statements)

    def say(self, *statements: str) -> None:
        self.statements = statements
        self.log = log_of(*statements, at=self.at)
        self.bundle = made(*statements, order=self.order, log=self.log)

    def __call__(self, asked: Asked):
        if asked.path.endswith("/bundle"):
            return Answer(self.bundle)
        if asked.path.startswith("/v1/audit/consistency"):
            known = int(parse_qs(urlsplit(asked.path).query)["first"][0])
            return Answer({"path": self.log.since(known)})
        if asked.path.startswith("/v1/directory"):
            item = {"document": directory_document(FIRST), "signatures": []}
            return Answer({"items": [item], "next": None})
        if asked.method == "POST":
            self.got.append((asked.path.rsplit("/", 1)[1], json.loads(asked.body)))
            return Answer({"id": "rep-1"}, 201)
        return super().__call__(asked)


def exchange(server, tmp_path, accounts=None, **how) -> MockExchange:
    desk = Desk(server.url, KEY, MINE, tmp_path / "state", Settings(clock=lambda: NOW))
    desk.directory()
    return MockExchange(desk, accounts or {}, **how)


def test_one_that_has_the_money_holds_it(tmp_path):
    told = Desked(BOTH)
    mine = {ACCOUNT: Holding("kim", ETHER, 10**18)}
    with answering(told) as server:
        upbeat = exchange(server, tmp_path, mine)
        assert (upbeat.pull(), upbeat.pull()) == (1, 0)
    (seen, _), (kind, reply) = told.got
    assert (seen, kind) == ("acknowledge", "replies")
    assert (reply["answer"], reply["amount"]) == ("held", str(10**18))
    assert "kim" not in json.dumps(reply)
    assert not mine[ACCOUNT].pay_out(1)


def test_no_more_is_held_than_the_order_says(tmp_path):
    told = Desked(BOTH)
    mine = {ACCOUNT: Holding("kim", ETHER, 5 * 10**30)}
    with answering(told) as server:
        exchange(server, tmp_path, mine).pull()
    assert mine[ACCOUNT].held == 3 * 10**30
    assert mine[ACCOUNT].pay_out(2 * 10**30)
    assert not mine[ACCOUNT].pay_out(1)


def test_one_that_has_nothing_and_one_whose_money_is_gone(tmp_path):
    told = Desked(BOTH)
    with answering(told) as server:
        nothing = exchange(server, tmp_path)
        nothing.pull()
        gone = exchange(
            server, tmp_path / "..", {SECOND: Holding("lee", ETHER, 0, gone_to=ACCOUNT)}
        )
        gone.desk.file.path.unlink()
        gone.desk.directory()
        gone.pull()
    assert [nothing.answered, gone.answered] == [
        {"order_1": [Said.NOTHING]},
        {"order_1": [Said.GONE]},
    ]


def test_one_that_is_late_answers_when_it_catches_up(tmp_path):
    told = Desked(BOTH)
    with answering(told) as server:
        late = exchange(server, tmp_path, {ACCOUNT: Holding("kim", ETHER, 7)}, late=True)
        late.pull()
        assert (told.got, late.waiting) == ([], ["order_1"])
        late.catch_up()
    assert [kind for kind, _ in told.got] == ["acknowledge", "replies"]


def test_an_order_that_one_member_alone_signed_is_not_obeyed(tmp_path):
    told = Desked(BOTH[:1])
    mine = {ACCOUNT: Holding("kim", ETHER, 7)}
    with answering(told) as server:
        exchange(server, tmp_path, mine).pull()
    assert told.got == []
    assert mine[ACCOUNT].pay_out(7)


def test_a_forged_order_is_an_alarm_and_holds_nothing(tmp_path):
    wider = replace(LIVE, expires=text(NOW + timedelta(days=90)))
    told = Desked(BOTH, wider)
    mine = {ACCOUNT: Holding("kim", ETHER, 7)}
    with answering(told) as server:
        upbeat = exchange(server, tmp_path, mine)
        upbeat.pull()
    assert told.got == []
    assert len(upbeat.alarms) == 1
    assert mine[ACCOUNT].pay_out(7)


def test_what_is_released_by_three_is_let_go(tmp_path):
    order = replace(LIVE, rule=replace(LIVE.rule, cooling_hours=1))
    at = NOW - timedelta(hours=1)
    signed_ = [say(Spoken.PROPOSE, "kr1", order, at), say(Spoken.CONCUR, "jp1", order, at)]
    told = Desked(tuple(signed_), order, at=at)
    mine = {ACCOUNT: Holding("kim", ETHER, 7)}
    with answering(told) as server:
        upbeat = exchange(server, tmp_path, mine)
        upbeat.pull()
        assert mine[ACCOUNT].held == 7
        for number, person in enumerate(("kr1", "kr2", "jp1"), 2):
            signed_.append(say(Spoken.RELEASE, person, order, at))
            told.say(*signed_)
            told.rows.append(said(number, kind="order.released", subject="order_1"))
            upbeat.pull()
            assert mine[ACCOUNT].held == (0 if person == "jp1" else 7)


def post(url, body, **how):
    headers = signed(body, at=NOW, **how)
    return httpx.post(url, content=body, headers=headers).status_code


def test_webhooks_replayed_forged_and_meant_for_another(tmp_path):
    told = Desked(BOTH)
    mine = {ACCOUNT: Holding("kim", ETHER, 7)}
    body = json.dumps(first()).encode()
    with answering(told) as server:
        upbeat = exchange(server, tmp_path, mine)
        with upbeat.webhooks() as url:
            assert post(url, json.dumps(first(member="us")).encode()) == 400
            assert post(url, body, key=key("kr")) == 400
            assert told.got == []
            assert [post(url, body) for _ in range(3)] == [204, 204, 204]
        assert upbeat.pull() == 0  # the feed has it too, and it is dealt with
    assert [kind for kind, _ in told.got] == ["acknowledge", "replies"]
    assert len(upbeat.alarms) == 2


def test_a_log_that_was_written_anew_between_two_orders_is_an_alarm(tmp_path):
    told = Desked(BOTH)
    mine = {ACCOUNT: Holding("kim", ETHER, 7)}
    with answering(told) as server:
        upbeat = exchange(server, tmp_path, mine)
        upbeat.pull()
        told.log = log_of(*BOTH, say(Spoken.REFUSE, "us1"), at="2026-11-26T12:30:00Z")
        told.bundle = made(*BOTH, order=LIVE, log=told.log)
        told.rows.append(said(2, kind="order.changed", subject="order_1"))
        upbeat.pull()
    assert "does not begin with" in upbeat.alarms[0]
