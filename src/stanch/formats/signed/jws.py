"""A signature with what it signs: JWS in compact form (RFC 7515), Ed25519 only (RFC 8037).

The header is `{"alg":"EdDSA","kid":...,"typ":...}` and nothing else, in canonical JSON, and so is
the payload. There is thus nothing to negotiate: no other algorithm, no key in the header, no
extension. From one statement and one signature follows one text; nobody but the signer can make
a second one.
"""

import re
from dataclasses import dataclass
from typing import Final

from stanch.errors import SignatureError
from stanch.formats.signed import base64url
from stanch.formats.signed.canonical import MAX_BYTES, canonical, parse
from stanch.formats.signed.keys import PrivateKey, PublicKey

APPROVER: Final = "stanch-approver@1"
DIRECTORY: Final = "stanch-directory@1"
KEY_CHANGE: Final = "stanch-key-change@1"
STATEMENT: Final = "stanch-statement@1"
HEAD: Final = "stanch-head@1"
SNAPSHOT: Final = "stanch-snapshot@1"

_TYP: Final = re.compile(r"[a-z]+(?:-[a-z]+)*@[1-9][0-9]{0,3}")
_KID: Final = re.compile(r"[-_A-Za-z0-9]{43}")
_MAX_HEADER: Final = 256  # characters
_MAX_TEXT: Final = 4 * MAX_BYTES // 3 + 1024


@dataclass(frozen=True, slots=True)
class Unverified:
    """What a JWS claims: good to find the key by, and for nothing else."""

    kid: str
    typ: str
    payload: object


def sign(key: PrivateKey, typ: str, payload: object) -> str:
    """The compact text. Raises SignatureError where the payload cannot be written or read."""
    if not _TYP.fullmatch(typ):
        raise SignatureError(f"{typ!r} is no typ such as {STATEMENT}")
    data = canonical(payload)
    parse(data)  # what could not be read is not signed
    header = canonical({"alg": "EdDSA", "kid": key.kid, "typ": typ})
    signed = f"{base64url.encode(header)}.{base64url.encode(data)}"
    return f"{signed}.{base64url.encode(key.sign(signed.encode('ascii')))}"


def read(text: str) -> Unverified:
    """Header and payload, without a look at the signature. Raises SignatureError."""
    header, payload, _ = _parts(text)
    kid, typ = _header(header)
    return Unverified(kid, typ, parse(base64url.decode(payload)))


def verify(text: str, typ: str, public: PublicKey) -> object:
    """The payload, once `public` is proved to have signed it as `typ`. Raises SignatureError."""
    header, payload, signature = _parts(text)
    kid, said = _header(header)
    if said != typ:
        raise SignatureError(f"is signed as {said}, not as {typ}")
    if kid != public.kid:
        raise SignatureError(f"is signed with key {kid}, not {public.kid}")
    public.verify(base64url.decode(signature), f"{header}.{payload}".encode("ascii"))
    return parse(base64url.decode(payload))


def _parts(text: str) -> tuple[str, str, str]:
    if len(text) > _MAX_TEXT:
        raise SignatureError(f"a JWS is longer than {_MAX_TEXT:,} characters")
    parts = text.split(".")
    if len(parts) != 3 or not text.isascii():
        raise SignatureError("is no JWS in compact form: three parts of base64url")
    return parts[0], parts[1], parts[2]


def _header(text: str) -> tuple[str, str]:
    if len(text) > _MAX_HEADER:
        raise SignatureError("the header of a JWS is too long")
    header = parse(base64url.decode(text))
    if not isinstance(header, dict) or header.keys() != {"alg", "kid", "typ"}:
        raise SignatureError("the header of a JWS must hold alg, kid and typ, and nothing else")
    alg, kid, typ = header["alg"], header["kid"], header["typ"]
    if alg != "EdDSA":
        raise SignatureError("the algorithm of a JWS must be EdDSA")
    if not isinstance(kid, str) or not _KID.fullmatch(kid):
        raise SignatureError("the kid of a JWS is no thumbprint")
    if not isinstance(typ, str) or not _TYP.fullmatch(typ):
        raise SignatureError("the typ of a JWS is not known")
    return kid, typ
