"""Whatever stands in the files, the linter names faults and never ends in a traceback."""

from hypothesis import given, settings
from hypothesis import strategies as some

from stanch.errors import InputError
from stanch.registry.registry import checked, load
from tests.registry.tables import BASE, written

TABLES = sorted(BASE)
CELL = some.one_of(
    some.text(max_size=12),
    some.sampled_from(
        ["", "2019", "2019-13", "9999-99-99", "0000", "KR", "police", "north-2019", "group", "1e9",
         "-0", "999999999999999", "TLP:RED", ";", "a;b", "eip155:1", "\u202e", "=1+1", '"', "\x00"]
    ),
)  # fmt: skip


@given(some.data())
@settings(max_examples=150, deadline=None)
def test_cells(tmp_path_factory, data):
    table = data.draw(some.sampled_from(TABLES))
    width = BASE[table][0].count(",") + 1
    cells = data.draw(some.lists(CELL, min_size=width - 1, max_size=width))
    quoted = ",".join('"' + each.replace('"', '""') + '"' for each in cells)
    check(written(tmp_path_factory.mktemp("registry"), **{table: [quoted]}))


@given(some.sampled_from(TABLES), some.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_bytes(tmp_path_factory, table, data):
    folder = written(tmp_path_factory.mktemp("registry"))
    path = folder / f"{table}.csv"
    path.write_bytes(path.read_bytes()[: len(data)] + data)
    check(folder)


def check(folder):
    _, faults = checked(folder)
    for each in faults:
        assert "\n" not in str(each)
        assert each.file.endswith(".csv")
        assert each.line >= 1
    try:
        load(folder)
    except InputError:
        assert faults
    else:
        assert not faults
