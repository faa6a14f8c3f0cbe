"""JWS: what is taken is exactly one form; each way of bending it is refused."""

import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.errors import SignatureError
from stanch.formats.signed import base64url, jws, points
from stanch.formats.signed.keys import PrivateKey

KEY = PrivateKey.from_seed(bytes(range(32)))
OTHER = PrivateKey.from_seed(bytes(32))
PAYLOAD = {"order": "order_1", "said": "concur"}
TEXT = jws.sign(KEY, jws.STATEMENT, PAYLOAD)
HEADER, BODY, SIGNATURE = TEXT.split(".")


def raw(header: object, payload: bytes = b"{}", key: PrivateKey = KEY) -> str:
    """Signed well, whatever the header says."""
    data = (
        header
        if isinstance(header, bytes)
        else json.dumps(header, separators=(",", ":"), sort_keys=True).encode()
    )
    text = f"{base64url.encode(data)}.{base64url.encode(payload)}"
    return f"{text}.{base64url.encode(key.sign(text.encode()))}"


def header(**changed: object) -> dict[str, object]:
    return {"alg": "EdDSA", "kid": KEY.kid, "typ": jws.STATEMENT} | changed


def test_what_is_signed_is_read_and_verified():
    assert jws.verify(TEXT, jws.STATEMENT, KEY.public) == PAYLOAD
    claimed = jws.read(TEXT)
    assert (claimed.kid, claimed.typ, claimed.payload) == (KEY.kid, jws.STATEMENT, PAYLOAD)


@pytest.mark.parametrize(
    "head",
    [
        header(alg="none"),
        header(alg="None"),
        header(alg="HS256"),
        header(alg="ES256"),
        header(alg="Ed25519"),
        header(alg=None),
        header(crit=["b64"], b64=False),
        header(b64=False),
        header(jwk={"kty": "OKP", "crv": "Ed25519", "x": KEY.public.text}),
        header(jku="https://attacker.example/keys"),
        header(x5c=["MIIB"]),
        header(x5u="https://attacker.example/"),
        header(zip="DEF"),
        header(kid="short"),
        header(kid=7),
        header(typ="JWT"),
        header(typ=["a"]),
        {"alg": "EdDSA", "kid": KEY.kid},
        [],
        b'{"alg":"EdDSA","typ":"stanch-statement@1","kid":"' + KEY.kid.encode() + b'"}',
        b'{"alg":"EdDSA","alg":"EdDSA","kid":"' + KEY.kid.encode() + b'","typ":"a@1"}',
        b'{"alg":"none","alg":"EdDSA","kid":"' + KEY.kid.encode() + b'","typ":"a@1"}',
    ],
)
def test_a_header_with_anything_else_is_refused_though_well_signed(head):
    for attempt in (jws.read, lambda t: jws.verify(t, jws.STATEMENT, KEY.public)):
        with pytest.raises(SignatureError):
            attempt(raw(head))


def test_the_good_header_passes_the_same_way_of_signing():
    assert jws.verify(raw(header()), jws.STATEMENT, KEY.public) == {}


def test_no_signature_and_one_made_with_the_public_key_as_a_secret_are_refused():
    none = base64url.encode(b'{"alg":"none"}')
    hs = base64url.encode(json.dumps(header(alg="HS256"), separators=(",", ":")).encode())
    mac = hmac.digest(KEY.public.raw, f"{hs}.{BODY}".encode(), "sha256")
    for text in (f"{none}.{BODY}.", f"{HEADER}.{BODY}.", f"{hs}.{BODY}.{base64url.encode(mac)}"):
        with pytest.raises(SignatureError):
            jws.verify(text, jws.STATEMENT, KEY.public)


def test_an_altered_payload_header_or_signature_does_not_hold():
    other = base64url.encode(b'{"order":"order_2","said":"concur"}')
    turned = base64url.encode(bytes([base64url.decode(SIGNATURE)[0] ^ 1]) + bytes(63))
    head = raw(header(typ=jws.HEAD)).split(".")[0]
    for text in (f"{HEADER}.{other}.{SIGNATURE}", f"{HEADER}.{BODY}.{turned}"):
        with pytest.raises(SignatureError, match="does not hold"):
            jws.verify(text, jws.STATEMENT, KEY.public)
    with pytest.raises(SignatureError, match="does not hold"):
        jws.verify(f"{head}.{BODY}.{SIGNATURE}", jws.HEAD, KEY.public)


def test_a_text_for_one_purpose_is_none_for_another_and_of_another_key_neither():
    with pytest.raises(SignatureError, match="signed as"):
        jws.verify(TEXT, jws.APPROVER, KEY.public)
    with pytest.raises(SignatureError, match="signed with key"):
        jws.verify(TEXT, jws.STATEMENT, OTHER.public)
    with pytest.raises(SignatureError, match="does not hold"):
        jws.verify(raw(header(), key=OTHER), jws.STATEMENT, KEY.public)


@pytest.mark.parametrize("body", [b'{"a": 1}', b'{"b":1,"a":1}', b'{"a":1,"a":1}', b"1.0", b""])
def test_a_payload_in_another_spelling_is_refused_though_well_signed(body):
    with pytest.raises(SignatureError):
        jws.verify(raw(header(), body), jws.STATEMENT, KEY.public)


def test_the_same_statement_has_no_second_text():
    s = int.from_bytes(base64url.decode(SIGNATURE)[32:], "little") + points.ORDER
    plus = base64url.encode(base64url.decode(SIGNATURE)[:32] + s.to_bytes(32, "little"))
    last = SIGNATURE[:-1] + chr(ord(SIGNATURE[-1]) + 1)
    seconds = [f"{HEADER}.{BODY}.{plus}", f"{HEADER}.{BODY}.{last}", TEXT + "=", TEXT + "\n"]
    seconds += [" " + TEXT, TEXT + ".", f"{HEADER}=.{BODY}.{SIGNATURE}", TEXT.replace(".", "..")]
    for text in seconds:
        with pytest.raises(SignatureError):
            jws.verify(text, jws.STATEMENT, KEY.public)


@given(st.integers(0, len(TEXT) - 1), st.characters(exclude_categories=["Cs"]))
def test_no_single_sign_can_be_changed(place, sign):
    text = TEXT[:place] + sign + TEXT[place + 1 :]
    if text != TEXT:
        with pytest.raises(SignatureError):
            jws.verify(text, jws.STATEMENT, KEY.public)


@given(st.text(max_size=80) | st.from_regex(r"[-_A-Za-z0-9]*\.[-_A-Za-z0-9]*\.[-_A-Za-z0-9]*"))
def test_no_text_ends_in_anything_but_a_refusal(text):
    for attempt in (jws.read, lambda t: jws.verify(t, jws.STATEMENT, KEY.public)):
        with pytest.raises(SignatureError):
            attempt(text)


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_nor_do_well_signed_bytes(head, body):
    with pytest.raises(SignatureError):
        jws.verify(raw(head, body), jws.STATEMENT, KEY.public)


def test_what_could_not_be_read_is_not_signed():
    with pytest.raises(SignatureError, match="longer"):
        jws.sign(KEY, jws.STATEMENT, "a" * (1 << 20))
    with pytest.raises(SignatureError, match="typ"):
        jws.sign(KEY, "JWT", {})
