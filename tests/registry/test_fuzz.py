"""Whatever stands in the files, the linter names faults and never ends in a traceback."""

from hypothesis import given, settings
from hypothesis import strategies as some

from stanch.app.registry.pack import Asked, collected
from stanch.errors import InputError
from stanch.model.registry.moment import Moment
from stanch.model.registry.words import Bar, By
from stanch.registry.reconcile import moves, reconcile, scope_of
from stanch.registry.registry import checked, load
from stanch.registry.scope import Scope, worth
from stanch.registry.statistics import statistics
from stanch.reports.pack.compose import compose
from stanch.reports.pack.html import html
from tests.registry.tables import BASE, cell, written

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


@given(some.data())
@settings(max_examples=150, deadline=None)
def test_what_the_linter_lets_through_can_be_counted(tmp_path_factory, data):
    """Some cells of a registry without a fault are changed; where it has none still, all uses of it
    end well.
    """
    changes = {}
    for _ in range(data.draw(some.integers(1, 3))):
        table = data.draw(some.sampled_from(["amounts", "incidents", "places", "slices", "claims",
                                             "statements", "seeds", "actors"]))  # fmt: skip
        line = data.draw(some.integers(2, len(BASE[table])))
        name = data.draw(some.sampled_from(BASE[table][0].split(",")))
        value = data.draw(LIKELY)
        changes.setdefault(table, {}).update(cell(table, line, **{name: value}))
    folder = written(tmp_path_factory.mktemp("registry"), **changes)
    check(folder)
    try:
        registry = load(folder)
    except InputError:
        return
    scope, period = Scope(bar=Bar.X), (Moment.parse("0001"), Moment.parse("9999"))
    for by in By:
        found = statistics(registry, scope, (by,), period)
        assert found.whole.stolen == sum(worth(one, scope.valuation) or 0 for one in
                                         registry.incidents.values())  # fmt: skip
    for claim in registry.claims.values():
        for part in claim.slices:
            agreed = reconcile(part, scope_of(claim), registry)
            assert agreed.gap == part.usd - agreed.matched.usd
            assert len(moves(part, scope_of(claim), registry)) >= len(Bar)
    html(compose(collected(Asked("0001", "9999", "Nobody", bar=Bar.X), folder), "en"))


LIKELY = some.sampled_from(
    ["", "0", "1", "999999999999", "0.000000000000000001", "9999999999999999999999999999999.5",
     "0001", "2019", "2019-05", "2019-05-02T23:59:59.999999Z", "9999", "KR", "AQ", "stolen", "paid",
     "frozen", "ransomware", "attributes", "disputes", "suspects", "users", "TLP:GREEN", "TLP:RED",
     "A", "D", "X", "north-2019", "south-2020", "group", "firm", "early", "late", "BTC", "eip155:1",
     "<b>", "&#x202e;", "𝔸", "é" * 999]
)  # fmt: skip
