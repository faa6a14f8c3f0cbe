"""A cross-check in words, and as data."""

from typing import Any, Final

from stanch.i18n import settle_words, words
from stanch.model.crosscheck import Checked, Compared, CrossCheck, Standing

_SURE: Final = (
    (0.999, "almost certainly the same"),
    (0.95, "very probably the same"),
    (0.8, "probably the same"),
    (0.0, "perhaps the same"),
)
HEADS: Final = {
    Standing.LISTED: "listed already",
    Standing.PARTLY: "listed, with less than this file has",
    Standing.WALLET: "not listed by name, but a wallet of theirs is",
    Standing.PERHAPS: "perhaps listed",
    Standing.NOWHERE: "listed nowhere",
}


def sure(score: float) -> str:
    """A score in words.

    >>> sure(0.97), sure(0.6)
    ('very probably the same', 'perhaps the same')
    """
    return next(words for least, words in _SURE if score >= least)


def likeness(one: Compared) -> str:
    """How sure it is that the entry is the subject."""
    if one.hit.schema == "Wallet":
        return "the same wallet, listed by itself"
    if one.standing is Standing.WALLET:
        return "another name, and the same wallet"
    return sure(one.hit.score) + (", by the name alone" if one.by_name else "")


def entry_line(one: Compared) -> str:
    """Where, since when, and how sure: `sdn has KIM Chol Su (17), listed 2017-01-11: ...`."""
    since = f", listed {one.since}" if one.since else ", with no date of listing"
    sureness = f"{likeness(one)} (score {one.hit.score:.3f})"
    return f"{one.hit.list} has {one.entry_name} ({one.hit.entry}){since}: {sureness}"


def news(one: Compared) -> tuple[str, ...]:
    """What the file has and the entry lacks, a sentence each."""
    found: list[str] = []
    if one.standing is Standing.PERHAPS:
        return ()  # whether anything is new is not known before it is known who it is
    if one.wallets:
        theirs, new = one.their_wallets, len(one.new_wallets)
        held = f"the entry has {_many(theirs, 'wallet')}" if theirs else "the entry has no wallet"
        fresh = f"{new} of the file's {one.wallets} {'is' if new == 1 else 'are'} new"
        if not new:
            fresh = "none of the file's is new"
        found.append(f"{held}; {fresh}")
    if one.standing is Standing.WALLET:
        return tuple(found)
    found += [f"new wallet: {each}" for each in one.new_wallets]
    found += [f"new name: {each}" for each in one.new_names]
    found += [f"new {each}" for each in one.new_identifiers]
    return tuple(found)


def reasons(one: Compared) -> tuple[str, ...]:
    """The evidence, in words with decibans."""
    return tuple(f"{words(each)} ({each.points:+.1f})" for each in one.hit.evidence)


def settling(one: Compared) -> tuple[str, ...]:
    """What would settle whether an entry is the same subject."""
    return () if one.standing is Standing.LISTED else tuple(map(settle_words, one.hit.settle))


def lines(found: CrossCheck) -> list[str]:
    """All of it for a terminal."""
    out = [f"lists in force: {', '.join(f'{name} {version}' for name, version in found.lists)}"]
    for each in found.subjects:
        out.append(f"{each.id}: {each.name}: {HEADS[each.standing]}")
        for one in each.entries:
            out.append(f"  {entry_line(one)}")
            out += [f"    {text}" for text in news(one)]
            out += [f"    evidence: {text}" for text in reasons(one)]
            if asked := settling(one):
                out.append(f"    what would settle it: {'; '.join(asked)}")
    return out


def data(found: CrossCheck) -> dict[str, Any]:
    """All of it for machines."""
    return {
        "lists": [{"list": name, "version": version} for name, version in found.lists],
        "subjects": [_subject(each) for each in found.subjects],
    }


def _subject(each: Checked) -> dict[str, Any]:
    return {
        "id": each.id,
        "name": each.name,
        "standing": each.standing.value,
        "entries": [_entry(one) for one in each.entries],
    }


def _entry(one: Compared) -> dict[str, Any]:
    return {
        "list": one.hit.list,
        "version": one.hit.version,
        "entry": one.hit.entry,
        "name": one.entry_name,
        "since": one.since or None,
        "standing": one.standing.value,
        "score": round(one.hit.score, 6),
        "method": one.hit.method,
        "sure": likeness(one),
        "new": {
            "names": list(one.new_names),
            "identifiers": list(one.new_identifiers),
            "wallets": list(one.new_wallets),
        },
        "their_wallets": one.their_wallets,
        "evidence": list(reasons(one)),
        "settle": list(settling(one)),
    }


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' if count != 1 else ''}"


def brief(one: Compared) -> str:
    """What is new, in a phrase: `2 wallets, 1 name`."""
    parts = (
        (len(one.new_wallets), "wallet"),
        (len(one.new_names), "name"),
        (len(one.new_identifiers), "identifier"),
    )
    return ", ".join(_many(count, word) for count, word in parts if count)
