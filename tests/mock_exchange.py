"""A mock exchange: accounts with balances, and the desk's client; nothing else of Stanch.

It does what a compliance team would build: takes deliveries by webhook or from the feed, proves
each order, holds what it has, and answers. One that is `late` leaves orders lying until `catch_up`.
"""

import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from stanch.client import Answer, Delivery, Desk, Proved, Reply, hashed
from stanch.errors import SignatureError, StanchError


@dataclass
class Holding:
    """A customer's balance in one asset, in its smallest unit, how much of it is held, and where
    it went that is not there any more.
    """

    customer: str
    asset: str
    balance: int
    held: int = 0
    gone_to: str | None = None

    def hold(self, amount: int | None) -> int:
        """Hold an amount, or all there is; gives what is held."""
        self.held = max(self.held, min(self.balance, self.balance if amount is None else amount))
        return self.held

    def pay_out(self, amount: int) -> bool:
        """Whether a customer gets an amount: never what is held."""
        if amount > self.balance - self.held:
            return False
        self.balance -= amount
        return True


@dataclass
class MockExchange:
    """One exchange. `accounts` are its deposit addresses (CAIP-10)."""

    desk: Desk
    accounts: Mapping[str, Holding]
    late: bool = False
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    waiting: list[str] = field(default_factory=list)  # orders that a late one left lying
    answered: dict[str, list[Answer]] = field(default_factory=dict)
    alarms: list[str] = field(default_factory=list)  # what came from the desk and did not hold

    def pull(self) -> int:
        """Deal with all that waits in the feed; gives how many deliveries there were."""
        number = 0
        for number, delivery in enumerate(self.desk.feed().waiting(), 1):  # noqa: B007
            self.deal_with(delivery)
        return number

    def deal_with(self, delivery: Delivery) -> None:
        """Deal with one delivery; what tells of no order is read and no more."""
        if not delivery.kind.startswith("order"):
            return
        if self.late:
            self.waiting.append(delivery.subject)
        else:
            self.obey(delivery.subject)

    def catch_up(self) -> None:
        """Do what was left lying."""
        self.late = False
        while self.waiting:
            self.obey(self.waiting.pop(0))

    def obey(self, order: str) -> None:
        """Prove an order; acknowledge, hold and answer it. What is not proved is not obeyed."""
        try:
            proved = self.desk.order(order)
        except SignatureError as error:
            self.alarms.append(str(error))
            return
        if order in self.answered or not proved.held():
            self._release(proved)
            return
        self.desk.acknowledge(order)
        replies = self._replies(proved)
        for reply in replies:
            self.desk.reply(order, reply)
        self.answered[order] = [each.answer for each in replies]

    def _replies(self, proved: Proved) -> list[Reply]:
        held = set(proved.held())
        replies = []
        for target in proved.what.order.targets:
            holding = self.accounts.get(target.account)
            if target.account not in held or holding is None:
                continue
            reference = hashed(holding.customer, self.salt)
            if holding.balance == 0:
                gone = Reply(
                    Answer.GONE, target.account, reference=reference, gone_to=holding.gone_to
                )
                replies.append(gone)
                continue
            amount = holding.hold(target.amount)
            replies.append(Reply(Answer.HELD, target.account, holding.asset, amount, reference))
        return replies or [Reply(Answer.NOTHING)]

    def _release(self, proved: Proved) -> None:
        """Let go of what an order that was obeyed no longer holds."""
        held = set(proved.held())
        for target in proved.what.order.targets:
            holding = self.accounts.get(target.account)
            if holding is not None and target.account not in held:
                holding.held = 0

    @contextmanager
    def webhooks(self) -> Iterator[str]:
        """Take webhooks while the block runs; gives the address to send them to."""
        exchange = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self.send_response(exchange.take(dict(self.headers.items()), body))
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/stanch"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def take(self, headers: Mapping[str, str], body: bytes) -> int:
        """Take one webhook; gives the status to answer with."""
        try:
            delivery = self.desk.received(headers, body)
        except SignatureError as error:
            self.alarms.append(str(error))
            return 400
        if delivery.again:
            return 204
        try:
            self.deal_with(delivery)
        except StanchError:
            return 503  # the desk sends it again
        self.desk.dealt_with(delivery)
        return 204
