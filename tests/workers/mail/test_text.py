"""An e-mail says that something waits, and nothing else; no name makes it say more."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from stanch.app.desk.notices import Mail
from stanch.workers.mail.text import From, plain, written

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
NOTICE = Mail(
    "mail-0123", "per-4567", "kim@fiu.example", "", 1, 3, "2026-11-26T11:58:07.000000Z", 9
)
CODE = Mail("mail-0123", "per-4567", "kim@fiu.example", "", 1,
            code="7KQ2-XH4M-9TPA", expires="2026-11-26T12:30:00.000000Z")  # fmt: skip


def by(name: str = "Joint desk") -> From:
    return From(name, "https://desk.example", "desk@desk.example")


def read(mail: Mail, name: str = "Joint desk"):
    return message_from_bytes(written(mail, by(name), NOW).as_bytes(), policy=policy.default)


def text_of(made) -> str:
    return made.get_content().replace("\r\n", "\n")


def test_a_notice_says_how_much_since_when_and_where():
    made = read(NOTICE)
    assert dict(made.items()) == {
        "From": "desk@desk.example",
        "To": "kim@fiu.example",
        "Subject": "Something waits at Joint desk",
        "Date": "Thu, 26 Nov 2026 12:00:00 +0000",
        "Message-ID": "<mail-0123@desk.example>",
        "Auto-Submitted": "auto-generated",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "7bit",
        "MIME-Version": "1.0",
    }
    text = text_of(made)
    assert "waits for you at Joint desk." in text
    assert "New:   3\n" in text
    assert "Since: 2026-11-26 11:58 UTC\n" in text
    assert text.count("http") == 1
    assert "Desk:  https://desk.example\n" in text  # the origin: no path, no token
    assert "per-4567" not in written(NOTICE, by(), NOW).as_string()


def test_a_code_stands_in_the_text_alone():
    made = read(CODE)
    assert made["Subject"] == "Your code for Joint desk"
    assert "Code:  7KQ2-XH4M-9TPA\nUntil: 2026-11-26 12:30 UTC\n" in text_of(made)
    assert not any("7KQ2" in value for value in made.values())
    assert made.get_content().count("http") == 1


@pytest.mark.parametrize(
    "name",
    [
        "Joint\r\nBcc: eve@evil.example",
        "Joint\nBcc: eve@evil.example\n\nHello",
        "Joint\rBcc: eve@evil.example",
        "Joint\u2028Bcc: eve@evil.example",
        "Joint\u0085Bcc: eve@evil.example",
        "Joint\0\x0bBcc: eve@evil.example",
        "Joint\r\n\r\n.\r\nMAIL FROM:<eve@evil.example>",
    ],
)
@pytest.mark.parametrize("mail", [NOTICE, CODE])
def test_a_name_begins_no_other_header(mail, name):
    made = read(mail, name)
    assert made["Bcc"] is None
    assert made.keys() == read(mail).keys()
    assert len(made.get_content().splitlines()) == len(read(mail).get_content().splitlines())
    assert made["Subject"].endswith(plain(name))
    assert plain(name).startswith("Joint ")


def test_a_name_in_any_script_comes_as_it_is_written_and_turns_nothing_around():
    name = "합동 데스크 – 共同デスク \u202eevil\u202c {count} %s"
    made = written(NOTICE, by(name), NOW)
    raw = made.as_bytes()
    assert raw.isascii()
    shown = read(NOTICE, name)
    assert shown["Subject"] == f"Something waits at {plain(name)}"
    assert "합동 데스크 – 共同デスク evil {count} %s." in shown.get_content()
    assert "\u202e" not in shown.get_content()
    assert max(map(len, raw.split(b"\r\n"))) < 998


def test_a_long_name_is_cut():
    assert len(plain("x" * 500)) == 80
