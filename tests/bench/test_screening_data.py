"""The data of the benchmarks of screening is read as its README says."""

import pytest

from screening_births import dates_of
from screening_data import Screening, folded, script


@pytest.fixture
def data(data_dir) -> Screening:
    return Screening(data_dir / "screening")


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("06 Dec 1972", ("1972-12-06",)),
        ("13.10.1944", ("1944-10-13",)),
        ("Mar 1950", ("1950-03",)),
        ("circa 1960", ("1960",)),
        ("1937 to 1940", ("1937", "1938", "1939", "1940")),
        ("unknown", ()),
    ],
)
def test_dates(text, dates):
    assert dates_of(text) == dates


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Kim Su", "Latin"),
        ("김철수", "Hangul"),
        ("金鐵洙", "Han"),
        ("みどり 山", "Kana"),
        ("1", "None"),
    ],
)
def test_script(name, called):
    assert script(name) == called


def test_names_are_compared_as_removals_are():
    assert folded("Ch’ongguk CH'ONGCH'AL") == "chongchal chongguk"
    assert folded('"KOMID"') == "komid"
    assert folded("Hu'i-pong, Ryŏm") == "hui pong ryom"


def test_every_removal_takes_a_name_away(data):
    full = {row.id: row for row in data.rows}
    for variant, groups in data.removals.items():
        index = {row.id: row for row in data.index(variant)}
        for group in groups:
            before = {folded(n) for m in group["members"] for n in full[m].names + full[m].weak}
            left = [index[m] for m in group["members"] if m in index]
            after = {folded(n) for row in left for n in row.names + row.weak}
            assert before - after == set(group["remove_norm"])


def test_latin_only_leaves_no_other_script_to_dprk_entries(data):
    index = data.index("latin_only")
    assert {script(n) for row in index if row.dprk for n in row.names} <= {"Latin", "None"}
    others = [row for row in data.rows if not row.dprk]
    assert [row for row in index if not row.dprk] == others


def test_what_the_readme_counts(data):
    assert len(data.rows) == 26_883
    assert sum(len(row.names) for row in data.rows) == 61_800
    assert (len(data.queries), len(data.innocents)) == (679, 5_474)
    assert (len(data.name_pairs()), len(data.checks())) == (826, 228)


def test_most_persons_have_a_birth_date(data):
    persons = [row for row in data.rows if row.schema == "Person"]
    assert sum(bool(row.births) for row in persons) > 0.75 * len(persons)
    assert not any(row.births for row in data.rows if row.schema != "Person")


def test_birth_dates_stand_with_the_right_entries(data):
    born = {row.id: row.births for row in data.rows}
    assert born["sdn-7842"] == ("1972-12-06",)  # Abdelghani MZOUDI, OFAC
    assert born["un-6907993"] == ("1971",)  # Eric BADEGE, UN
    (yun,) = (row for row in data.rows if row.list == "EU" and "Yun Ho-jin" in row.names)
    assert yun.births == ("1944-10-13",)
