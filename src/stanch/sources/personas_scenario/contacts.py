"""Mailboxes, handles, telephone numbers and postal addresses, from names and keys.

A mailbox and a handle are made from a name, so people of one name want the same. The first has it;
whoever comes later adds a number. Some give their handle without that number, which is somebody
else's then: the more of a culture have one name, the more often.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.sources.personas_scenario import words
from stanch.sources.personas_scenario.chance import U64, Chance, Int
from stanch.sources.personas_scenario.columns import chosen, joined, numbers
from stanch.sources.personas_scenario.names import FAMILY, GIVEN
from stanch.sources.personas_scenario.records import Records
from stanch.sources.personas_scenario.regions import REGIONS

_YEAR: Final = 0.15  # put a year behind their name by choice
_CARELESS: Final = 0.015  # give a handle without its number
_WRITTEN_OUT: Final = 1_000  # from here on a number stands after `_`: below it is no year

_GIVEN: Final = pc.utf8_lower(pa.array(GIVEN.spellings))
_FAMILY: Final = pc.utf8_lower(pa.array(FAMILY.spellings))
_PHONES: Final = [start for each in REGIONS for start in each.phones]
_PHONE_COUNT: Final = np.array([len(each.phones) for each in REGIONS], np.int64)
_PHONE_START: Final = np.cumsum(_PHONE_COUNT) - _PHONE_COUNT
_DIGITS: Final = np.array([each.digits for each in REGIONS], np.int64)
_LOWEST: Final = np.array([each.lowest for each in REGIONS], np.int64)
_CITIES: Final = [city for each in REGIONS for city in each.cities]
_CITY_COUNT: Final = np.array([len(each.cities) for each in REGIONS], np.int64)
_CITY_START: Final = np.cumsum(_CITY_COUNT) - _CITY_COUNT


@dataclass(frozen=True, slots=True)
class Contacts:
    """Mailbox and handle of each persona, in order of their numbers."""

    email: pa.StringArray
    handle: pa.StringArray


def contacts(chance: Chance, personas: Records) -> Contacts:
    """Mailboxes that no two personas share, and handles that some give wrongly."""
    who = personas.persona
    given = GIVEN.spelled(chance, "spells-given", personas.given, who)
    family = FAMILY.spelled(chance, "spells-family", personas.family, who)
    domain = chance.below("mail", len(words.MAIL), who)
    local = _locals(chance, "mailbox", given, family, who)
    host = chosen(words.MAIL, domain)
    plain = pc.replace_substring(local, ".", "")  # some providers do not see dots
    box = joined(local, _suffix(joined(plain, "@", host)), "@", host)
    wanted = _locals(chance, "handle", given, family, who)
    suffix = _suffix(wanted)
    careless = chance.happens("careless", _CARELESS, who)
    handle = pc.if_else(pa.array(careless), wanted, joined(wanted, suffix))
    return Contacts(box, handle)


def _locals(chance: Chance, what: str, given: Int, family: Int, who: Int) -> pa.StringArray:
    """A name run together in one of six ways, at times with a year."""
    first, last = _GIVEN.take(pa.array(given)), _FAMILY.take(pa.array(family))
    initial = pc.utf8_slice_codeunits(first, 0, 1)
    ways = (
        joined(first, last), joined(first, ".", last), joined(initial, last),
        joined(last, first), joined(first, "_", last), joined(last, ".", first),
    )  # fmt: skip
    way = chance.below(f"{what}-way", len(ways), who)
    base = pc.choose(pa.array(way), *ways)
    year = numbers(1975 + chance.below(f"{what}-year", 30, who))
    by_choice = chance.happens(f"{what}-year?", _YEAR, who)
    return joined(base, pc.if_else(pa.array(by_choice), year, ""))


def _suffix(wanted: pa.StringArray) -> pa.StringArray:
    """Nothing for the first who wants a text, then 1, 2 ...; `_1`, `_2` behind a digit."""
    code = wanted.dictionary_encode().indices.to_numpy()
    order = np.argsort(code, kind="stable")
    ordered = code[order]
    first = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    start = np.maximum.accumulate(np.where(first, np.arange(len(code)), 0))
    rank = np.empty(len(code), np.int64)
    rank[order] = np.arange(len(code)) - start
    parted = pc.match_substring_regex(wanted, "[0-9](@|$)").to_numpy(zero_copy_only=False)
    parted |= rank >= _WRITTEN_OUT
    text = joined(pc.if_else(pa.array(parted), "_", ""), numbers(rank))
    return pc.if_else(pa.array(rank == 0), "", text)


def phones(chance: Chance, key: U64, region: Int) -> pa.StringArray:
    """Mobile numbers in E.164. One key in two regions is one number, of the key's own region."""
    start = _PHONE_START[region] + chance.below("exchange", _PHONE_COUNT[region], key)
    digits, lowest = _DIGITS[region], _LOWEST[region]
    number = lowest + chance.below("subscriber", 10**digits - lowest, key)
    text = pc.if_else(pa.array(digits == 7), numbers(number, 7), numbers(number, 8))
    return joined(chosen(_PHONES, start), text)


def addresses(chance: Chance, key: U64, region: Int, writers: Int) -> pa.StringArray:
    """Postal addresses; one in seven writers shortens the kind of street."""
    number = numbers(1 + chance.below("house-number", 4_999, key))
    street = chosen(words.STREETS, chance.below("street", len(words.STREETS), key))
    kind = chance.below("street-kind", words.STREET_KINDS.things, key)
    short = chance.happens("shortens", 0.14, writers).astype(np.int64)
    road = chosen(words.STREET_KINDS.texts, words.STREET_KINDS.start[kind] + short)
    flat = joined(" Apt. ", numbers(1 + chance.below("flat", 899, key)))
    has_flat = chance.happens("flat?", 0.6, key)
    city = _CITY_START[region] + chance.below("city", _CITY_COUNT[region], key)
    return joined(
        number, " ", street, " ", road, pc.if_else(pa.array(has_flat), flat, ""), ", ",
        chosen(_CITIES, city), " ", numbers(10_000 + chance.below("postcode", 89_999, key)),
    )  # fmt: skip
