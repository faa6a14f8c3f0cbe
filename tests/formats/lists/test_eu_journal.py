import random

import pytest

from conftest import csv_of, file_of
from stanch.formats.lists import eu_journal
from stanch.formats.lists.listfile import ListFile
from stanch.model.listed import Entry, Identifier, ListedName, RefusedEntry, UnknownField

TITLES = [
    "celex", "recordId", "programKey", "annex", "measure", "startDate", "reason", "schema", "name",
    "alias", "weakAlias", "previousName", "birthDate", "nationality", "passportNumber", "imoNumber",
    "flag", "notes",
]  # fmt: skip
KIM = {
    "celex": "32017R1509", "recordId": "7", "programKey": "EU-PRK", "annex": "XIII.A",
    "measure": "Asset freeze", "startDate": "16.7.2009", "schema": "Person", "name": "Kim Chol-su",
    "alias": 'Kim Ch\'ol-su; 김철수; "Kim; the elder"', "weakAlias": "Kim",
    "birthDate": "(a) 3.3.1965, (b) circa 1966", "nationality": "DPRK",
    "passportNumber": "745120378 (issued by the DPRK)",
}  # fmt: skip


def file(*rows: dict[str, str], titles: list[str] = TITLES) -> bytes:
    return csv_of([titles, *([row.get(title, "") for title in titles] for row in rows)])


def entries(parsed):
    return [each for each in parsed if isinstance(each, Entry)]


def test_a_row_is_an_entry_with_all_that_it_says(parse):
    (entry,) = parse("eu-journal", file(KIM))
    assert entry.id == "32017R1509-XIII.A-" + entry.id[-8:]
    assert entry.names == (
        ListedName("Kim Chol-su", "primary"),
        ListedName("Kim Ch'ol-su"),
        ListedName("김철수"),
        ListedName("Kim; the elder"),
        ListedName("Kim", "weak"),
    )
    assert [(each.first, each.last, each.circa) for each in entry.births] == [
        ("1965-03-03", "1965-03-03", False),
        ("1966-01-01", "1966-12-31", True),
    ]
    assert entry.countries[0].code == "KP"
    assert entry.identifiers == (
        Identifier("passport", "745120378", "KP", note="745120378 (issued by the DPRK)"),
    )
    assert (entry.programs, entry.legal_bases) == (("EU-PRK",), ("32017R1509",))
    assert entry.listed_on == "2009-07-16"
    assert ("measure", "Asset freeze") in entry.other


def test_an_id_outlasts_order_aliases_numbers_and_dates(parse):
    ri = KIM | {"name": "Ri Je-Son", "recordId": "8"}
    before = {each.id: each.names[0].text for each in parse("eu-journal", file(KIM, ri))}
    changed = KIM | {
        "recordId": "12",
        "alias": "New One",
        "birthDate": "1970",
        "name": "KIM Chol Su",
    }
    after = {each.id: each.names[0].text for each in parse("eu-journal", file(ri, changed))}
    assert before.keys() == after.keys()
    other = parse("eu-journal", file(KIM | {"annex": "XV"}))[0]
    assert other.id not in before


def test_a_ship_is_told_by_its_imo_number(parse):
    ship = KIM | {
        "schema": "Vessel",
        "name": "KRITI VIGOR",
        "imoNumber": "9134165",
        "flag": "Cameroon",
    }
    old = parse("eu-journal", file(ship))[0]
    new = parse("eu-journal", file(ship | {"name": "STORMBRINGER (ex KRITI VIGOR)"}))[0]
    assert old.id == new.id
    assert [(name.text, name.kind) for name in new.names[-2:]] != []
    assert ListedName("KRITI VIGOR", "former") in new.names
    assert (new.countries[-1].code, new.countries[-1].role) == ("CM", "flag")


def test_a_number_that_is_none_identifies_nobody(parse):
    ship = KIM | {"schema": "Vessel", "imoNumber": "Does not exist", "passportNumber": ""}
    (entry,) = parse("eu-journal", file(ship))
    assert entry.identifiers == ()
    assert ("imo without a number", "Does not exist") in entry.other


def test_names_listed_inside_a_name_are_names(parse):
    row = KIM | {"name": "Ansar; (b)Ansar al-Sharia; (c) The Helpers", "alias": ""}
    (entry,) = parse("eu-journal", file(row))
    assert [name.text for name in entry.names] == [
        row["name"], "Ansar", "Ansar al-Sharia", "The Helpers", "Kim",
    ]  # fmt: skip


def test_two_of_one_name_stay_two_whatever_their_order(parse):
    twin = KIM | {"recordId": "99", "birthDate": "1.1.1980"}
    for rows in ((KIM, twin), (twin, KIM)):
        found = {each.births[0].text: each.id for each in parse("eu-journal", file(*rows))}
        assert found["1.1.1980"] == found["3.3.1965"] + "-2"


def test_an_amendment_joins_the_target_that_it_changes(parse):
    titles = ["amendedCelex", "amendmentCelex", *TITLES[1:]]
    change = KIM | {
        "amendedCelex": "32017R1509", "amendmentCelex": "32026R1720", "alias": "Kim Cheol-su",
    }  # fmt: skip
    new = change | {"name": "Pak Yong-sik", "recordId": "9"}
    first, second = parse("eu-journal", file(change, new, titles=titles), file(KIM))
    assert first.legal_bases == ("32017R1509", "32026R1720")
    assert {name.text for name in first.names} >= {"김철수", "Kim Cheol-su"}
    assert second.names[0].text == "Pak Yong-sik"


def test_bad_rows_and_unknown_columns_are_told(parse):
    titles = [*TITLES, "shoeSize", "hat"]
    bad = KIM | {"schema": "Robot"}
    found = parse(
        "eu-journal",
        ("a.csv", file(KIM | {"shoeSize": "43"}, bad, KIM | {"name": ""}, titles=titles)),
    )
    assert found[1:] == [
        RefusedEntry("a.csv", 3, "has an unknown schema 'Robot'"),
        RefusedEntry("a.csv", 4, "has no name"),
        UnknownField("a.csv", "shoeSize", 1, "43"),
        UnknownField("a.csv", "hat", 1, ""),
    ]
    assert ("shoeSize", "43") in found[0].other


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "schema,name,programKey\n", "<xml/>", "[]"])
def test_another_file_is_refused_with_its_name(parse, text):
    with pytest.raises(ValueError, match=r"^x\.csv "):
        parse("eu-journal", ("x.csv", text))


def test_the_whole_law(data_dir):
    folder = data_dir / "screening" / "lists" / "eu_journal"
    files = [ListFile(path.name, path.open("rb")) for path in sorted(folder.glob("consolidated_*"))]
    try:
        parsed = list(eu_journal.parse(files))
        for each in files:
            each.stream.seek(0)
        random.Random(3).shuffle(files)
        again = list(eu_journal.parse(files))
    finally:
        for each in files:
            each.stream.close()
    found = entries(parsed)
    assert len(found) == len(parsed) == 8_017
    assert len({entry.id for entry in found}) == 8_017
    assert {entry.id: entry for entry in found} == {entry.id: entry for entry in entries(again)}
    dates = [date for entry in found for date in entry.births]
    assert len(dates) > 4_000
    assert sum(not date.first for date in dates) < 35


def test_the_law_on_north_korea(data_dir):
    path = data_dir / "screening" / "lists" / "eu_journal" / "consolidated_32017R1509.csv"
    found = entries(eu_journal.parse([file_of(path.read_bytes(), path.name)]))
    assert len(found) == 326
    hangul = {
        (entry.id, name.text)
        for entry in found
        for name in entry.names
        if any("가" <= letter <= "힣" for letter in name.text)
    }
    assert len(hangul) >= 76
