"""An emergency hold is one member's word alone, so an address bears it once.

Exchanges ask for an address often without its chain, and are told of whatever holds it on any. So a
hold that is over has used up the address on every chain, one that nobody has heard of included.
While a hold runs, the same address may be held on another chain, for a thief who bridges is to be
followed: one hand can thus show an address as held for less than twice the hours of one hold.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from stanch.errors import RefusedError
from stanch.formats.addresses.forms import wallet_forms
from stanch.model.chain import split_account
from stanch.model.desk.orders import Order, OrderKind
from stanch.model.desk.states import OrderState
from stanch.response.rules.standing import Standing
from stanch.screening.identifiers import wallet


@dataclass(frozen=True, slots=True)
class Used:
    """An account (CAIP-10) of an emergency hold without concurrence; `over`: held no more."""

    account: str
    over: bool


def used_up(standings: Iterable[Standing], now: datetime) -> tuple[Used, ...]:
    """The accounts of every emergency hold that began and was never concurred with, as of `now`.

    One that runs counts too, and one that expired, was released or ends early: otherwise a single
    key could chain emergency holds, each begun just before the last one lapses.
    """
    return tuple(
        Used(target.account, target not in standing.held or _is_over(standing, now))
        for standing in standings
        if standing.unconfirmed
        for target in standing.order.targets
    )


def may_hold(used: Iterable[Used], order: Order) -> None:
    """Raise RefusedError where an emergency hold has an account that such a hold has used up.

    It does not matter whose emergency hold that was, nor which assets were named: who is to hold an
    asset of an account holds the account in practice, and there are as many tokens as somebody
    cares to make. Orders of the other kinds need concurrence to come into force, and so may hold
    anything.
    """
    if order.kind is not OrderKind.EMERGENCY:
        return
    spent = {place for each in used for place in _places(each.account, each.over)}
    for target in order.targets:
        if not spent.isdisjoint(_places(target.account, True) | _places(target.account, False)):
            raise RefusedError(
                f"the address of {target.account} was under an emergency hold that had no "
                "concurrence: concur with that one while it runs, or propose an order of kind hold"
            )


def _places(account: str, anywhere: bool) -> set[tuple[str, str]]:
    """The address in every form in which screening finds it, with its chain or with none.

    Letters are folded, and what may stand around an address is taken off, as screening does it, so
    that an address written otherwise is not taken for another.
    """
    chain, address = split_account(account)
    bare = wallet.bare(address) or address
    forms = (address, bare, *wallet_forms(bare))
    return {("" if anywhere else chain.casefold(), form.casefold()) for form in forms}


def _is_over(standing: Standing, now: datetime) -> bool:
    """Whether it has ended, written down or not."""
    lapses = standing.lapses
    return standing.state is not OrderState.IN_FORCE or (lapses is not None and lapses <= now)
