"""Honest people, what they share by accident, and those who apply twice."""

from typing import Final

import numpy as np

from stanch.sources.personas_scenario.chance import U64, Chance, Flag
from stanch.sources.personas_scenario.crowds import Crowds, crowds
from stanch.sources.personas_scenario.cultures import CULTURES
from stanch.sources.personas_scenario.identities import Identities, identities
from stanch.sources.personas_scenario.network import honest_logins, vpn_exit
from stanch.sources.personas_scenario.records import Records
from stanch.sources.personas_scenario.regions import REGIONS
from stanch.sources.personas_scenario.request import PersonasRequest

_HALL_SIZES: Final = (5, 8, 12, 20, 30)
_AGENCY: Final = 0.006
_AGENCY_SIZES: Final = (3, 5, 8, 12)
_CLASS: Final = 0.02  # went to the same course, and show the same exercise
_CLASS_SIZES: Final = (4, 8, 15, 25)
_STOCK: Final = 0.008  # use a picture from a site of stock pictures
_STOCK_PICTURES: Final = 40
_NIGHT: Final = 0.1  # work at night


def honest(chance: Chance, request: PersonasRequest, count: int) -> Records:
    """`count` first applications, of persons 0 to `count`."""
    who = np.arange(count)
    said = identities(chance, request, who)
    home = chance.words("home", who)
    people = Records(
        entity=who,
        persona=who,
        farm=np.full(count, -1),
        again=np.zeros(count, bool),
        culture=said.culture,
        region=said.region,
        offset=said.offset,
        hours=said.offset + np.where(chance.happens("night", _NIGHT, who), 10, 0),
        given=said.given,
        family=said.family,
        home_at=said.region,
        phone_at=said.region,
        address=home,
        device=chance.words("device", who),
        phone=chance.words("phone", who),
        bank=chance.words("bank", who),
        wallet=chance.words("wallet", who),
        photo=chance.words("photo", who),
        ips=np.zeros((count, 3), np.int64),
        lines=chance.words("resume", who),
        copied=np.ones(count),
        team=np.zeros(count, np.uint64),
        reworded=np.zeros(count),
    )
    _households(chance, people, said, request.sharing)
    _halls(chance, people, request.sharing)
    _agencies(chance, people, request.sharing)
    _phones(chance, people, request.sharing)
    _classes(chance, people, request.sharing)
    stock = chance.happens("stock", _STOCK * request.sharing, who)
    picture = chance.words("stock-picture", chance.below("stock-number", _STOCK_PICTURES, who))
    people.photo = np.where(stock, picture, people.photo)
    people.ips = honest_logins(
        chance, people.address, people.region, request.sharing, request.records
    )
    return people


def _gives(values: U64, group: Crowds, shared: U64, which: Flag) -> None:
    values[group.member[which]] = shared[which]


def _households(chance: Chance, people: Records, said: Identities, sharing: float) -> None:
    """Couples and families: one address, often one name, at times one device, line or account."""
    for culture, life in enumerate(CULTURES):
        here = np.flatnonzero(said.culture == culture)
        for region in np.unique(said.region[here]):
            members = here[said.region[here] == region]
            name = f"household:{culture}:{region}"
            group = crowds(chance, name, members, life.household * sharing, life.sizes)
            key = chance.words(name, group.crowd)
            everybody = np.ones(len(key), bool)
            _gives(people.address, group, key, everybody)
            for values, share in ((people.device, 0.3), (people.phone, 0.15), (people.bank, 0.2)):
                which = chance.happens(f"{name}:{share}", share, group.member)
                _gives(values, group, key, which)
            same = chance.happens(f"{name}:name", 0.7, group.member)
            first = np.unique(group.crowd, return_index=True)[1]
            head = group.member[first][group.crowd] if len(first) else group.member
            people.family[group.member[same]] = people.family[head[same]]


def _halls(chance: Chance, people: Records, sharing: float) -> None:
    """Halls of students and flats of newcomers: one address and one line, seldom one device."""
    for code, region in enumerate(REGIONS):
        members = np.flatnonzero(people.region == code)
        group = crowds(chance, f"hall:{code}", members, region.hall * sharing, _HALL_SIZES)
        key = chance.words(f"hall:{code}", group.crowd)
        _gives(people.address, group, key, np.ones(len(key), bool))
        lent = chance.happens("hall:device", 0.03, group.member)
        _gives(people.device, group, key, lent)


def _agencies(chance: Chance, people: Records, sharing: float) -> None:
    """Agencies that pay their people through one account, lend machines and write resumes."""
    everybody = np.arange(len(people))
    group = crowds(chance, "agency", everybody, _AGENCY * sharing, _AGENCY_SIZES)
    key = chance.words("agency-of", group.crowd)
    _gives(people.bank, group, key, chance.happens("agency:bank", 0.5, group.member))
    _gives(people.device, group, key, chance.happens("agency:device", 0.2, group.member))
    _gives(people.phone, group, key, chance.happens("agency:phone", 0.1, group.member))
    _gives(people.team, group, key, chance.happens("agency:words", 0.4, group.member))


def _phones(chance: Chance, people: Records, sharing: float) -> None:
    """Numbers that a carrier gave out again: they were another applicant's before."""
    for code, region in enumerate(REGIONS):
        here = np.flatnonzero(people.region == code)
        group = crowds(chance, f"reused:{code}", here, region.reused * sharing, (2,))
        key = chance.words(f"reused:{code}", group.crowd)
        _gives(people.phone, group, key, np.ones(len(key), bool))


def _classes(chance: Chance, people: Records, sharing: float) -> None:
    for code in range(len(REGIONS)):
        here = np.flatnonzero((people.region == code) & (people.team == 0))
        group = crowds(chance, f"class:{code}", here, _CLASS * sharing, _CLASS_SIZES)
        key = chance.words(f"class:{code}", group.crowd)
        _gives(people.team, group, key, np.ones(len(key), bool))


def applied_again(chance: Chance, people: Records, count: int, records: int) -> Records:
    """Second applications of `count` of the `people`: the same person, some values changed."""
    order = np.argsort(chance.words("again", people.entity), kind="stable")
    second = people.at(np.sort(order[:count]))
    who = second.entity
    second.again = np.ones(count, bool)
    for name, share in (
        ("address", 0.2), ("device", 0.35), ("phone", 0.1), ("bank", 0.12), ("wallet", 0.12),
        ("photo", 0.35),
    ):  # fmt: skip
        fresh = chance.words(f"again:{name}", who)
        changed = chance.happens(f"again:{name}?", share, who)
        setattr(second, name, np.where(changed, fresh, getattr(second, name)))
    second.copied = np.full(count, 0.85)
    second.reworded = np.full(count, 0.1)
    later = vpn_exit(chance, "again-exit", records, who)
    second.ips[:, 2] = np.where(chance.happens("again:exit", 0.1, who), later, second.ips[:, 2])
    return second
