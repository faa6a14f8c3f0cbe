import pytest

from conftest import file_of
from stanch.formats.lists import ca_sema
from stanch.model.listed import Entry, ListedName, RefusedEntry, UnknownField


def record(**fields: str) -> str:
    return f"<record>{''.join(f'<{k}>{v}</{k}>' for k, v in fields.items())}</record>"


def data(*records: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><data-set>{"".join(records)}</data-set>'


PERSON = {
    "Country": "Belarus / Bélarus", "LastName": "Bandarenka", "GivenName": "Sviatlana",
    "Schedule": "1, Part 1", "Item": "12", "DateOfListing": "2020-09-28",
}  # fmt: skip


def test_a_person(parse):
    aliases = "Svetlana BONDARENKO, Russian: Светлана БОНДАРЕНКО; Bondarenko / Bandarenka"
    born = {"DateOfBirthOrShipBuildDate": "1965-07-15 OR 1969", "TitleOrShip": "Dr."}
    (entry,) = parse("ca-sema", data(record(**PERSON, **born, Aliases=aliases)))
    assert entry.id == "belarus-1-part-1-12"
    assert entry.names == (
        ListedName(
            "Sviatlana Bandarenka", "primary", (("given", "Sviatlana"), ("family", "Bandarenka"))
        ),
        ListedName("Svetlana BONDARENKO"),
        ListedName("Светлана БОНДАРЕНКО", language="ru"),
        ListedName("Bondarenko / Bandarenka"),
    )
    assert [date.first for date in entry.births] == ["1965-07-15", "1969-01-01"]
    assert (entry.listed_on, entry.roles) == ("2020-09-28", ("Dr.",))
    assert entry.programs == ("Belarus / Bélarus",)
    assert entry.countries == ()  # the regulations are no nationality


def test_a_ship_has_no_birth(parse):
    ship = {"Country": "Russia", "EntityOrShip": "CARINA", "TitleOrShip": "Oil Tanker", "Item": "3"}
    more = {"ShipIMONumber": "9312896", "DateOfBirthOrShipBuildDate": "2006"}
    (entry,) = parse("ca-sema", data(record(**ship, **more)))
    assert (entry.schema, entry.id, entry.births) == ("Vessel", "russia-3", ())
    assert entry.identifiers[0].value == "9312896"
    assert ("type of ship", "Oil Tanker") in entry.other


def test_bad_records_and_unknown_elements_are_told(parse):
    nameless = {"Country": "Russia", "Item": "4"}
    text = data(
        record(**PERSON, Shoe="43"), record(**nameless), record(LastName="X"), "<note>n</note>"
    )
    _, *rest = parse("ca-sema", ("c.xml", text))
    assert rest == [
        RefusedEntry("c.xml", 2, "has no name (entry russia-4)"),
        RefusedEntry("c.xml", 3, "has no Country or no Item to be told by"),
        UnknownField("c.xml", "Shoe", 1, "43"),
        UnknownField("c.xml", "data-set/note", 1, "n"),
    ]


def test_another_file_is_refused(parse):
    with pytest.raises(ValueError, match="root"):
        parse("ca-sema", "<sdnList/>")


def test_the_official_file(data_dir):
    path = data_dir / "screening" / "lists" / "kebalkhadka" / "cannada.xml"
    parsed = list(ca_sema.parse([file_of(path.read_bytes(), path.name)]))
    assert len(parsed) == 4_759
    assert all(isinstance(each, Entry) for each in parsed)
    assert len({each.id for each in parsed}) == 4_759
    assert sum(each.schema == "Vessel" for each in parsed) == 109
    assert sum(not date.first for each in parsed for date in each.births) == 2
