"""MISP attributes as observables and patterns: those types that STIX has an observable for."""

import ipaddress
from collections.abc import Mapping
from typing import Any, Final

from stanch.formats.stix.ids import observable
from stanch.formats.stix.item import Item, Origin, make
from stanch.formats.stix.wallet import address_wallet

_HASHES: Final = {
    "md5": ("MD5", 32), "sha1": ("SHA-1", 40), "sha256": ("SHA-256", 64),
    "sha512": ("SHA-512", 128),
}  # fmt: skip
_VALUES: Final = {
    "domain": "domain-name", "hostname": "domain-name", "url": "url", "email": "email-addr",
    "email-src": "email-addr", "email-dst": "email-addr",
}  # fmt: skip
_WALLETS: Final = ("btc", "xmr")
_HEX: Final = frozenset("0123456789abcdefABCDEF")


def seen(kind: str, value: str, of: Origin) -> tuple[Item, str] | None:
    """The observable of an attribute's type and value, and the pattern that matches it.

    None where STIX has none, or the value is not of the form that the type says.
    """
    name, _, text = value.rpartition("|") if kind.startswith("filename|") else ("", "", value)
    kind = kind.removeprefix("filename|")
    if kind in _HASHES:
        return _file(kind, name, text, of)
    if not text or text != text.strip():
        return None
    if kind in _WALLETS:
        wallet = address_wallet(text, of)
        return wallet, _pattern("cryptocurrency-wallet:value", text)
    if kind in _VALUES:
        return _value(_VALUES[kind], text, of)
    if kind in ("ip-src", "ip-dst"):
        try:
            version = ipaddress.ip_address(text).version
        except ValueError:
            return None
        return _value(f"ipv{version}-addr", text, of)
    return None


def file_of(hashes: Mapping[str, str], name: str, of: Origin) -> Item:
    """A file by its hashes: STIX counts one of them for its id, the strongest of its list."""
    first = next(each for each in ("MD5", "SHA-1", "SHA-256", "SHA-512") if each in hashes)
    counted: dict[str, Any] = {"hashes": {first: hashes[first]}}
    if name:
        counted["name"] = name
    said = {"hashes": dict(hashes), "name": name}
    return make(observable("file", counted), said, of)


def _file(kind: str, name: str, text: str, of: Origin) -> tuple[Item, str] | None:
    word, length = _HASHES[kind]
    if len(text) != length or not set(text) <= _HEX:
        return None
    pattern = f"file:hashes.'{word}' = '{text}'"
    if name:
        pattern += f" AND file:name = {_quoted(name)}"
    return file_of({word: text}, name, of), f"[{pattern}]"


def _value(kind: str, text: str, of: Origin) -> tuple[Item, str]:
    item = make(observable(kind, {"value": text}), {"value": text}, of)
    return item, _pattern(f"{kind}:value", text)


def _pattern(path: str, text: str) -> str:
    return f"[{path} = {_quoted(text)}]"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
