"""Ask the lists in force elsewhere about each subject: listed, partly, perhaps, or nowhere.

Names, dates and identifiers are weighed by `name@1`. A nationality is not even asked with: it
speaks neither for nor against anybody.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from stanch.app.designation.same_name import name_key
from stanch.app.home import home_at
from stanch.app.screen import Screen
from stanch.formats.addresses.forms import wallet_forms
from stanch.model.crosscheck import Checked, Compared, CrossCheck, Standing
from stanch.model.designation import Designation, Wallet
from stanch.model.hits import Hit, Subject
from stanch.model.listed import PERSON, WALLET, Entry, Identifier
from stanch.screening.identifiers.kinds import readings
from stanch.store.home import Home

LIKELY: Final = 0.95  # from here on an entry is taken for the same subject
# What has to speak for a person beside the name, which many people share.
_BESIDE: Final = ("birth.", "identifier.", "place.")
_TOP: Final = 20
_THRESHOLD: Final = 0.5
_ORDER: Final = tuple(Standing)


def cross_check(copy: Designation, home: Path | None) -> CrossCheck:
    """All that the lists in force in a home say of a copy.

    Raises UsageError where there is no home or no list in it, InputError where it is damaged.
    """
    there = home_at(home)
    screen = Screen.open(there.folder)
    entries = [copy.entry(each) for each in copy.subjects]
    alone = [each for each in copy.wallets if not each.holder]
    hits = screen.names([_asked(each) for each in entries], _TOP, _THRESHOLD, show_all=True)
    by_address = screen.addresses([each.address for each in alone])
    known = _entries(there, [hit for found in (*hits, *by_address) for hit in found])
    people = [
        Checked(each.entry.id, each.name, _best(row), row)
        for each, entry, found in zip(copy.subjects, entries, hits, strict=True)
        for row in [_nearest(_compared(entry, hit, known[hit.list, hit.entry]) for hit in found)]
    ]
    wallets = [_wallet(each, found, known) for each, found in zip(alone, by_address, strict=True)]
    lists = tuple((each.list, each.version) for each in there.current())
    return CrossCheck(lists, (*people, *wallets))


def _asked(entry: Entry) -> Subject:
    """The subject as it is screened: without countries, on purpose."""
    return Subject(
        id="",
        names=tuple(name.text for name in entry.names),
        schema=entry.schema,
        births=entry.births,
        birth_places=entry.birth_places,
        genders=entry.genders,
        roles=entry.roles,
        identifiers=entry.identifiers,
    )


def _entries(home: Home, hits: Iterable[Hit]) -> dict[tuple[str, str], Entry]:
    """The entries that were hit, by list and id, each list read once."""
    wanted: dict[str, set[str]] = {}
    for hit in hits:
        wanted.setdefault(hit.list, set()).add(hit.entry)
    return {
        (version.list, id): entry
        for version in home.current()
        if version.list in wanted
        for id, entry in version.pick(wanted[version.list]).items()
    }


def _compared(entry: Entry, hit: Hit, theirs: Entry) -> Compared:
    listed_names = {name_key(name.text) for name in theirs.names}
    listed_ids = {form for each in theirs.identifiers for form in _forms(each)}
    names = tuple(name.text for name in entry.names if name_key(name.text) not in listed_names)
    new = [each for each in entry.identifiers if not _forms(each) & listed_ids]
    common = {each.kind for each in entry.identifiers if _forms(each) & listed_ids}
    named = any(each.code.startswith("name.") and each.points > 0 for each in hit.evidence)
    by_name = entry.schema == PERSON and not any(
        each.code.startswith(_BESIDE) and each.points > 0 for each in hit.evidence
    )
    if hit.score < LIKELY or by_name:
        standing = Standing.PERHAPS
    elif common == {WALLET} and not named:
        standing = Standing.WALLET
    else:
        standing = Standing.PARTLY if names or new else Standing.LISTED
    return Compared(
        hit,
        standing,
        theirs.names[0].text if theirs.names else hit.entry,
        theirs.listed_on,
        names,
        tuple(f"{each.kind} {each.value}" for each in new if each.kind != WALLET),
        tuple(each.value for each in new if each.kind == WALLET),
        sum(each.kind == WALLET for each in entry.identifiers),
        len({each.value for each in theirs.identifiers if each.kind == WALLET}),
        by_name,
    )


def _wallet(wallet: Wallet, hits: list[Hit], known: dict[tuple[str, str], Entry]) -> Checked:
    """A wallet that nobody in the file holds is an address, and listed or not."""
    found = tuple(
        Compared(
            hit,
            Standing.LISTED,
            known[hit.list, hit.entry].names[0].text,
            known[hit.list, hit.entry].listed_on,
            wallets=1,
            their_wallets=sum(
                each.kind == WALLET for each in known[hit.list, hit.entry].identifiers
            ),
        )
        for hit in hits
    )
    return Checked(wallet.id, wallet.address, _best(found), found)


def _nearest(found: Iterable[Compared]) -> tuple[Compared, ...]:
    """Those that go furthest first; among equals the likelier, as they came."""
    return tuple(sorted(found, key=lambda each: _ORDER.index(each.standing)))


def _best(found: tuple[Compared, ...]) -> Standing:
    return min((each.standing for each in found), key=_ORDER.index, default=Standing.NOWHERE)


def _forms(one: Identifier) -> set[tuple[str, str]]:
    """Under which (kind, normal form) an identifier is found."""
    values = (one.value, *wallet_forms(one.value)) if one.kind == WALLET else (one.value,)
    return {each for value in values for each in readings(one.kind, value)[:1]}
