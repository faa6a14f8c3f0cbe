"""CAIP-2 and CAIP-10."""

import pytest

from stanch.model.chain import BITCOIN, TRON, Chain, account, split_account


@pytest.mark.parametrize(
    "text", ["eip155:1", BITCOIN, TRON, "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp"]
)
def test_chains_survive(text):
    assert str(Chain.parse(text)) == text
    assert split_account(account(text, "abc")) == (text, "abc")


@pytest.mark.parametrize(
    "text", ["", "eip155", "eip155:", "eip155:one", "eip155:01", "ETH:1", "a:b:c d"]
)
def test_what_is_no_chain(text):
    with pytest.raises(ValueError, match="eip155:"):
        Chain.parse(text)


@pytest.mark.parametrize("text", ["eip155:1", "eip155:1:", "0xab", "eip155:1:0x ab"])
def test_what_is_no_account(text):
    with pytest.raises(ValueError, match="is not"):
        split_account(text)
