"""What a receiver believes. Signed here by hand, from the words of the standard."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from stanch.errors import SignatureError
from stanch.formats.webhook import Trust, read_public, receive, write_public

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
TRUST = Trust((PUBLIC,))
NOW = datetime(2026, 11, 26, 19, 3, tzinfo=UTC)
BODY = b'{"order":"ord_1"}'


def signed(
    id: str = "dlv_1", at: str | None = None, body: bytes = BODY, key: Ed25519PrivateKey = KEY
) -> dict[str, str]:
    at = at if at is not None else str(int(NOW.timestamp()))
    signature = key.sign(id.encode() + b"." + at.encode() + b"." + body)
    text = "v1a," + base64.b64encode(signature).decode()
    return {"webhook-id": id, "webhook-timestamp": at, "webhook-signature": text}


def test_a_good_one_is_believed_in_any_case_of_its_headers() -> None:
    for headers in (signed(), {name.title(): value for name, value in signed().items()}):
        got = receive(headers, BODY, TRUST, NOW)
        assert (got.id, got.at, got.body, got.again) == ("dlv_1", NOW, BODY, False)


def test_the_same_id_again_is_known_even_when_signed_anew() -> None:
    later = NOW + timedelta(hours=9)
    headers = signed(at=str(int(later.timestamp())))
    assert receive(headers, BODY, Trust((PUBLIC,), {"dlv_1"}), later).again


@pytest.mark.parametrize("seconds", [301, -301, 86400])
def test_an_old_or_early_one_is_a_replay(seconds: int) -> None:
    with pytest.raises(SignatureError, match="five minutes"):
        receive(signed(), BODY, TRUST, NOW + timedelta(seconds=seconds))
    near = NOW + timedelta(seconds=300 if seconds > 0 else -300)
    assert receive(signed(), BODY, TRUST, near).id == "dlv_1"


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_each_header_must_be_there_once_and_unchanged(name: str) -> None:
    headers = signed()
    with pytest.raises(SignatureError, match=f"no {name}"):
        receive({k: v for k, v in headers.items() if k != name}, BODY, TRUST, NOW)
    with pytest.raises(SignatureError, match="said twice"):
        receive(headers | {name.upper(): headers[name]}, BODY, TRUST, NOW)
    other = signed("dlv_2", str(int(NOW.timestamp()) + 1), b"{}")[name]
    with pytest.raises(SignatureError, match="not signed"):
        receive(headers | {name: other}, BODY, TRUST, NOW)


def test_strangers_other_schemes_and_broken_signatures_do_not_count() -> None:
    good = signed()["webhook-signature"]
    stranger = signed(key=Ed25519PrivateKey.generate())["webhook-signature"]
    for text in (
        *("", "v1a,", "v1a,AAAA", good.replace("v1a,", "v1,"), good[4:], good + "\n", stranger),
        *(good[:-4], good.replace("v1a", "V1A"), good.replace(" ", "").replace("v1a,", "v1a, ")),
    ):
        with pytest.raises(SignatureError):
            receive(signed() | {"webhook-signature": text}, BODY, TRUST, NOW)
    both = f"v1,AAAA {stranger} {good}"
    assert receive(signed() | {"webhook-signature": both}, BODY, TRUST, NOW).id == "dlv_1"
    many = " ".join([stranger] * 8 + [good])
    with pytest.raises(SignatureError, match="more than 8"):
        receive(signed() | {"webhook-signature": many}, BODY, TRUST, NOW)


def test_no_trusted_key_trusts_nobody() -> None:
    with pytest.raises(SignatureError, match="not signed"):
        receive(signed(), BODY, Trust(()), NOW)


@pytest.mark.parametrize("id", ["", "a.1", "a b", "ü", "a\n", "a" * 129])
def test_a_signed_id_that_is_none_is_refused(id: str) -> None:
    with pytest.raises(SignatureError, match="webhook-id"):
        receive(signed(id), BODY, TRUST, NOW)


@pytest.mark.parametrize("at", ["", "0", "-1", "+1", "1.5", " 1", "01", "١", "9" * 13, "1_0"])
def test_a_signed_time_that_is_none_is_refused(at: str) -> None:
    with pytest.raises(SignatureError, match="webhook-timestamp"):
        receive(signed(at=at), BODY, TRUST, NOW)


def test_a_signed_time_beyond_the_calendar_is_only_far_off() -> None:
    with pytest.raises(SignatureError, match="five minutes"):
        receive(signed(at="9" * 12), BODY, TRUST, NOW)


@given(st.binary(max_size=64), st.integers(0, 10**6))
def test_one_bit_of_the_body_is_enough(body: bytes, place: int) -> None:
    headers = signed(body=body)
    assert receive(headers, body, TRUST, NOW).body == body
    changed = bytearray(body or b"\0")
    changed[place % len(changed)] ^= 1 << (place % 8)
    with pytest.raises(SignatureError):
        receive(headers, bytes(changed), TRUST, NOW)


def test_public_keys_are_written_as_the_standard_has_them() -> None:
    text = write_public(PUBLIC)
    assert text == "whpk_" + base64.b64encode(PUBLIC).decode()
    assert read_public(text) == PUBLIC
    for bad in ("", "whpk_", text[5:], "whsk_" + text[5:], text[:-4], text + "\n"):
        with pytest.raises(SignatureError):
            read_public(bad)
