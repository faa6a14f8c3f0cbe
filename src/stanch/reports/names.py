"""Names of accounts as people can read them, from text that nobody has vouched for."""

import re

from stanch.model.letters import JOINERS, hidden, joins

_NUMBERED = re.compile(r"(?:[\s#_-]+\d+|_(?:0x)?[0-9a-f]{4,})+$")


def clean(text: str, limit: int = 120) -> str:
    """`text` on one line, without control, bidi and unassigned characters, cut to `limit`.

    Each such character becomes U+FFFD: seen, and harmless to the text around it. What joins the
    letters of scripts that need it stays.
    """
    shown = whole(text[: 4 * limit])
    return shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…"


def whole(text: str) -> str:
    """The same of all of a text."""
    spaced = " ".join(text.split())
    if spaced.isascii() and spaced.isprintable():
        return spaced
    if not any(map(hidden, spaced)):
        return spaced
    return "".join(
        "\ufffd" if hidden(each) and not (each in JOINERS and joins(spaced, place)) else each
        for place, each in enumerate(spaced)
    )


def squeezed(text: str, limit: int) -> str:
    """`clean` text with its middle left out where it is longer than `limit`.

    What tells names of one family apart stands at their end.
    """
    shown = clean(text)
    if len(shown) <= limit:
        return shown
    head = (limit - 1) * 3 // 5
    return f"{shown[:head].rstrip()}…{shown[len(shown) - (limit - 1 - head) :].lstrip()}"


def bare(account: str) -> str:
    """The address of a CAIP-10 account, without its chain."""
    return account.rsplit(":", 1)[-1]


def short_account(account: str) -> str:
    """A CAIP-10 account short enough for a picture: `0x098b…2f96`."""
    address = clean(bare(account))
    return address if len(address) <= 13 else f"{address[:6]}…{address[-4:]}"


def account_name(account: str, label: str, limit: int = 60) -> str:
    """The label where there is one, else the short address."""
    return clean(label, limit) or short_account(account)


def service_name(label: str) -> str:
    """The service behind a label of one of its accounts: `Huobi 10` and `Huobi: 3` are `Huobi`.

    Name tags number a service's accounts, end in a piece of their address, or put their purpose
    behind a colon.
    """
    head = label.split(":", maxsplit=1)[0] if not label.startswith(":") else label
    head = re.sub(r"\s*[(\[].*$", "", head)
    return clean(_NUMBERED.sub("", head).strip() or label)


def same_account(account: str, wanted: str) -> bool:
    """Whether CAIP-10 `account` is `wanted`: CAIP-10 or bare, 0x hexadecimals in any case."""
    known = account if ":" in wanted else bare(account)
    if bare(wanted)[:2].lower() == "0x":
        return known.lower() == wanted.lower()
    return known == wanted
