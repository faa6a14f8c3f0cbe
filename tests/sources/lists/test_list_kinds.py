"""What is known of each kind of list."""

import pytest

from stanch.errors import UsageError
from stanch.formats.lists.registry import PARSERS
from stanch.sources.lists.kinds import list_kind, list_kinds


def test_every_kind_has_a_parser_and_every_parser_a_kind():
    assert set(list_kinds()) == set(PARSERS)


def test_every_kind_says_whose_it_is():
    for kind in list_kinds().values():
        assert kind.title
        assert kind.publisher
        assert kind.licence
        assert kind.url.startswith("https://")
        assert kind.files


def test_only_ftm_has_no_minimum():
    assert [kind.name for kind in list_kinds().values() if not kind.min_entries] == ["ftm"]


@pytest.mark.parametrize(
    ("kind", "files", "least"),
    [
        ("ofac-csv", ["SDN.CSV", "alt.csv"], 5_000),
        ("ofac-csv", ["cons_prim.csv"], 300),
        ("ofac-xml", ["consolidated.xml"], 300),
        ("ofac-xml", ["sdn.xml"], 5_000),
        ("un", ["sdn.xml"], 500),
        ("eu-journal", ["consolidated_32017R1509.csv"], 1),
        ("ftm", ["entities.ftm.json"], 0),
    ],
)
def test_a_name_may_tell_which_list_it_is(kind, files, least):
    assert list_kind(kind).minimum(files) == least


def test_an_unknown_kind():
    with pytest.raises(UsageError, match="no kind of list pdf: choose from ofac-csv"):
        list_kind("pdf")
