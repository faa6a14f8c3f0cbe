"""Entries that are one across lists, those that must stay apart, and what joins no two."""

import random
from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from stanch.model.listed import WEAK, Entry, Identifier, ListedDate, ListedName
from stanch.screening.linking import Link, Member, clusters, link

Listed = tuple[str, Entry]
_SYLLABLES = (
    "Chol",
    "Su",
    "Yong",
    "Ho",
    "Myong",
    "Guk",
    "Song",
    "Il",
    "Nam",
    "Hak",
    "Jong",
    "Un",
    "Kyong",
    "Thae",
)
_FAMILIES = ("Kim", "Ri", "Pak", "Choe", "Jang", "Jon", "Yun", "Kang")


def _day(text: str) -> ListedDate:
    return ListedDate(text, text, text)


def _entry(id_: str, *names: str, schema: str = "Person", **facts: object) -> Entry:
    return Entry(id_, schema, tuple(map(ListedName, names)), **facts)  # type: ignore[arg-type]


def _crowd(size: int = 3000) -> list[Listed]:
    """Entries of one list who are nobody: names are rare only among many."""
    draw = random.Random(7)
    letters = "abdefghiklmnoprstuvz"
    return [
        ("SDN", _entry(f"x{at}", " ".join("".join(draw.choices(letters, k=6)) for _ in range(3))))
        for at in range(size)
    ]


CROWD = _crowd()
YUN = _entry("1", "YUN Ho-jin", births=(_day("1944-10-13"),), programs=("DPRK",))
YUN_EU = _entry("2", "Ho Jin YUN", births=(_day("1944-10-13"),), programs=("EU-PRK",))


def _links(*listed: Listed) -> tuple[Link, ...]:
    return link([*CROWD, *listed])


def _pairs(links: tuple[Link, ...], one: bool = True) -> set[tuple[str, str]]:
    return {(each.left.id, each.right.id) for each in links if each.one == one}


def test_one_person_on_two_lists_is_linked_with_the_evidence() -> None:
    (found,) = _links(("UN", YUN), ("EU", YUN_EU))
    assert (found.left, found.right, found.one) == (Member("EU", "2"), Member("UN", "1"), True)
    codes = [each.code for each in found.evidence]
    assert codes == ["name.exact", "birth.day", "program.same", "list.chance"]
    assert found.points == round(sum(each.points for each in found.evidence), 1)
    assert 0.99 < found.score < 1


def test_birth_dates_far_apart_keep_namesakes_apart() -> None:
    born = replace(YUN_EU, births=(_day("1971-02-03"),))
    links = _links(("UN", YUN), ("EU", born))
    assert _pairs(links) == set()
    assert _pairs(links, one=False) == {("2", "1")}
    assert clusters(links) == ()


def test_words_in_another_order_are_another_name() -> None:
    turned = replace(YUN, names=(ListedName("YUN Jin Ho"),), births=())
    assert _pairs(_links(("UN", replace(YUN, births=())), ("EU", turned))) == set()


def test_one_hull_is_one_ship_whatever_its_name() -> None:
    imo = (Identifier("imo", "IMO 9179701"),)
    old = _entry("1", "OCEAN STAR", schema="Vessel", identifiers=imo)
    new = _entry("2", "Galaxy Light", schema="Vessel", identifiers=imo)
    assert _pairs(_links(("UN", old), ("EU", new))) == {("2", "1")}


def test_another_hull_is_another_ship_in_spite_of_its_name() -> None:
    one, other = (Identifier("imo", "9179701"),), (Identifier("imo", "9314650"),)
    old = _entry("1", "OCEAN MAEBONG STAR", schema="Vessel", identifiers=one)
    new = _entry("2", "OCEAN MAEBONG STAR", schema="Vessel", identifiers=other)
    links = _links(("UN", old), ("EU", new))
    assert (_pairs(links), _pairs(links, one=False)) == (set(), {("2", "1")})


def test_a_wallet_of_a_gang_makes_no_two_members_one() -> None:
    wallet = (Identifier("wallet", "134r8iHv69xdT6p5qVKTsHrcUEuBVZAYak", asset="XBT"),)
    one = _entry("1", "PARK Jin Hyok", identifiers=wallet)
    assert _links(("SDN", one), ("EU", replace(YUN_EU, identifiers=wallet))) == ()


def test_a_weak_alias_links_nobody() -> None:
    weak = replace(YUN_EU, names=(ListedName("Ho Jin YUN", WEAK),))
    assert _links(("UN", YUN), ("EU", weak)) == ()


def test_no_chain_leads_across_a_contradiction() -> None:
    """B has no date and the names of both; A and C are born decades apart."""
    a = _entry("a", "Hong Gildong Surok", births=(_day("1944-10-13"),))
    b = _entry("b", "Hong Gildong Surok", "Rim Kokchong Torani")
    c = _entry("c", "Rim Kokchong Torani", births=(_day("1980-01-05"),))
    links = _links(("EU", a), ("SDN", b), ("UN", c))
    assert _pairs(links) == {("a", "b"), ("b", "c")}
    assert _pairs(links, one=False) == {("a", "c")}
    assert clusters(links) == ((Member("EU", "a"), Member("SDN", "b")),)


def test_what_one_list_names_twice_is_not_joined_by_an_alias_of_another() -> None:
    a = _entry("a", "Tangun Kuryonggang Trading", schema="Company")
    b = _entry("b", "Mansudae Overseas Project", schema="Company")
    both = _entry("c", "Tangun Kuryonggang Trading", "Mansudae Overseas Project", schema="Company")
    links = _links(("UN", a), ("UN", b), ("SDN", both))
    assert _pairs(links, one=False) == {("a", "b")}
    assert [len(group) for group in clusters(links)] == [2]


def test_three_lists_make_one_cluster() -> None:
    third = replace(YUN, id="3", names=(ListedName("Ho-Jin YUN"),))
    links = _links(("UN", YUN), ("EU", YUN_EU), ("SDN", third))
    assert clusters(links) == ((Member("EU", "2"), Member("SDN", "3"), Member("UN", "1")),)


def _people(draw: random.Random) -> list[Listed]:
    found = []
    for at in range(60):
        name = " ".join((draw.choice(_FAMILIES), *draw.choices(_SYLLABLES, k=2)))
        born = (_day(f"19{draw.randrange(50, 60)}-0{draw.randrange(1, 10)}-11"),)
        births = born if draw.random() < 0.7 else ()
        entry = _entry(str(at), name, births=births, programs=("DPRK",))
        found.append((draw.choice(("EU", "SDN", "UN")), entry))
    return found


@given(st.integers(0, 10**6))
def test_links_do_not_hang_on_order_and_clusters_hold_no_contradiction(seed: int) -> None:
    draw = random.Random(seed)
    listed = [*_people(draw), *CROWD[:200]]
    links = link(listed)
    draw.shuffle(listed)
    assert link(listed) == links
    apart = {(each.left, each.right) for each in links if not each.one}
    groups = clusters(links)
    for group in groups:
        assert not apart & set(combinations(group, 2))
    assert len({member for group in groups for member in group}) == sum(map(len, groups))
    shuffled = list(links)
    draw.shuffle(shuffled)
    assert clusters(shuffled) == groups
