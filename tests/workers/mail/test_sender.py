"""One e-mail to a real mail server: TLS or nothing, and no server holds a sender for ever."""

import socket
import ssl
import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
from aiosmtpd.controller import Controller

from stanch.app.desk.notices import Mail
from stanch.workers.mail.sender import send
from stanch.workers.mail.server import Limits, MailServer
from stanch.workers.mail.text import From, written
from tests.workers.mail.mailbox import Mailbox, free_port, mailbox, silent
from tests.workers.outbound.receiver import authority, listening, says

HOST = "mail.example"
SENDER = "desk@desk.example"
MAIL = Mail("mail-1", "per-1", "kim@fiu.example", "", 1, 2, "2026-11-26T11:58:07.000000Z", 9)
MESSAGE = written(MAIL, From("Joint desk", "https://desk.example", SENDER), datetime.now(UTC))
QUICK = Limits(answer=1.0, begun=2.0, whole=3.0)


@pytest.fixture(scope="module")
def signed_by():
    return authority()


@pytest.fixture
def elsewhere(monkeypatch):
    """`mail.example` and `other.example` lead here, as a hosts file would have it."""
    real = socket.getaddrinfo

    def found(host, *rest, **more):
        here = "127.0.0.1" if host in (HOST, "other.example") else host
        return real(here, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", found)


def server(port: int, host: str = "127.0.0.1", **more) -> MailServer:
    return MailServer(host, port, more.pop("implicit", False), SENDER, **more)


def test_a_mail_is_taken_on_this_machine():
    with mailbox() as there:
        assert send(MESSAGE, server(there.port)) is None
    assert there.to == [["kim@fiu.example"]]
    assert there.mails[0]["Message-ID"] == "<mail-1@desk.example>"


def test_elsewhere_it_goes_in_tls_with_a_certificate_for_the_host(elsewhere, signed_by, tmp_path):
    with mailbox(tls=signed_by.server(HOST, tmp_path)) as there:
        assert send(MESSAGE, server(there.port, HOST, trust=signed_by.trust)) is None
        assert there.in_tls == [True]
        stranger = authority()
        for host, trust in ((HOST, stranger.trust), ("other.example", signed_by.trust)):
            problem = send(MESSAGE, server(there.port, host, trust=trust))
            assert problem == "the certificate does not hold for the mail server's host"
        assert len(there.raw) == 1


def test_without_starttls_nothing_is_said_neither_mail_nor_login(elsewhere, signed_by):
    """Whoever stands between strikes the offer out."""
    with mailbox(login=True) as there:
        found = server(there.port, HOST, trust=signed_by.trust, user="kim", password="right")
        assert send(MESSAGE, found) == "the mail server does not offer STARTTLS or a login"
    assert there.raw == there.logins == []


def test_what_a_stranger_says_before_tls_counts_for_nothing(elsewhere, signed_by):
    """A server that offers STARTTLS and then refuses it."""
    heard = []

    def refuses(listener):
        line, _ = listener.accept()
        with line:
            line.sendall(b"220 hello\r\n")
            while data := line.recv(4096):
                heard.append(data)
                ehlo = data.startswith(b"ehlo")
                line.sendall(b"250-hello\r\n250 STARTTLS\r\n" if ehlo else b"454 not now\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=refuses, args=(listener,), daemon=True).start()
        found = server(listener.getsockname()[1], HOST, trust=signed_by.trust)
        assert send(MESSAGE, found) == "the mail server did not take it"
    assert not any(b"MAIL" in each.upper() or b"kim" in each for each in heard)


def test_the_login_goes_in_tls_and_a_wrong_one_sends_nothing(elsewhere, signed_by, tmp_path):
    with mailbox(tls=signed_by.server(HOST, tmp_path), login=True) as there:
        for password, problem in (("right", None), ("wrong", "the mail server refused the login")):
            found = server(there.port, HOST, trust=signed_by.trust, user="kim", password=password)
            assert send(MESSAGE, found) == problem
    assert (b"kim", b"right") in there.logins
    assert len(there.raw) == 1


def test_tls_from_the_first_byte(signed_by, tmp_path):
    context = signed_by.server("127.0.0.1", tmp_path)
    there = Mailbox(free_port())
    controller = _Implicit(there, hostname="127.0.0.1", port=there.port, ssl_context=context)
    controller.start()
    try:
        good = server(there.port, implicit=True, trust=signed_by.trust)
        assert send(MESSAGE, good) is None
        bad = server(there.port, implicit=True, trust=authority().trust)  # on this machine too
        assert send(MESSAGE, bad) == "the certificate does not hold for the mail server's host"
        assert len(there.raw) == 1
    finally:
        controller.stop()
    with mailbox() as plain:
        found = server(plain.port, implicit=True, trust=signed_by.trust)
        assert send(MESSAGE, found) == "there was no TLS"


class _Implicit(Controller):
    """aiosmtpd's own check at the start speaks no TLS that it believes."""

    def _trigger_server(self) -> None:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection(("127.0.0.1", self.port)) as raw:
            context.wrap_socket(raw).recv(100)


def test_what_a_server_refuses_is_a_problem_in_our_words():
    with mailbox() as there:
        there.bad, there.answer = 1, "550 kim@fiu.example is away"
        assert send(MESSAGE, server(there.port)) == "the mail server did not take it"
    assert send(MESSAGE, server(free_port())) == "there was no connection"


def test_a_server_that_says_nothing_or_something_else_ends_in_time():
    with ExitStack() as stack:
        quiet = stack.enter_context(silent())
        web = stack.enter_context(listening(says(b"HTTP/1.1 400 Bad Request\r\n\r\n")))
        for port in (quiet, web.port):
            began = time.monotonic()
            assert send(MESSAGE, server(port, limits=QUICK)) is not None
            assert time.monotonic() - began < QUICK.whole + 5


def test_a_server_that_drips_ends_in_time_and_gets_no_mail_late():
    """A byte now and then: no answer is late by itself, but all of it is."""
    heard = []

    def drips(listener):
        line, _ = listener.accept()
        with line:
            for each in b"220 slow":
                line.sendall(bytes((each,)))
                time.sleep(0.4)
            line.sendall(b"\r\n")
            while data := line.recv(4096):
                heard.append(data)
                line.sendall(b"250 ok\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=drips, args=(listener,), daemon=True)
        thread.start()
        began = time.monotonic()
        problem = send(MESSAGE, server(listener.getsockname()[1], limits=QUICK))
        assert problem == "the mail server did not answer in time"
        assert time.monotonic() - began < QUICK.whole + 5
        thread.join(10)
    assert not any(b"MAIL" in each.upper() for each in heard)


def test_what_was_taken_was_taken_however_the_server_says_goodbye():
    class Rude(Mailbox):
        async def handle_QUIT(self, server, session, envelope):
            return "554 go away"

    there = Rude(free_port())
    controller = Controller(there, hostname="127.0.0.1", port=there.port)
    controller.start()
    try:
        assert send(MESSAGE, server(there.port)) is None
    finally:
        controller.stop()
    assert len(there.raw) == 1
