"""Addresses of every namespace: canonical forms, checksums, and plain reasons."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.formats.addresses import NAMESPACES, base58, bech32, cashaddr, evm, normalise
from stanch.formats.addresses.bitcoin import script_address
from stanch.model.chain import (
    BITCOIN,
    BITCOIN_CASH,
    DASH,
    DOGECOIN,
    ETHEREUM,
    LITECOIN,
    TRON,
    ZCASH,
)

GENESIS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
CASH = "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"
TETHER = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"

# EIP-55, BIP 173, BIP 350, the CashAddr specification, and addresses known from the chains.
GOOD = [
    (ETHEREUM, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", None),
    (ETHEREUM, "0x52908400098527886E0F7030069857D2E4169EE7", None),
    ("eip155", "0xde709f2102306220921060314715629080e2fb77", None),
    (BITCOIN, "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", None),
    (BITCOIN, "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", None),
    (BITCOIN, GENESIS, GENESIS),
    (BITCOIN, "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"),
    ("bip122", GENESIS, GENESIS),
    (BITCOIN_CASH, "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu", CASH),
    (BITCOIN_CASH, f"bitcoincash:{CASH}", CASH),
    (TRON, TETHER, TETHER),
    (TRON, "41a614f803b6fd780986a42c78ec9c7f77e6ded13c", TETHER),
    (TRON, "0xa614f803b6fd780986a42c78ec9c7f77e6ded13c", TETHER),
]  # with None where the canonical form is lower case

BAD = [
    (ETHEREUM, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", "bad checksum"),
    (ETHEREUM, "0x5aaeb6053f3e94c9b9a09f33669435e7ef1bea", "not an EVM address"),
    (ETHEREUM, "5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "not an EVM address"),
    (ETHEREUM, "", "empty"),
    (BITCOIN, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "bad checksum"),
    (BITCOIN, "1A1zP1eP5QGefi2DMPTfTL5SLmv7Div0Na", "not Base58"),
    (BITCOIN, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "bad checksum"),
    (BITCOIN, "bc1qW508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "upper and lower"),
    # BIP 350: a version 1 program under the seal of version 0
    (BITCOIN, "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", "bad checksum"),
    (BITCOIN, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "another chain"),
    (LITECOIN, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "another chain"),
    (BITCOIN_CASH, "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6q", "bad checksum"),
    (TRON, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "not a Tron address"),
    ("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp", "x", "cannot be checked"),
    ("bip122:ffffffffffffffffffffffffffffffff", "x", "cannot be checked"),
]


@pytest.mark.parametrize(("chain", "text", "canonical"), GOOD)
def test_known_addresses_have_one_form(chain, text, canonical):
    canonical = canonical or text.lower()
    assert normalise(chain, text) == canonical
    assert normalise(chain, canonical) == canonical


@pytest.mark.parametrize(("chain", "text", "reason"), BAD)
def test_wrong_addresses_say_why(chain, text, reason):
    with pytest.raises(ValueError, match=reason):
        normalise(chain, text)


@given(st.binary(min_size=20, max_size=20))
def test_an_evm_address_survives_its_checksummed_form(raw):
    lower = "0x" + raw.hex()
    assert normalise(ETHEREUM, evm.checksummed(lower)) == lower


@given(st.binary(min_size=20, max_size=20), st.data())
def test_one_letter_in_the_wrong_case_is_caught(raw, data):
    text = evm.checksummed("0x" + raw.hex())
    letters = [place for place, char in enumerate(text) if char.isalpha() and place > 1]
    if not letters:
        return
    place = data.draw(st.sampled_from(letters))
    wrong = text[:place] + text[place].swapcase() + text[place + 1 :]
    if wrong[2:] in (wrong[2:].lower(), wrong[2:].upper()):
        return  # in one case there is no checksum to be wrong
    with pytest.raises(ValueError, match="bad checksum"):
        normalise(ETHEREUM, wrong)


@given(
    st.sampled_from([(0, 20), (0, 32), (1, 32), (16, 2), (3, 40)]),
    st.sampled_from([(BITCOIN, "bc"), (LITECOIN, "ltc")]),
    st.data(),
)
def test_segwit_programs_survive_and_one_wrong_character_is_caught(form, coin, data):
    version, size = form
    chain, prefix = coin
    program = data.draw(st.binary(min_size=size, max_size=size))
    text = bech32.encode(prefix, version, program)
    assert bech32.decode(text) == (prefix, version, program)
    assert normalise(chain, text.upper()) == text
    place = data.draw(st.integers(len(prefix) + 1, len(text) - 1))
    other = data.draw(st.sampled_from([c for c in bech32.CHARSET if c != text[place]]))
    with pytest.raises(ValueError, match=r"checksum|program|padded"):
        normalise(chain, text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize(
    ("chain", "head"),
    [
        (BITCOIN, b"\x00"),
        (DOGECOIN, b"\x1e"),
        (DASH, b"\x4c"),
        (ZCASH, b"\x1c\xb8"),
        (LITECOIN, b"\x30"),
    ],
)
def test_each_chain_knows_its_own_base58(chain, head):
    text = base58.encode(head + bytes(range(20)))
    assert normalise(chain, text) == normalise("bip122", text) == text


@given(st.binary(min_size=20, max_size=20), st.sampled_from([(0, b"\x00"), (1, b"\x05")]))
def test_both_forms_of_bitcoin_cash_are_one_account(digest, kind):
    canonical = cashaddr.encode(kind[0], digest)
    assert normalise(BITCOIN_CASH, base58.encode(kind[1] + digest)) == canonical
    assert normalise(BITCOIN_CASH, f"bitcoincash:{canonical}") == canonical


@given(st.sampled_from(NAMESPACES), st.text(max_size=80))
def test_any_text_is_an_address_or_has_a_short_reason(namespace, text):
    try:
        canonical = normalise(namespace, text)
    except ValueError as error:
        reason = str(error)
    else:
        reason = "none needed"
        assert normalise(namespace, canonical) == canonical
    assert 5 < len(reason) < 250


def test_outputs_without_an_address_have_names_of_ours():
    name = script_address(bytes.fromhex("6a"))
    assert re.fullmatch("script-[0-9a-f]{40}", name)
    assert normalise(BITCOIN, name) == name
    assert normalise(BITCOIN, f"output-{'ab' * 32}-7") == f"output-{'ab' * 32}-7"


def test_listed_addresses_of_sanctioned_parties(data_dir):
    listed = {"XBT": BITCOIN, "BCH": BITCOIN_CASH, "LTC": LITECOIN, "ETH": ETHEREUM, "TRX": TRON,
              "DASH": DASH, "ZEC": ZCASH}  # fmt: skip
    wrong = []
    for code, chain in listed.items():
        text = (data_dir / "ofac_addresses" / f"sanctioned_addresses_{code}.txt").read_text()
        for line in text.split():
            try:
                normalise(chain, line)
            except ValueError:
                wrong.append(line)
    assert wrong == ["TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq"]  # of Tron, listed under XBT
