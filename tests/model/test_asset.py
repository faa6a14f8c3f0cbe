"""CAIP-19, plain codes, and coins."""

import pytest

from stanch.model import asset as assets
from stanch.model.asset import Asset
from stanch.model.chain import BITCOIN, ETHEREUM


@pytest.mark.parametrize(
    "text",
    [
        "eip155:1/slip44:60",
        "eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7",
        "eip155:1/erc721:0x06012c8cf97bead5deae237070f9587f8e7a266d/771769",
        f"{BITCOIN}/slip44:0",
    ],
)
def test_assets_survive(text):
    assert str(Asset.parse(text)) == text


@pytest.mark.parametrize("text", ["USD", "eip155:1", "eip155:1/erc20", "eip155/erc20:0x", "x/y:z"])
def test_what_is_no_asset(text):
    with pytest.raises(ValueError, match="is not"):
        Asset.parse(text)


def test_codes_are_coins_at_home_and_currencies_elsewhere():
    assert assets.from_code("eth", ETHEREUM) == "eip155:1/slip44:60"
    assert assets.from_code("USD", ETHEREUM) == "stanch:fiat/USD"
    assert assets.from_code("BTC", ETHEREUM) == "stanch:fiat/BTC"
    assert assets.home("BTC") == BITCOIN
    assert assets.home("USD") is None


def test_coins_describe_themselves():
    assert assets.describe("eip155:1/slip44:60") == ("ETH", 18)
    assert assets.describe(f"{BITCOIN}/slip44:0") == ("BTC", 8)
    assert assets.describe("stanch:fiat/USD") == ("USD", None)
    assert assets.describe("eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7") == (
        "USDT",
        6,
    )
    assert assets.describe("eip155:1/erc20:0x0000000000000000000000000000000000000001") == (
        None,
        None,
    )
