"""An event proves the freeze of one account by one token on one chain, and no other."""

from dataclasses import replace

import pytest

from stanch.errors import RefusedError
from stanch.formats.freeze_event import freeze
from stanch.model.chain import TRON
from stanch.response.rules.freeze import provable, proved
from tests.formats.test_freeze_event import CIRCLE, PUBLISHED, TETHER, TRON_USDT, USDC, USDT, WORD

ACCOUNT = "eip155:1:0x28c6c06298d514db089934071355e5743bf21d60"
TOKEN = f"eip155:1/erc20:{USDT}"
SOLANA = "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp"


def test_the_tokens_own_event_about_the_account_proves_it():
    event, found = proved(replace(TETHER, contract=USDT.upper().replace("X", "x")), ACCOUNT, TOKEN)
    assert (event, found.name) == (TETHER, "AddedBlackList(address)")
    assert proved(CIRCLE, ACCOUNT, f"eip155:1/erc20:{USDC}")[1].name == "Blacklisted(address)"


def test_on_tron_the_account_is_in_its_own_spelling():
    event = replace(TETHER, chain=TRON, contract=TRON_USDT)
    account = f"{TRON}:{TRON_USDT}"
    with pytest.raises(RefusedError, match="froze T"):
        proved(event, account, f"{TRON}/trc20:{TRON_USDT}")
    address = freeze(event).address
    assert proved(event, f"{TRON}:{address}", f"{TRON}/trc20:{TRON_USDT}")[1].address == address


@pytest.mark.parametrize(
    ("event", "account", "asset", "why"),
    [
        (CIRCLE, ACCOUNT, TOKEN, "and the token"),
        (replace(TETHER, contract=USDC), ACCOUNT, TOKEN, "and the token"),
        (TETHER, ACCOUNT[:-1] + "1", TOKEN, "and not"),
        (replace(TETHER, chain="eip155:10"), ACCOUNT, TOKEN, "the event is on eip155:10"),
        (TETHER, ACCOUNT.replace(":1:", ":10:"), TOKEN, "the account on eip155:10"),
        (TETHER, ACCOUNT, TOKEN.replace(":1/", ":10/"), "the account on"),
        (TETHER, ACCOUNT, "eip155:1/slip44:60", "no token"),
        (TETHER, ACCOUNT, f"eip155:1/erc721:{USDT}/5", "no token"),
        (
            replace(TETHER, topics=(PUBLISHED["RemovedBlackList(address)"],)),
            ACCOUNT, TOKEN, "lets an account go",
        ),
        (replace(TETHER, data=WORD[:-2]), ACCOUNT, TOKEN, "no address"),
        (replace(TETHER, transaction="5c"), ACCOUNT, TOKEN, "32 bytes"),
        (replace(TETHER, chain=SOLANA), ACCOUNT, TOKEN, "events of solana"),
    ],
)  # fmt: skip
def test_what_proves_something_else_or_nothing(event, account, asset, why):
    with pytest.raises(RefusedError, match=why):
        proved(event, account, asset)


def test_which_assets_have_events_to_be_read():
    assert provable(TOKEN)
    assert provable(f"{TRON}/trc20:{TRON_USDT}")
    assert not provable(f"{SOLANA}/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v")
