"""A real mail server on the loopback, which keeps what it took and may answer badly first."""

import contextlib
import socket
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


@dataclass
class Mailbox:
    """What came, as it came; `bad` is how many times more it is refused, with `answer`."""

    port: int
    raw: list[bytes] = field(default_factory=list)
    to: list[list[str]] = field(default_factory=list)
    bad: int = 0
    answer: str = "451 try later"
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    in_tls: list[bool] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def mails(self) -> list[EmailMessage]:
        found = [message_from_bytes(each, policy=policy.default) for each in self.raw]
        return [each for each in found if isinstance(each, EmailMessage)]

    @property
    def ids(self) -> Counter[str]:
        return Counter(str(each["Message-ID"]) for each in self.mails)

    # As aiosmtpd calls its handler.
    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.bad:
            self.bad -= 1
            return self.answer
        self.raw.append(envelope.original_content)
        self.to.append(envelope.rcpt_tos)
        self.in_tls.append(session.ssl is not None)
        return "250 taken"

    def login(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> Any:
        if isinstance(data, LoginPassword):
            self.logins.append((data.login, data.password))
        right = isinstance(data, LoginPassword) and data.password == b"right"
        return AuthResult(success=right, handled=False)  # the server says which it was


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def mailbox(
    port: int | None = None, tls: ssl.SSLContext | None = None, login: bool = False
) -> Iterator[Mailbox]:
    """Run a mail server; `tls` is offered by STARTTLS."""
    there = Mailbox(port or free_port())
    more = {"authenticator": there.login, "auth_require_tls": tls is not None} if login else {}
    controller = Controller(
        there, hostname="127.0.0.1", port=there.port, tls_context=tls, decode_data=False, **more
    )
    with again(there, controller):
        yield there


@contextmanager
def again(there: Mailbox, controller: Controller | None = None) -> Iterator[Mailbox]:
    """The same mailbox behind a server that runs until the block ends."""
    server = controller or Controller(there, hostname="127.0.0.1", port=there.port)
    server.start()
    try:
        yield there
    finally:
        server.stop()


@contextmanager
def silent() -> Iterator[int]:
    """The port of what takes a connection and never says a word."""
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield int(server.getsockname()[1])
