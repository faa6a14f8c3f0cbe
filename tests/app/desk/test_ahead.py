"""What is done before anybody asks: the registry laid out, the names of lists indexed."""

import json

import pytest

from stanch.app.desk.ahead import Ahead
from stanch.app.registry.shelf import Shelf
from stanch.errors import InputError
from stanch.i18n.pack import LANGUAGES
from stanch.model.registry.words import PlaceRole
from stanch.screening.index import Index
from tests.app.designation.test_crosscheck import HAN, home_with
from tests.app.test_registry_shelf import later
from tests.registry.tables import cell, written


def test_rows_are_drawn_and_names_indexed_before_anybody_asks(tmp_path, monkeypatch):
    shelf, home = Shelf(written(tmp_path / "registry")), home_with(tmp_path / "lists", HAN)
    built = []
    make = Index.arrays_of
    monkeypatch.setattr(Index, "arrays_of", lambda held: built.append(1) or make(held))
    ahead = Ahead(shelf, home)
    ahead.begin()
    kept = shelf.kept()
    rows = kept.rows(PlaceRole.SEAT).of(kept.shown.incidents.values())
    assert [set(each.drawn) for each in rows] == [set(LANGUAGES)] * 2
    assert len(built) == 1
    ahead.refresh()
    assert len(built) == 1  # nothing changed
    written(tmp_path / "registry", places=cell("places", 2, country="JP"))
    later(tmp_path / "registry")
    ahead.refresh()
    shelf.settle()
    assert shelf.kept() is not kept


def test_a_registry_with_a_fault_is_told_before_the_server_answers(tmp_path):
    folder = written(tmp_path, places=cell("places", 2, country="XX"))
    with pytest.raises(InputError):
        Ahead(Shelf(folder)).begin()


def test_lists_that_cannot_be_asked_are_told_once_and_hold_nothing_up(tmp_path, capsys):
    ahead = Ahead(Shelf(written(tmp_path / "registry")), tmp_path / "home")
    for _ in range(3):
        ahead.refresh()
    (line,) = capsys.readouterr().err.splitlines()
    assert "home" in json.loads(line)["lists"]
    home_with(tmp_path, HAN)
    ahead.refresh()
    assert capsys.readouterr().err == ""
