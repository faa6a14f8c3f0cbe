"""Links among real lists: against clusters that people have made, and by numbers that agree."""

import json
from contextlib import ExitStack
from itertools import combinations
from pathlib import Path
from types import ModuleType

import pytest

from stanch.formats.lists import eu_journal, ofac_csv, un
from stanch.formats.lists.listfile import ListFile
from stanch.model.listed import Entry, ListedName
from stanch.screening.linking import Link, clusters, link


@pytest.fixture(scope="module")
def screening(data_dir: Path) -> Path:
    folder = data_dir / "screening"
    if not folder.is_dir():
        pytest.skip(f"no screening data at {folder}")
    return folder


def _lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_dprk_clusters_are_found_by_names_and_programmes_alone(screening: Path) -> None:
    """995 DPRK entries among 26,883; a cluster is what one query's gold entries are.

    A pair counts as found wrongly where it has one of those entries, both are DPRK entries, and
    no query holds them for one. Names only: `index.jsonl` has neither dates nor numbers.
    """
    rows = _lines(screening / "bench" / "index.jsonl")
    dprk = {row["id"] for row in rows if row["dprk"]}
    queries = _lines(screening / "bench" / "dev" / "queries.jsonl")
    gold = {frozenset(p) for query in queries for p in combinations(query["gold"], 2)}
    known = {member for query in queries for member in query["gold"]}

    links = link((str(row["list"]), _entry(row)) for row in rows)
    pairs = (p for group in clusters(links) for p in combinations((each.id for each in group), 2))
    found = {frozenset(pair) for pair in pairs if set(pair) <= dprk and set(pair) & known}
    assert len(gold) == 127
    assert len(found & gold) / len(found) >= 0.95
    assert len(found & gold) / len(gold) >= 0.8


def _entry(row: dict[str, object]) -> Entry:
    names = tuple(map(ListedName, row["names"]))  # type: ignore[call-overload]
    return Entry(str(row["id"]), str(row["schema"]), names, programs=(str(row["programs"]),))


@pytest.fixture(scope="module")
def links(screening: Path) -> tuple[Link, ...]:
    """Links between the EU's and the UN's lists of 2026 and OFAC's of 2021, with all facts."""
    eu = sorted((screening / "lists" / "eu_journal").glob("consolidated_*.csv"))
    ofac = [screening / "lists" / "watchman" / f"bench_{part}.csv" for part in ("sdn", "alt")]
    security_council = [screening / "lists" / "watchman" / "UN_consolidated.xml"]
    parsers = {"EU": (eu_journal, eu), "SDN": (ofac_csv, ofac), "UN": (un, security_council)}
    return link(
        (name, entry)
        for name, (parser, files) in parsers.items()
        for entry in _parsed(parser, files)
    )


def _parsed(parser: ModuleType, files: list[Path]) -> list[Entry]:
    with ExitStack() as open_:
        opened = [ListFile(file.name, open_.enter_context(file.open("rb"))) for file in files]
        return [each for each in parser.parse(opened) if isinstance(each, Entry)]


def _codes(found: Link) -> set[str]:
    return {each.code for each in found.evidence}


def test_many_are_linked_across_and_few_within_a_list(links: tuple[Link, ...]) -> None:
    across = [each for each in links if each.one and each.left.list != each.right.list]
    within = [each for each in links if each.one and each.left.list == each.right.list]
    assert len(across) > 2_800
    assert len(within) < len(across) / 8


def test_the_eu_has_nearly_all_whom_the_un_lists(links: tuple[Link, ...]) -> None:
    """An estimate of recall: the EU lists whom the Security Council does, 1,003 in 2026.

    Guinea-Bissau's ten are not among the rows at hand.
    """
    linked = {
        each.right.id
        for each in links
        if each.one and each.right.list == "UN" and each.left.list == "EU"
    }
    assert len(linked) / 1_003 > 0.93


def test_what_is_linked_by_name_agrees_in_birth_where_both_lists_give_it(
    links: tuple[Link, ...],
) -> None:
    """An estimate of precision: dates had no part in who was compared."""
    dated = [each for each in links if any(code.startswith("birth.") for code in _codes(each))]
    named = [
        each
        for each in dated
        if _codes(each) & {"name.exact"} and each.left.list == "EU" and each.right.list == "SDN"
    ]
    wrong = [each for each in named if "birth.contradicts" in _codes(each)]
    assert len(named) > 600
    assert len(wrong) / len(named) < 0.06
    assert not any(each.one for each in wrong)


def test_ships_are_known_by_their_hulls_under_new_names(links: tuple[Link, ...]) -> None:
    renamed = [each for each in links if each.one and "name.exact" not in _codes(each)]
    hulls = [each for each in renamed if any(e.note == "imo" for e in each.evidence)]
    assert len(hulls) >= 10


def test_no_cluster_holds_two_that_are_held_apart(links: tuple[Link, ...]) -> None:
    apart = {(each.left, each.right) for each in links if not each.one}
    assert len(apart) > 100
    for group in clusters(links):
        assert not apart & set(combinations(group, 2))
