"""There and back without loss, for each pair of dialects."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from tests.formats.wallets.things import BESIDE, JSON, TRANSACTIONS, WALLETS, WORDS

from stanch.formats.stix.wallet import wallet_id
from stanch.formats.wallets.dialect import read, write
from stanch.formats.wallets.dialects import DIALECTS

NAMES = sorted(DIALECTS)
PAIRS = [(one, other) for one in NAMES for other in NAMES]
TRANSACTING = ("misp", "misp-btc", "stix")
STEPS = settings(max_examples=40)


def through(name, thing):
    """What comes back of a thing that went out as a file of a dialect."""
    native = write(DIALECTS[name], thing).native
    return read(DIALECTS[name], json.loads(json.dumps(native)))


def taken(name, thing):
    return thing if name != "misp-btc" else thing.__class__(
        **{each: getattr(thing, each) for each in thing.__dataclass_fields__} | {"symbol": "BTC"}
    )  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@STEPS
@given(WALLETS)
def test_a_wallet_comes_back_whole(name, wallet):
    wallet = taken(name, wallet)
    assert through(name, wallet) == wallet


@pytest.mark.parametrize("name", TRANSACTING)
@STEPS
@given(TRANSACTIONS)
def test_a_transaction_comes_back_whole(name, transaction):
    transaction = taken(name, transaction)
    assert through(name, transaction) == transaction


@pytest.mark.parametrize("name", ["opencti", "tagpack", "ftm"])
@STEPS
@given(TRANSACTIONS)
def test_who_has_no_transactions_says_so(name, transaction):
    with pytest.raises(ValueError, match="transaction"):
        write(DIALECTS[name], transaction)


FOREIGN = {
    "stix": lambda beside, address, note: {
        "type": "cryptocurrency-wallet", "spec_version": "2.1", "id": wallet_id(address),
        "value": address, "x_note": note, "holder_ref": "identity--1", **beside,
    },
    "opencti": lambda beside, address, note: {
        "type": "cryptocurrency-wallet", "id": wallet_id(address), "value": address,
        "x_opencti_description": note, "x_opencti_score": 80, **beside,
    },
    "misp": lambda beside, address, note: {
        "name": "coin-address", "id": "7", "uuid": "x", **beside,
        "Attribute": [
            {"object_relation": "address", "type": "btc", "value": address, "to_ids": True},
            {"object_relation": "symbol", "type": "text", "value": "BTC", "comment": note},
            {"object_relation": "total-sent", "type": "float", "value": "0.50"},
        ],
    },
    "misp-btc": lambda beside, address, note: {
        "name": "btc-wallet", "comment": note, **beside,
        "Attribute": [{"object_relation": "wallet-address", "type": "btc", "value": address}],
    },
    "tagpack": lambda beside, address, note: {
        "address": address, "currency": "BTC", "label": note, "source": "https://example.org",
        "confidence": "ownership", "is_cluster_definer": True, "context": note, **beside,
    },
    "ftm": lambda beside, address, note: {
        "id": "NK-1", "schema": "CryptoWallet", "datasets": ["x"], **beside,
        "properties": {"publicKey": [address, "other"], "currency": ["BTC"], "notes": [note, "b"]},
    },
}  # fmt: skip


@pytest.mark.parametrize(("name", "other"), PAIRS)
@settings(max_examples=25)
@given(BESIDE, some.text("abc123", min_size=1), WORDS)
def test_what_partners_say_beside_comes_home_by_way_of_each_other(
    name, other, beside, address, note
):
    native = FOREIGN[name](beside, address, note)
    seen = read(DIALECTS[name], native)
    back = taken(other, seen) if other == "misp-btc" else seen
    again = through(other, back)
    assert again == back
    if back == seen:
        assert write(DIALECTS[name], again).native == native


KEYS = [
    "type", "name", "value", "address", "schema", "properties", "Attribute", "comment", "context",
    "extensions",
]  # fmt: skip
KINDS = ["cryptocurrency-wallet", "coin-address", "CryptoWallet", "stanch {}", "stanch {"]


@pytest.mark.parametrize("name", NAMES)
@STEPS
@given(some.dictionaries(some.sampled_from(KEYS), some.one_of(some.sampled_from(KINDS), JSON)))
def test_anything_is_read_or_is_none_of_it(name, native):
    found = read(DIALECTS[name], native)
    assert found is None or through(name, taken(name, found)) is not None
