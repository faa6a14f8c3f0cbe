"""Internet addresses: at home, behind carrier-grade NAT, at a VPN's exit, in a shared office."""

from typing import Final

import numpy as np

from stanch.sources.personas_scenario.chance import U64, Chance, Int
from stanch.sources.personas_scenario.crowds import crowds
from stanch.sources.personas_scenario.regions import REGIONS

LOGINS: Final = 3  # addresses of an application

_OCTETS: Final = np.array([octet for each in REGIONS for octet in each.octets], np.int64)
_OCTET_COUNT: Final = np.array([len(each.octets) for each in REGIONS], np.int64)
_OCTET_START: Final = np.cumsum(_OCTET_COUNT) - _OCTET_COUNT
_NAT: Final = np.array([each.nat for each in REGIONS])
_PER_NAT: Final = 40  # applicants behind one address of a carrier, on average
_PER_EXIT: Final = 400  # applications for one exit of a commercial VPN
_FEWEST_EXITS: Final = 8
_OFFICE: Final = 0.05
_OFFICE_SIZES: Final = (4, 8, 12, 20, 30, 45)
_VPN: Final = 0.08  # of honest people, in every region: what measurements of users say


def address(chance: Chance, region: Int, key: U64) -> Int:
    """The IPv4 address, as a number, of a line in a region that is known by `key`."""
    octet = _OCTET_START[region] + chance.below("octet", _OCTET_COUNT[region], key)
    line: Int = (_OCTETS[octet] << 24) + chance.below("host", (1 << 24) - 512, key) + 256
    return line


def vpn_exit(chance: Chance, name: str, records: int, *who: Int) -> Int:
    """An exit of a commercial VPN for each of `who`, in an intake of so many `records`."""
    exits = max(_FEWEST_EXITS, records // _PER_EXIT)
    number = chance.below(name, exits, *who)
    where = chance.below("exit-region", len(REGIONS), number)
    return address(chance, where, chance.words("exit", number))


def honest_logins(chance: Chance, home: U64, region: Int, sharing: float, records: int) -> Int:
    """Addresses of honest people's logins, of shape (people, LOGINS).

    `home` is the key of where each lives. Behind a carrier's NAT an address changes and is many
    people's; some work in shared offices, some use a VPN.
    """
    people = np.arange(len(region))
    behind = chance.happens("behind-nat", np.minimum(_NAT[region] * sharing, 0.95), people)
    size = np.bincount(region[behind], minlength=len(REGIONS)) // _PER_NAT + 1
    logins = np.empty((len(people), LOGINS), np.int64)
    for place in range(LOGINS):
        at = np.full(len(people), place)
        carrier = chance.words("carrier", region, chance.below("nat", size[region], people, at))
        own = np.where(
            chance.happens("at-home", (1.0, 0.6, 0.5)[place], people, at),
            home,
            chance.words("elsewhere", people, at),
        )
        logins[:, place] = address(chance, region, np.where(behind, carrier, own))
    _offices(chance, logins, region, sharing)
    vpn = np.flatnonzero(chance.happens("vpn", _VPN, people))
    logins[vpn, LOGINS - 1] = vpn_exit(chance, "honest-exit", records, vpn)
    return logins


def _offices(chance: Chance, logins: Int, region: Int, sharing: float) -> None:
    """Puts some people into offices of their region: their second address is the office's."""
    for code in range(len(REGIONS)):
        people = np.flatnonzero(region == code)
        office = crowds(chance, f"office:{code}", people, _OFFICE * sharing, _OFFICE_SIZES)
        where = np.full(len(office.member), code)
        key = chance.words("office-line", where, office.crowd)
        logins[office.member, 1] = address(chance, where, key)
