"""The registry as a desk shows it: newest without faults, and nothing that is for some alone."""

import os

import pytest

from stanch.app.registry.shelf import Shelf
from stanch.errors import InputError
from tests.registry.tables import cell, written


def later(folder):
    for file in folder.glob("*.csv"):
        state = file.stat()
        os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns + 1_000_000_000))


def test_a_change_is_read_and_a_fault_leaves_the_one_before(tmp_path):
    shelf = Shelf(written(tmp_path))
    assert set(shelf.registry().incidents) == {"north-2019", "south-2020"}
    assert shelf.registry() is shelf.registry()
    written(tmp_path, places=cell("places", 2, country="XX"))
    later(tmp_path)
    assert shelf.registry().incidents["north-2019"].places[0].country == "KR"
    assert shelf.fault.startswith("places.csv, row 2: country: 'XX'")
    written(tmp_path, places=cell("places", 2, country="JP"))
    later(tmp_path)
    later(tmp_path)
    assert shelf.registry().incidents["north-2019"].places[0].country == "JP"
    assert shelf.fault == ""


def test_the_first_must_have_no_fault(tmp_path):
    with pytest.raises(InputError):
        Shelf(written(tmp_path, places=cell("places", 2, country="XX"))).registry()


@pytest.mark.parametrize("marking", ["TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"])
def test_what_is_for_some_alone_is_not_there(tmp_path, marking):
    folder = written(
        tmp_path,
        incidents=cell("incidents", 3, marking=marking),
        statements=cell("statements", 2, marking=marking),
    )
    shown = Shelf(folder).registry()
    assert set(shown.incidents) == {"north-2019"}
    assert shown.incidents["north-2019"].statements == ()
    assert [part.names for part in shown.claims["firm-2020"].slices] == [(), (), ()]
