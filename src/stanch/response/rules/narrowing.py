"""Whether one order asks for no more than another. More than that is a new order."""

from stanch.errors import RefusedError
from stanch.model.desk.marking import Marking
from stanch.model.desk.orders import Addressees, Order, Target
from stanch.response.rules.moments import moment


def check_narrower(old: Order, new: Order) -> None:
    """Raise RefusedError, naming what is wider, where `new` is not a part of `old`."""
    wider = _wider(old, new)
    if wider:
        raise RefusedError(f"this widens {old.id} in its {wider}: that is a new order")


def is_narrower(old: Order, new: Order) -> bool:
    """Whether `new` asks for a part of `old` or the same. Who must sign may not change at all.

    Words alone decide: whether a member is in a country is not known here, so naming members where
    the old order names countries counts as wider.
    """
    return _wider(old, new) is None


def _wider(old: Order, new: Order) -> str | None:
    same = (old.desk, old.kind, old.authority, old.rule, old.legal_reference, old.basis.case)
    if same != (new.desk, new.kind, new.authority, new.rule, new.legal_reference, new.basis.case):
        return "desk, kind, authority, rule, legal reference or case"
    if not _targets(old.targets, new.targets):
        return "targets"
    if not _addressees(old.addressees, new.addressees):
        return "addressees"
    if not moment(old.issued) <= moment(new.issued):
        return "beginning"
    if moment(new.expires) > moment(old.expires):
        return "expiry"
    return None if _sharing(old, new) else "marking or release list"


def _targets(old: tuple[Target, ...], new: tuple[Target, ...]) -> bool:
    """Each new target lies in one old one, and what lies in it is no more than its amount.

    An amount of an account as a whole cannot be compared with one of an asset.
    """
    left: dict[Target, int] = {o: o.amount for o in old if o.amount is not None}
    for target in new:
        home = _home(old, target)
        if home is None or (target.amount is not None and target.amount <= 0):
            return False
        if home.amount is None:
            continue
        if target.amount is None or target.asset != home.asset:
            return False
        left[home] -= target.amount
    return bool(new) and all(amount >= 0 for amount in left.values())


def _home(old: tuple[Target, ...], target: Target) -> Target | None:
    """The old target in which a new one lies: that of its asset before that of its account."""
    there = [o for o in old if o.account == target.account]
    exact = [o for o in there if o.asset == target.asset]
    whole = [o for o in there if o.asset is None]
    return next(iter([*exact, *whole]), None)


def _addressees(old: Addressees, new: Addressees) -> bool:
    if not old.members and not old.countries:
        return True
    if not new.members and not new.countries:
        return False
    return set(new.members) <= set(old.members) and set(new.countries) <= set(old.countries)


def _sharing(old: Order, new: Order) -> bool:
    order = list(Marking)  # from the widest to the narrowest
    return (
        new.sharing.owner == old.sharing.owner
        and order.index(new.sharing.marking) >= order.index(old.sharing.marking)
        and new.sharing.members <= old.sharing.members
        and new.sharing.people <= old.sharing.people
    )
