"""On what terms a mail server is spoken to; what is not safe is refused before anything is sent."""

import ssl

import pytest

from stanch.errors import InvariantError, UsageError
from stanch.workers.mail.server import MailServer, mail_server

FROM = "desk@desk.example"


@pytest.mark.parametrize(
    ("url", "port", "plain"),
    [
        ("smtp://mail.example", 587, False),
        ("smtp://mail.example:25", 25, False),
        ("smtps://mail.example", 465, False),
        ("smtps://127.0.0.1:465", 465, False),
        ("smtp://127.0.0.1:25", 25, True),
        ("smtp://[::1]:25", 25, True),
        ("smtp://localhost:25/", 25, True),
        ("smtp://localhost.evil.example", 587, False),
        ("smtp://127.0.0.1.evil.example", 587, False),
        ("smtp://10.0.0.1", 587, False),
    ],
)
def test_only_this_machine_is_spoken_to_without_tls(url, port, plain):
    made = mail_server(url, FROM, {})
    assert (made.port, made.plain) == (port, plain)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://:25",
        "smtp://mail.example:0",
        "smtp://mail.example:65536",
        "smtp://mail.example:x",
        "smtp://mail.example/x",
        "smtp://mail.example?tls=no",
        "smtp://mail.example\r\n",
        "smtp://mail .example",
        "smtp://kim:secret@mail.example",
        "smtp://kim@mail.example",
        "smtp://[::1",
    ],
)
def test_what_is_no_mail_server_is_refused(url):
    with pytest.raises(UsageError) as caught:
        mail_server(url, FROM, {})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "sender", ["", "desk", "Desk <desk@a.example>", "a@b.example\r\nBcc: x@y.z"]
)
def test_a_sender_is_an_address(sender):
    with pytest.raises(UsageError):
        mail_server("smtp://mail.example", sender, {})


def test_the_login_comes_from_the_environment_whole_and_is_not_shown():
    both = {"STANCH_SMTP_USER": "kim", "STANCH_SMTP_PASSWORD": "secret"}
    made = mail_server("smtp://mail.example", FROM, both)
    assert (made.user, made.password) == ("kim", "secret")
    assert "secret" not in repr(made)
    for name in both:
        with pytest.raises(UsageError, match="both or none"):
            mail_server("smtp://mail.example", FROM, {name: "x"})
    with pytest.raises(UsageError, match="ASCII"):
        mail_server("smtp://mail.example", FROM, {**both, "STANCH_SMTP_PASSWORD": "비밀"})


def test_certificates_are_checked_or_nothing_is_sent():
    for loosen in ("check_hostname", "verify_mode"):
        trust = ssl.create_default_context()
        trust.check_hostname = False
        if loosen == "verify_mode":
            trust.verify_mode = ssl.CERT_NONE
        with pytest.raises(InvariantError):
            MailServer("mail.example", 587, False, FROM, trust=trust)
