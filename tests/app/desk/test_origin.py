"""An origin is a scheme, a host and a port: nothing in it leads anywhere in particular."""

import pytest

from stanch.app.desk.origin import check_origin
from stanch.errors import UsageError


@pytest.mark.parametrize(
    "text",
    [
        "https://desk.example",
        "https://desk.example:8443",
        "http://127.0.0.1:8000",
        "http://[::1]:80",
    ],
)
def test_origins(text):
    check_origin(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "desk.example",
        "ftp://desk.example",
        "https://",
        "https://desk.example/",
        "https://desk.example/sign-in",
        "https://desk.example?token=1",
        "https://desk.example#x",
        "https://kim@desk.example",
        "https://desk.example\r\nBcc: eve@evil.example",
        "https://desk .example",
        "https://d\u00e9sk.example",
        "https://[::1",
        "http://desk.example",
        "http://10.0.0.1",
    ],
)
def test_what_is_none(text):
    with pytest.raises(UsageError, match="origin"):
        check_origin(text)
