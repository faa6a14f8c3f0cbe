"""A persona's identifiers for a group that shares a key, and for nobody else.

The space of e-mail addresses and telephone numbers is small: a bare hash of one is found by trying
them all. So each identifier goes out as an HMAC-SHA-256 under the group's key. Members of the group
who hold the same identifier see the same value; who lacks the key learns how many there are.
What a member can still do: try guesses with the key that it has. The key is made for one group and
one purpose, and changed when a member leaves.
"""

import hmac
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import rfc8785

from stanch.formats.stix.extensions import extended
from stanch.formats.stix.ids import named
from stanch.formats.stix.item import Item, Origin, make

LEAST_KEY: Final = 32  # bytes, as many as the HMAC has


@dataclass(frozen=True, slots=True)
class GroupKey:
    """A key and the name that the group has for it; it is not shown. Raises ValueError if short."""

    name: str
    secret: bytes

    def __post_init__(self) -> None:
        """Hold it to its length."""
        if len(self.secret) < LEAST_KEY:
            raise ValueError(f"a group's key has {LEAST_KEY} bytes or more, of a random source")

    def __repr__(self) -> str:
        """Without the secret."""
        return f"GroupKey({self.name!r})"


def token(key: GroupKey, kind: str, value: str) -> str:
    """The value under which a group knows an identifier, in hex.

    `value` comes normalised by the rules of its kind; here only its Unicode form is made one.
    """
    said = ["stanch-persona@1", key.name, kind, unicodedata.normalize("NFC", value)]
    return hmac.digest(key.secret, rfc8785.dumps(said), "sha256").hex()


def persona(
    key: GroupKey, name: str, identifiers: Iterable[tuple[str, str]], of: Origin, at: str
) -> Item:
    """A persona as an identity with the tokens of its identifiers, by (kind, value).

    Its id comes of the tokens, so that it says no more than they do. Raises ValueError for none.
    """
    tokens = {(kind, token(key, kind, value)) for kind, value in identifiers}
    return persona_of(key.name, name, tokens, of, at)


def persona_of(
    group: str, name: str, tokens: Iterable[tuple[str, str]], of: Origin, at: str
) -> Item:
    """The same of tokens that were made elsewhere, by (kind, token), under the key of a group."""
    listed = [{"kind": kind, "hmac": value} for kind, value in sorted(set(tokens))]
    if not listed:
        raise ValueError("a persona without an identifier cannot be recognised")
    said = {
        "created": at,
        "modified": at,
        "name": name,
        "identity_class": "individual",
        "roles": ["persona"],
        "extensions": extended("persona", group=group, identifiers=listed),
    }
    flat = [each for pair in listed for each in (pair["kind"], pair["hmac"])]
    return make(named("identity", "persona", group, *flat), said, of)
