"""Passports and wallets of DPRK entries on the real lists, in many spellings; and nothing else.

Lists are read here by a plain pattern, not by the parsers: what counts is the look-up.
"""

import csv
import json
import random
import re

import pytest

from stanch.formats.addresses.forms import wallet_forms
from stanch.model.hits import Subject
from stanch.model.listed import Entry, Identifier, ListedName
from stanch.screening.identifiers import IdentifierIndex
from tests.screening.identifiers import spellings

STATED = re.compile(
    r"Passport (?!issued)(?P<passport>[A-Z]{0,3} ?[0-9][0-9A-Z ]{4,12}?)"
    r"(?: \((?P<country>[^)]*)\))?(?=\.|;|$| expires| issued|,)"
    r"|Digital Currency Address - (?P<ticker>[A-Z]+) (?P<wallet>\w+)"
)


def sancbook(folder):
    with (folder / "sancbook/sdn_2023-11.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.reader(stream):
            yield row[0], row[3], row[-1]


def reconstructed(folder):
    text = (folder / "sdn_2025_reconstructed/sdn2025.json").read_text("utf-8")
    for each in json.loads(text):
        yield str(each["ent_num"]), each["program"], each["remarks"]


def comments(folder):
    for file in sorted((folder / "watchman").glob("*_sdn_comments.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            for row in csv.reader(stream):
                yield row[0], "DPRK" * ("DPRK" in row[-1]), row[-1]


@pytest.fixture(scope="module")
def entries(data_dir):
    """Entry by list and id, and whether a programme names the DPRK."""
    found = {}
    folder = data_dir / "screening/lists"
    for source in (sancbook, reconstructed, comments):
        for place, program, remarks in source(folder):
            said = [
                Identifier("passport", match["passport"], match["country"] or "")
                if match["passport"]
                else Identifier("wallet", match["wallet"], asset=match["ticker"])
                for match in STATED.finditer(remarks)
            ]
            listed = Entry(place, "LegalEntity", (ListedName(place),), identifiers=tuple(said))
            found.setdefault((source.__name__, place), ("DPRK" in program, listed))
    return found


@pytest.fixture(scope="module")
def index(entries):
    return IdentifierIndex.build(
        ((source, "1", entry) for (source, _), (_, entry) in entries.items()), wallet_forms
    )


def test_each_passport_and_wallet_of_the_dprk_is_found_in_every_spelling(entries, index):
    looked_up, missed = set(), []
    for (source, place), (dprk, entry) in entries.items():
        for each in entry.identifiers if dprk else ():
            looked_up.add((each.kind, each.value))
            written = (
                spellings.passport(each.value)
                if each.kind == "passport"
                else spellings.wallet(each.value, each.asset)
            )
            asked = [
                Subject(text, (), identifiers=(Identifier(each.kind, text),)) for text in written
            ]
            for text, hits in zip(written, index.search(asked), strict=True):
                if (source, place) not in {(hit.list, hit.entry) for hit in hits}:
                    missed.append((place, text))
    assert not missed
    assert len(looked_up) >= 64


def test_listed_addresses_find_their_own_entries_alone(data_dir, entries, index):
    listed = {
        each.value.lower(): place
        for (_, place), (_, entry) in entries.items()
        for each in entry.identifiers
        if each.kind == "wallet"
    }
    texts = sorted((data_dir / "ofac_addresses").glob("*.txt"))
    asked = list(dict.fromkeys(line for file in texts for line in file.read_text().split()))
    assert len(asked) > 600
    wrong = [
        (address, hit.evidence)
        for address, hits in zip(asked, index.addresses(asked), strict=True)
        for hit in hits
        for reason in hit.evidence
        if reason.listed.lower() not in (address.lower(), *map(str.lower, wallet_forms(address)))
    ]
    assert not wrong
    assert sum(map(bool, index.addresses(asked))) >= len([a for a in asked if a.lower() in listed])


def test_numbers_by_chance_match_nothing_but_themselves(entries, index):
    chance = random.Random(11)
    listed = {
        re.sub(r"\W", "", each.value).upper()
        for _, entry in entries.values()
        for each in entry.identifiers
    }
    asked = [str(chance.randrange(10**8, 10**9)) for _ in range(50_000)]
    subjects = [Subject(n, (), identifiers=(Identifier("passport", n),)) for n in asked]
    hits = index.search(subjects)
    assert all(number in listed for number, found in zip(asked, hits, strict=True) if found)
    keys = [
        f"1{''.join(chance.choices('abcdefghijkmnopqrstuvwxyz23456789', k=33))}"
        for _ in range(50_000)
    ]
    assert not any(index.addresses(keys))
