"""What a source's words mean: a category, flags and an entity for one tag.

The words stand in `categories.toml`. In this order, the first that speaks decides the category:

1. a category that somebody chose on purpose (terms `category:...`);
2. the name rules, in the order of the file;
3. flags that mark a person: whoever holds the account robs, so it is no service;
4. the source's terms, in the order of the file.

Where none speaks the tag is silent: it names the account but tells no function. Flags come from
all of them together.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from typing import Any, Final

from stanch.model.kinds import CATEGORIES, FLAGS

CHOSEN: Final = "category:"

_SPELLINGS: Final = ("exchange", "custodian", "mixer", "dex")
_NUMBER = re.compile(r"[\s#:_-]*\d+$")


@dataclass(frozen=True, slots=True)
class Meaning:
    """Category (None: silent), flags in the order of `FLAGS`, and entity (None: unknown)."""

    category: str | None
    flags: tuple[str, ...]
    entity: str | None


@dataclass(frozen=True, slots=True)
class SourceRule:
    """What a kind of source means by its words, where that differs."""

    search: re.Pattern[str]
    terms: Mapping[str, str]
    term_flags: Mapping[str, tuple[str, ...]]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameRule:
    """A pattern over names, what it says, and where it does not speak."""

    pattern: re.Pattern[str]
    category: str | None
    flags: tuple[str, ...]
    only_terms: frozenset[str]
    unless_terms: frozenset[str]
    unless_sources: tuple[re.Pattern[str], ...]
    unless_pattern: re.Pattern[str] | None
    unless_marked: bool
    last: bool

    def speaks(self, name: str, terms: frozenset[str], source: str, marked: bool) -> bool:
        """Whether the rule applies to a tag; `marked` says that its terms mark a person."""
        return not (
            (self.only_terms and not self.only_terms & terms)
            or self.unless_terms & terms
            or (self.unless_marked and marked)
            or not self.pattern.search(name)
            or (self.unless_pattern and self.unless_pattern.search(name))
            or any(each.search(source) for each in self.unless_sources)
        )


@dataclass(frozen=True, slots=True)
class Words:
    """The whole mapping, ready to use. `term_rank` orders categories where terms disagree."""

    terms: Mapping[str, str]
    term_rank: Mapping[str, int]
    flags: Mapping[str, tuple[str, ...]]
    marks: frozenset[str]
    sources: tuple[SourceRule, ...]
    names: tuple[NameRule, ...]
    entities: Mapping[str, str]  # spelling of a name -> entity
    entity: re.Pattern[str]  # any spelling

    def meaning(
        self, name: str, terms: tuple[str, ...], source: str, stated: tuple[str, ...] = ()
    ) -> Meaning:
        """What a tag says with `name` and `terms`, quoted from `source`; `stated` are its flags."""
        plain, words = fold_name(name), frozenset(map(fold_term, terms))
        rules = [rule for rule in self.sources if rule.search.search(source)]
        flags = self._term_flags(words, rules) | set(stated)
        marked = bool(flags & self.marks)
        category = None
        for rule in self.names:
            if rule.speaks(plain, words, source, marked):
                flags |= set(rule.flags)
                category = category or rule.category
                if rule.last:
                    break
        if category is None:
            category = "none" if marked else self._by_terms(words, rules)
        chosen = [term.removeprefix(CHOSEN) for term in terms if term.startswith(CHOSEN)]
        category = chosen[0] if chosen else category
        return Meaning(category, ordered(flags), self._entity(plain, category))

    def _term_flags(self, words: frozenset[str], rules: list[SourceRule]) -> set[str]:
        flags: set[str] = set()
        for word in words:
            flags.update(self.flags.get(word, ()))
            for rule in rules:
                flags.update(rule.term_flags.get(word, ()))
        for rule in rules:
            flags.update(rule.flags)
        return flags

    def _by_terms(self, words: frozenset[str], rules: list[SourceRule]) -> str | None:
        meanings = dict(self.terms)
        for rule in reversed(rules):
            meanings.update(rule.terms)
        found = {meanings[word] for word in words if meanings.get(word)}
        return min(found, key=lambda each: self.term_rank[each], default=None)

    def _entity(self, name: str, category: str | None) -> str | None:
        """Who runs a service, by its name: a known spelling, else what stands before a number.

        The latter for exchanges only, whose wallets are numbered. A deposit account belongs to
        the name nearest its end ("Jump Trading: Binance Deposit").
        """
        if category in (None, "none", "token"):
            return None
        matches = list(self.entity.finditer(name))
        if category == "deposit":
            return self.entities[matches[-1][0]] if matches else None
        if matches and matches[0].start() == 0:
            return self.entities[matches[0][0]]
        if category == "exchange":
            return _NUMBER.sub("", name.partition(": ")[0]).strip() or None
        return None


def ordered(flags: set[str]) -> tuple[str, ...]:
    """Flags in the order of `model.kinds.FLAGS`."""
    return tuple(flag for flag in FLAGS if flag in flags)


def fold_name(name: str) -> str:
    """Lower case, `_` and runs of blanks as one blank, quotes around it gone."""
    return " ".join(name.casefold().replace("_", " ").split()).strip("'\" ")


def fold_term(term: str) -> str:
    """Lower case, `_` and blanks as `-`."""
    return "-".join(term.casefold().replace("_", " ").split())


@cache
def words() -> Words:
    """The mapping that comes with Stanch."""
    file = resources.files("stanch.attribution").joinpath("categories.toml")
    return read_words(file.read_text(encoding="utf-8"))


def read_words(text: str) -> Words:
    """A mapping in TOML. Raises ValueError where it names a category or flag that is none."""
    data = tomllib.loads(text)
    terms = {word: category for category, listed in data["terms"].items() for word in listed}
    entities = {
        spelling: entity
        for kind in _SPELLINGS
        for entity, spellings in data[kind].items()
        for spelling in spellings
    }
    any_of = {kind: _either(list(chain(*data[kind].values()))) for kind in _SPELLINGS}
    mapping = Words(
        terms=terms,
        term_rank={category: rank for rank, category in enumerate(data["terms"])},
        flags=_by_word(data["flags"]),
        marks=frozenset(data["marks"]["flags"]),
        sources=tuple(map(_source_rule, data["source"])),
        names=tuple(_name_rule(rule, any_of) for rule in data["name"]),
        entities=entities,
        entity=re.compile(rf"(?<!\w){_either(list(entities))}(?!\w)"),
    )
    _check(mapping)
    return mapping


def _by_word(flags: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    listed = {word for words in flags.values() for word in words}
    return {word: tuple(flag for flag, words in flags.items() if word in words) for word in listed}


def _either(spellings: list[str]) -> str:
    """A group that matches any spelling, the longest first."""
    longest = sorted(spellings, key=lambda each: (-len(each), each))
    return f"(?:{'|'.join(map(re.escape, longest))})"


def _source_rule(rule: Mapping[str, Any]) -> SourceRule:
    return SourceRule(
        search=re.compile(rule["search"]),
        terms=rule.get("terms", {}),
        term_flags={word: tuple(flags) for word, flags in rule.get("term_flags", {}).items()},
        flags=tuple(rule.get("flags", ())),
    )


def _name_rule(rule: Mapping[str, Any], any_of: Mapping[str, str]) -> NameRule:
    pattern = rule["pattern"]
    for kind, group in any_of.items():
        pattern = pattern.replace(f"{{{kind}}}", group)
    unless = rule.get("unless_pattern")
    return NameRule(
        pattern=re.compile(pattern),
        category=rule.get("category"),
        flags=tuple(rule.get("flags", ())),
        only_terms=frozenset(rule.get("only_terms", ())),
        unless_terms=frozenset(rule.get("unless_terms", ())),
        unless_sources=tuple(map(re.compile, rule.get("unless_sources", ()))),
        unless_pattern=re.compile(unless) if unless else None,
        unless_marked=rule.get("unless_marked", False),
        last=rule.get("last", False),
    )


def _check(mapping: Words) -> None:
    categories = {*mapping.terms.values(), *(rule.category for rule in mapping.names)}
    flags = {*chain(*mapping.flags.values()), *mapping.marks}
    flags.update(*(rule.flags for rule in mapping.names), *(each.flags for each in mapping.sources))
    wrong = (categories - {*CATEGORIES, None}) | (flags - set(FLAGS))
    if wrong:
        raise ValueError(f"no category or flag of Stanch: {', '.join(sorted(map(str, wrong)))}")
