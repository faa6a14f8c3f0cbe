"""Keys: the vectors of RFC 8037, points that are none, signatures that were changed."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from stanch.errors import SignatureError
from stanch.formats.signed import base64url, points
from stanch.formats.signed.keys import PrivateKey, PublicKey

# RFC 8037, appendix A: private key, public key, thumbprint, and a signed text.
SEED = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
PUBLIC = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
KID = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
SIGNED = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
SIGNATURE = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
PASSPHRASE = "correct horse battery"


def test_the_vectors_of_rfc_8037():
    key = PrivateKey.from_seed(base64url.decode(SEED))
    assert (key.public.text, key.kid) == (PUBLIC, KID)
    assert base64url.encode(key.sign(SIGNED.encode())) == SIGNATURE
    PublicKey.from_text(PUBLIC).verify(base64url.decode(SIGNATURE), SIGNED.encode())


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=50))
def test_every_real_key_is_a_key_and_its_signature_holds(seed, data):
    key = PrivateKey.from_seed(seed)
    PublicKey.from_text(key.public.text).verify(key.sign(data), data)
    with pytest.raises(SignatureError, match="does not hold"):
        key.public.verify(key.sign(data), data + b".")


def test_a_signature_with_s_plus_the_order_is_refused():
    key, data = PrivateKey.generate(), b"statement"
    good = key.sign(data)
    s = int.from_bytes(good[32:], "little") + points.ORDER
    with pytest.raises(SignatureError, match="order"):
        key.public.verify(good[:32] + s.to_bytes(32, "little"), data)


# The eight points whose order divides 8, from RFC 8032's curve: y of 1, -1, 0 and of order 8.
Y8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
SMALL = [1, points.P - 1, 0, Y8, points.P - Y8]


@pytest.mark.parametrize("sign", [0, 1])
@pytest.mark.parametrize("y", [*SMALL, points.P, points.P + 1])
def test_points_of_small_order_and_second_spellings_are_no_keys(y, sign):
    raw = (y | sign << 255).to_bytes(32, "little")
    with pytest.raises(SignatureError, match="no public key"):
        PublicKey(raw)


def test_the_danger_is_real_one_signature_for_every_message_under_a_small_key():
    raw = (1).to_bytes(32, "little")  # the neutral point: S = 0, R = it, for every message
    Ed25519PublicKey.from_public_bytes(raw).verify(raw + bytes(32), b"any order at all")


def test_bytes_that_are_no_point_are_no_key():
    y = next(y for y in range(2, 99) if points.decompressed(y.to_bytes(32, "little")) is None)
    with pytest.raises(SignatureError, match="no public key"):
        PublicKey(y.to_bytes(32, "little"))


def test_a_key_has_one_text():
    for text in (PUBLIC + "=", PUBLIC[:-1] + "p", " " + PUBLIC[1:], "", "+" + PUBLIC[1:]):
        with pytest.raises(SignatureError, match=r"base64url|public key"):
            PublicKey.from_text(text)


@given(st.binary(max_size=70))
def test_base64url_is_a_round_trip_with_one_text(data):
    text = base64url.encode(data)
    assert base64url.decode(text) == data
    assert text == base64.urlsafe_b64encode(data).decode().rstrip("=")


def test_a_private_key_comes_back_from_its_file_and_shows_nothing():
    key = PrivateKey.generate()
    pem = key.to_pem(PASSPHRASE)
    back = PrivateKey.from_pem(pem, PASSPHRASE)
    assert back.kid == key.kid
    assert back.sign(b"x") == key.sign(b"x")
    assert "BEGIN ENCRYPTED PRIVATE KEY" in pem
    assert repr(key) == f"PrivateKey({key.kid})"


def test_a_wrong_passphrase_a_short_one_and_an_open_file_are_refused():
    key = Ed25519PrivateKey.generate()
    with pytest.raises(SignatureError, match="12 characters"):
        PrivateKey(key).to_pem("short")
    pem = PrivateKey(key).to_pem(PASSPHRASE)
    plain = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
    other = X25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(PASSPHRASE.encode()),
    )
    for text, word in [(pem, PASSPHRASE + "!"), (plain, PASSPHRASE), ("", ""), (pem, "")]:
        with pytest.raises(SignatureError, match="no private key under"):
            PrivateKey.from_pem(text, word)
    with pytest.raises(SignatureError, match="Ed25519"):
        PrivateKey.from_pem(other.decode(), PASSPHRASE)


def test_the_kid_is_the_thumbprint_of_the_jwk():
    jwk = b'{"crv":"Ed25519","kty":"OKP","x":"' + PUBLIC.encode() + b'"}'
    assert base64url.encode(hashlib.sha256(jwk).digest()) == KID
