"""accounts.csv of a trace is read to the row, or refused with it."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.errors import InputError
from stanch.formats.trace_accounts import TracedAccount, parse
from stanch.model.tables import ACCOUNTS_OUT

HEAD = ",".join(ACCOUNTS_OUT)
ACCOUNT = "eip155:1:0x" + "ab" * 20


def row(**changed: str) -> str:
    usual = {"incident": "theft", "account": ACCOUNT, "asset": "eip155:1/slip44:60",
             "traced_in": "5", "hop": "2"}  # fmt: skip
    return ",".join({**dict.fromkeys(ACCOUNTS_OUT, ""), **usual, **changed}.values())


def test_a_row():
    (found,) = parse(f"{HEAD}\n{row()}\n".encode())
    assert found == TracedAccount("theft", ACCOUNT, "eip155:1/slip44:60", 2, 5)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xff", "UTF-8"),
        (b"", "columns"),
        (b"a,b\n1,2\n", "columns"),
        (f"{HEAD}\n{row(hop='x')}\n".encode(), "row 2: hop"),
        (f"{HEAD}\n{row()}\n{row(traced_in='-1')}\n".encode(), "row 3: traced_in"),
        (f"{HEAD}\n{row(traced_in='1.5')}\n".encode(), "traced_in"),
        (f"{HEAD}\ntheft,{ACCOUNT}\n".encode(), "hop"),
    ],
)
def test_what_is_none(data, why):
    with pytest.raises(InputError, match=why):
        list(parse(data))


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"{HEAD}\n{text}".encode()))
def test_anything_else_is_refused_in_one_way(data):
    with contextlib.suppress(InputError):
        list(parse(data))
