"""Whether an event proves that the token of an order froze its account, on its chain.

What is proved: that the answer names an event of the right shape, which anybody can look up. That
it is on the chain, and the last word there, is for who asks a node: the desk has none.
"""

from typing import Final

from stanch.errors import RefusedError
from stanch.formats.addresses import normalise
from stanch.formats.chain_event import READ, Event, checked
from stanch.formats.freeze_event import Freeze, freeze
from stanch.model.asset import Asset
from stanch.model.chain import split_account

TOKENS: Final = ("erc20", "trc20")  # what freezes in these is an account of a contract


def provable(asset: str) -> bool:
    """Whether a freeze of this asset (CAIP-19) is an event that can be read here."""
    return Asset.parse(asset).chain.partition(":")[0] in READ


def proved(event: Event, account: str, asset: str) -> tuple[Event, Freeze]:
    """The event in canonical form, and what it says. `account` is CAIP-10, `asset` CAIP-19.

    Raises RefusedError where it does not prove that this token froze this account.
    """
    token, (chain, address) = Asset.parse(asset), split_account(account)
    try:
        said = checked(event)
        if said.chain != chain or token.chain != chain:
            raise ValueError(f"the event is on {said.chain}, the account on {chain}")
        if token.namespace not in TOKENS or token.token is not None:
            raise ValueError(f"{asset} is no token whose contract freezes accounts")
        if said.contract != normalise(chain, token.reference):
            raise ValueError(f"the event is {said.contract}'s, and the token {token.reference}")
        found = freeze(said)
        if found.address != normalise(chain, address):
            raise ValueError(f"{found.name} froze {found.address}, and not {address}")
    except ValueError as error:
        raise RefusedError(f"proof: {str(error)[:300]}") from None
    return said, found
