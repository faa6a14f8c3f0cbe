"""Parties are read from files as people have them; what cannot be read is told by its row."""

import csv
import datetime
import io
import json
import tracemalloc

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.formats.subjects import RefusedSubject, parse
from stanch.model.hits import Subject
from stanch.model.listed import Country, Identifier, UnknownField


def read(name: str, data: str | bytes):
    raw = data.encode() if isinstance(data, str) else data
    found = list(parse(name, io.BytesIO(raw)))
    return (
        [each for each in found if isinstance(each, Subject)],
        [(each.row, each.reason) for each in found if isinstance(each, RefusedSubject)],
        [each for each in found if isinstance(each, UnknownField)],
    )


def test_a_table_with_everything():
    subjects, refused, unknown = read("a.csv", (
        "\ufeffCustomer ID;Full Name;Aliases;Type;Date of Birth;Nationality;Residence;Sex;"
        "Passport No.;Passport Country;IMO;Identifiers;Occupation;Branch\n"
        "7;KIM Chol Su;김철수; Kim C.S.;individual;1984-05-12;Korea, North;CN;M;563410081;DPRK;;"
        "wallet=0x00; tax-id/RU=7727083115;sailor;Busan\n"
    ).replace("김철수; Kim C.S.", '"김철수; Kim C.S."').replace(
        "wallet=0x00; tax-id/RU=7727083115", '"wallet=0x00; tax-id/RU=7727083115"'
    ))  # fmt: skip
    (subject,) = subjects
    assert not refused
    assert (subject.id, subject.names) == ("7", ("KIM Chol Su", "김철수", "Kim C.S."))
    assert (subject.schema, subject.genders, subject.roles) == ("Person", ("m",), ("sailor",))
    assert subject.births[0].first == subject.births[0].last == "1984-05-12"
    assert subject.countries == (
        Country("Korea, North", "KP", "nationality"), Country("CN", "CN", "residence"),
    )  # fmt: skip
    assert subject.identifiers == (
        Identifier("passport", "563410081", "KP"), Identifier("wallet", "0x00"),
        Identifier("tax-id", "7727083115", "RU"),
    )  # fmt: skip
    assert subject.source == "a.csv, row 2"
    assert unknown == [UnknownField("a.csv", "Branch", 1, "Busan")]


def test_names_in_parts_and_rows_without_ids():
    subjects, *_ = read("a.tsv", "first name\tlast name\nChol Su\tKim\n\nIl\tRi\n")
    assert [(each.id, each.names) for each in subjects] == [
        ("2", ("Chol Su Kim",)), ("4", ("Il Ri",)),
    ]  # fmt: skip


def test_json_lines():
    subjects, refused, unknown = read("a.jsonl", "\n".join([
        json.dumps({"qid": "q1", "query": "김철수", "schema": "Person", "gold": [1], "born": 1984}),
        json.dumps({"id": "q2", "name": ["A", "B"], "identifiers": [
            {"kind": "passport", "value": "1", "issuer": "KP"}, "imo=9179701"]}),
        json.dumps({"id": "q3", "schema": "Vessel", "properties": {
            "name": ["SHIP"], "imoNumber": ["9179701"], "flag": ["kp"], "birthDate": ["1980"]}}),
        json.dumps({"id": "q4", "identifiers": {"email": "a@b.example"}}),
        '{"id": "q5", "name": {"first": "x"}}', "[1]", "{", '{"id": "q8", "name": "a\\u0000b"}',
        '{"id": "q9", "name": "\\ud800"}',
    ]))  # fmt: skip
    assert [each.id for each in subjects] == ["q1", "q2", "q3", "q4"]
    assert subjects[0].births[0].first == "1984-01-01"
    assert subjects[1].identifiers == (
        Identifier("passport", "1", "KP"), Identifier("imo", "9179701"),
    )  # fmt: skip
    assert subjects[2].schema == "Vessel"
    assert subjects[2].countries == (Country("kp", "KP", "flag"),)
    assert subjects[3].identifiers == (Identifier("email", "a@b.example"),)
    assert [row for row, _ in refused] == [5, 6, 7, 8, 9]
    assert [each.name for each in unknown] == ["gold"]


def test_parquet():
    table = pa.table({
        "id": [1, 2, 3], "name": ["A", None, "C"], "aka": [["x"], [], None],
        "dob": [datetime.date(1984, 5, 12), None, None], "yob": [1984.0, float("nan"), 1990.0],
        "extra": [1, None, 2],
    })  # fmt: skip
    sink = io.BytesIO()
    pq.write_table(table, sink)
    subjects, refused, unknown = read("a.parquet", sink.getvalue())
    assert [(each.id, each.names) for each in subjects] == [("1", ("A", "x")), ("3", ("C",))]
    assert [date.first for date in subjects[0].births] == ["1984-05-12", "1984-01-01"]
    assert refused == [(2, "has neither a name nor an identifier")]
    assert unknown == [UnknownField("a.parquet", "extra", 2, "1")]


@pytest.mark.parametrize(("name", "data", "reason"), [
    ("a.csv", "", "no column"),
    ("a.csv", "colour,size\n1,2\n", "no column with a name"),
    ("a.csv", "name,id\n".encode("utf-16"), "UTF-16"),
    ("a.csv", "id,name," + "c," * 1_000_000 + "\n1,x\n", "longer than 1 MiB"),
    ("a.csv", "id,name," + "c," * 100_000 + "\n1,x\n", "2,000 columns"),
    ("a.csv", b"id,na\0me\n1,x\n", "NUL"),
    ("a.csv", b"id,name\xff\n", "UTF-8"),
    ("a.parquet", b"PAR1 no", "no Parquet"),
    ("a.parquet", b"", "no Parquet"),
])  # fmt: skip
def test_files_that_cannot_be_used(name, data, reason):
    with pytest.raises(ValueError, match=reason):
        read(name, data)


def test_bad_rows_do_not_stop_the_rest():
    rows = [
        b"id,name,passport", b"1,good", b"2,nu\0l", b"3,\xff\xfe", b'4,"open', b"5,good", b"6,",
        b"7,a,b,c", b"8," + b"x" * 10_000, b"9,x", b"10," + b"y" * (1 << 20), b"11,...",
        b'12,"two\nlines",', b'13,"a"b', b",nobody", b"15,good", b"16,,A1234567",
    ]  # fmt: skip
    subjects, refused, _ = read("a.csv", b"\n".join(rows))
    assert [each.id for each in subjects] == ["1", "5", "9", "12", "16", "15", "16"]
    assert subjects[3].names == ("two\nlines",)
    reasons = dict(refused)
    assert sorted(reasons) == [3, 4, 5, 7, 8, 9, 11, 12, 15]
    assert "NUL" in reasons[3]
    assert "UTF-8" in reasons[4]
    assert "quote" in reasons[5]
    assert "neither" in reasons[7]
    assert "more than the 3 cells" in reasons[8]
    assert "1,000 characters" in reasons[9]
    assert "1 MiB" in reasons[11]
    assert "no letter" in reasons[12]


def test_names_of_one_letter_and_of_a_thousand():
    subjects, refused, _ = read("a.csv", f"id,name\n1,김\n2,{'a' * 1000}\n3,{'a' * 1001}\n")
    assert [each.id for each in subjects] == ["1", "2"]
    assert [row for row, _ in refused] == [4]


def test_a_day_that_may_be_a_month_is_both():
    subjects, *_ = read("a.csv", "name,dob\nx,01/02/1984\ny,13/02/1984\nz,unknown\n")
    bounds = [(date.first, date.last) for each in subjects for date in each.births]
    assert bounds == [("1984-01-02", "1984-02-01"), ("1984-02-13", "1984-02-13"), ("", "")]


def test_a_word_that_is_no_schema_is_told():
    subjects, _, unknown = read("a.csv", "name,type\nx,premium\ny,vessel\n")
    assert [each.schema for each in subjects] == ["", "Vessel"]
    assert [(each.name, each.count) for each in unknown] == [("type: premium", 1)]


class OneLine(io.RawIOBase):
    """A file of one line of `size` bytes, made as it is read."""

    def __init__(self, size: int) -> None:
        self.left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        size = min(len(buffer), self.left)
        buffer[:size] = b"a" * size
        self.left -= size
        return size


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_two_gigabytes_in_one_line(name):
    tracemalloc.start()
    stream = io.BufferedReader(OneLine(2 << 30))
    if name == "a.csv":
        with pytest.raises(ValueError, match="longer than 1 MiB"):
            list(parse(name, stream))
    else:
        (refused,) = parse(name, stream)
        assert refused.reason == "is longer than 1 MiB"
    assert tracemalloc.get_traced_memory()[1] < 16 << 20
    tracemalloc.stop()


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.jsonl", "a.parquet"]))
def test_no_bytes_break_a_reader(data, name):
    try:
        found = list(parse(name, io.BytesIO(data)))
    except ValueError:
        return
    assert all(isinstance(each, Subject | RefusedSubject | UnknownField) for each in found)


@given(
    st.lists(st.lists(st.text(max_size=5), min_size=3, max_size=3), max_size=6),
    st.sampled_from(",;\t|"),
)
def test_any_cells_below_a_header(rows, separator):
    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=separator)
    writer.writerows([["id", "name", "dob"], *rows])
    subjects, refused, _ = read("a.csv", sink.getvalue().encode("utf-8", "replace"))
    assert len(subjects) + len(refused) <= 2 * len(rows) + sum("\n" in c for r in rows for c in r)
