"""Operators in farms, and the personas that each of them runs.

What they share follows public accounts of the scheme (advisories of the United States in 2022, of
the United States and Korea in 2023, of Japan in 2024): accounts run from the same machines and
paid out to the same places, resumes and pictures used again under another name, laptops of many
employers at one facilitator's address, logins through VPNs. Most personas show only a little of
it: browsers that forge fingerprints, numbers bought for one account, payees hired for a fee.
"""

from typing import Final

import numpy as np

from stanch.sources.personas_scenario.chance import U64, Chance, Int
from stanch.sources.personas_scenario.crowds import sizes_to
from stanch.sources.personas_scenario.identities import identities, offset_in
from stanch.sources.personas_scenario.network import LOGINS, address, vpn_exit
from stanch.sources.personas_scenario.records import Records
from stanch.sources.personas_scenario.regions import REGIONS
from stanch.sources.personas_scenario.request import PersonasRequest

_PERSONAS: Final = np.array([2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 10, 12, 15], np.int64)
_OPERATORS: Final = np.array([2, 3, 3, 4, 4, 5, 6, 8], np.int64)
_COPIED: Final = 0.5  # lines of a resume that come from the operator's stock
_CLAIMED_HOURS: Final = 0.4  # personas that are worked at the hours of the place they claim


def personas(chance: Chance, request: PersonasRequest, count: int, first: int) -> Records:
    """`count` applications of operators; entities, personas and farms count from `first`."""
    everybody = np.arange(count)
    drawn = _PERSONAS[chance.below("personas", len(_PERSONAS), everybody)]
    per_operator = sizes_to(count, drawn)
    operators = np.arange(len(per_operator))
    per_farm = sizes_to(
        len(operators), _OPERATORS[chance.below("operators", len(_OPERATORS), operators)]
    )
    farm_of = np.repeat(np.arange(len(per_farm)), per_farm)
    operator = np.repeat(operators, per_operator)
    farm = farm_of[operator]
    who = first + everybody
    said = identities(chance, request, who)
    seat = chance.below("farm-region", len(REGIONS), farm)
    works_there = offset_in(chance, "farm-zone", seat, farm)
    told = chance.happens("claimed-hours", _CLAIMED_HOURS, who)
    home = _home(chance, who, operator, farm)
    phone = _reused(chance, "phone", (who, operator, farm), (0.25, 0.0))
    rented = chance.below("phone-region", len(REGIONS), phone)
    sent = chance.below("home-region", len(REGIONS), home)
    return Records(
        entity=first + operator,
        persona=who,
        farm=farm,
        again=np.zeros(count, bool),
        culture=said.culture,
        region=said.region,
        offset=said.offset,
        hours=np.where(told, said.offset, works_there),
        given=said.given,
        family=said.family,
        home_at=np.where(home == chance.words("home", who), said.region, sent),
        phone_at=np.where(phone == chance.words("phone", who), said.region, rented),
        address=home,
        device=_reused(chance, "device", (who, operator, farm), (0.4, 0.08)),
        phone=phone,
        bank=_reused(chance, "bank", (who, operator, farm), (0.35, 0.06)),
        wallet=_reused(chance, "wallet", (who, operator, farm), (0.35, 0.0)),
        photo=_reused(chance, "photo", (who, operator, farm), (0.35, 0.0)),
        ips=_logins(chance, request, home, said.region, (who, operator, farm)),
        lines=chance.words("stock-lines", operator, chance.below("stock", 2, who)),
        copied=np.full(count, _COPIED),
        team=np.where(
            chance.happens("farm-words", 0.35, who), chance.words("farm-lines", farm), np.uint64(0)
        ),
        reworded=np.full(count, request.paraphrase),
    )


def _home(chance: Chance, who: Int, operator: Int, farm: Int) -> U64:
    """Where work laptops are sent: a facilitator's house, or an address of the persona's own."""
    house = chance.words("laptop-farm", farm, chance.below("which-house", 2, who))
    own = _reused(chance, "home", (who, operator, farm), (0.08, 0.0))
    return np.where(chance.happens("sent-to-house", 0.3, who), house, own)


def _reused(
    chance: Chance, what: str, seats: tuple[Int, Int, Int], shares: tuple[float, float]
) -> U64:
    """One of an operator's two, or one of the farm's two, each with its share; else a fresh one.

    `seats` are persona, operator and farm.
    """
    who, operator, farm = seats
    one = chance.below(f"one:{what}", 2, who)
    by_operator = chance.happens(f"operator:{what}", shares[0], who)
    by_farm = chance.happens(f"farm:{what}", shares[1], who)
    return np.select(
        [by_operator, by_farm],
        [chance.words(f"operator:{what}", operator, one), chance.words(f"farm:{what}", farm, one)],
        chance.words(what, who),
    )


def _logins(
    chance: Chance,
    request: PersonasRequest,
    home: U64,
    region: Int,
    seats: tuple[Int, Int, Int],
) -> Int:
    """Through a VPN, through exits that the farm or the operator rents, or a remote desktop."""
    who, operator, farm = seats
    logins = np.empty((len(who), LOGINS), np.int64)
    for place in range(LOGINS):
        at = np.full(len(who), place)
        way = chance.weighted("way", np.array([35, 20, 15, 30], np.int64), who, at)
        rented = chance.words("exit-of", farm, chance.below("which-exit", 4, who, at))
        proxy = chance.words("proxy-of", operator, chance.below("which-proxy", 2, who, at))
        far = chance.below("rented-region", len(REGIONS), rented)
        logins[:, place] = np.select(
            [way == 0, way == 1, way == 2],
            [
                vpn_exit(chance, "operator-exit", request.records, who, at),
                address(chance, far, rented),
                address(chance, region, proxy),
            ],
            address(chance, region, home),
        )
    return logins
