"""In which forms one account's address may be written: what `screening` cannot know by itself.

A stage may not import the codecs. So the checks are made here, where a list or an order becomes an
index, and the stage is given the forms as texts. Only what is listed or held goes this way; what is
screened is looked up as it stands, which keeps a million of them in seconds.
"""

from collections.abc import Iterator

from stanch.formats.addresses import base58, cashaddr, tron

_KEY, _SCRIPT, _SIZE = b"\x00", b"\x05", 20
_TRON = b"\x41"


def wallet_forms(address: str) -> tuple[str, ...]:
    """Other addresses of the holder of the same key or script; none where there is no other form.

    Bitcoin's Base58 and Bitcoin Cash's CashAddr name one key; so do Tron's Base58 and its hex.

    >>> wallet_forms("1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu")
    ('qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a',)
    """
    return tuple(_forms(address))


def _forms(address: str) -> Iterator[str]:
    try:
        if address[:1] in ("1", "3"):
            payload = base58.decode(address)
            kind = {_KEY: cashaddr.KEY, _SCRIPT: cashaddr.SCRIPT}.get(payload[:1])
            if kind is not None and len(payload) == 1 + _SIZE:
                yield cashaddr.encode(kind, payload[1:])
        elif address[:1] == "T":
            payload = base58.decode(tron.normalise(address))
            yield payload.hex()
        elif address[:1].lower() in ("q", "p"):
            yield _base58(cashaddr.normalise(address))
    except ValueError:
        return  # no address of these chains: it has no other form that we know


def _base58(data: str) -> str:
    """The older form of a canonical CashAddr."""
    kind, digest = cashaddr.decode(data)
    if len(digest) != _SIZE:
        raise ValueError("is of no older form")
    script = kind & 1  # types 2 and 3 are keys and scripts that may hold tokens
    return base58.encode((_SCRIPT if script else _KEY) + digest)
