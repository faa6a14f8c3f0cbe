"""What is an address is narrow: whatever else a mail server would read is refused."""

import pytest

from stanch.model.desk.mail import is_address


@pytest.mark.parametrize(
    "text",
    [
        "kim@fiu.example",
        "kim.min-ji+desk@mail.fiu.go.kr",
        "o'neil_{x}@xn--bcher-kva.example",
        "a" * 64 + "@b.example",
    ],
)
def test_plain_addresses_are_taken(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kim",
        "@fiu.example",
        "kim@",
        "kim@localhost",
        "kim@[127.0.0.1]",
        "kim@127.0.0.1",
        "kim@@fiu.example",
        "kim@fiu.example, eve@evil.example",
        "kim@fiu.example\r\nBcc: eve@evil.example",
        "kim@fiu.example\n",
        "kim\0@fiu.example",
        "kim ji@fiu.example",
        '"kim ji"@fiu.example',
        "Kim <kim@fiu.example>",
        "<kim@fiu.example>",
        "eve%evil.example@fiu.example",
        "evil.example!eve@fiu.example",
        ".kim@fiu.example",
        "kim..ji@fiu.example",
        "kim@fiu..example",
        "kim@-fiu.example",
        "kim@fiu.example.",
        "kím@fiu.example",
        "kim@fíu.example",
        "kim@fiu.example\u2028",
        "a" * 65 + "@b.example",
        "a@" + "b" * 64 + ".example",
        "a@" + "b." * 130 + "example",
    ],
)
def test_what_mail_servers_read_twice_is_refused(text: str) -> None:
    assert not is_address(text)
