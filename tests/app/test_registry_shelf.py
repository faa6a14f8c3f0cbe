"""The registry as a desk shows it: newest without faults, and nothing that is for some alone."""

import json
import os
import threading
from dataclasses import replace

import pytest

from stanch.app.registry.shelf import Shelf, visible
from stanch.errors import InputError
from stanch.i18n.pack import LANGUAGES
from stanch.model.desk.marking import Marking
from stanch.model.registry.words import PlaceRole
from stanch.registry.reconcile import moves, reconcile, scope_of
from stanch.registry.registry import load
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
    shelf.settle()
    assert shelf.registry().incidents["north-2019"].places[0].country == "KR"
    assert shelf.fault.startswith("places.csv, row 2: country: 'XX'")
    written(tmp_path, places=cell("places", 2, country="JP"))
    later(tmp_path)
    later(tmp_path)
    shelf.settle()
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


def test_a_figure_made_of_what_is_hidden_is_made_of_nothing_else(tmp_path):
    """The publisher named its incidents: one that nobody may see leaves a gap, none steps in."""
    other = "east-2020,theft,East Coin,exchange,2020-05-01,,,,,,,TLP:CLEAR,late,"
    folder = written(
        tmp_path,
        incidents=[other],
        amounts=["east-2020,stolen,,,700,,,as published,late,"],
        statements=["east-2020,firm,attributes,,2020-06-01,,late,TLP:CLEAR,"],
    )
    whole = load(folder)
    claim = whole.claims["firm-2020"]
    hidden = replace(whole.incidents["south-2020"], marking=Marking.RED)
    shown = visible(replace(whole, incidents={**whole.incidents, hidden.id: hidden}))
    found = reconcile(shown.claims["firm-2020"].slices[2], scope_of(claim), shown)
    assert (len(found.matched), found.gap) == (0, 600)
    assert [each.incident.id for each in found.extra.counted] == ["east-2020"]
    said = moves(shown.claims["firm-2020"].slices[2], scope_of(claim), shown)
    assert {each.usd for each in said} == {0}


def test_a_fault_is_told_to_who_keeps_the_desk(tmp_path, capsys):
    shelf = Shelf(written(tmp_path))
    shelf.registry()
    assert capsys.readouterr().err == ""
    written(tmp_path, places=cell("places", 2, country="XX"))
    later(tmp_path)
    shelf.settle()
    assert shelf.kept().whole.incidents["north-2019"].places[0].country == "KR"
    assert shelf.registry() is shelf.kept().shown
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line) == {"registry": shelf.fault}
    for file in tmp_path.glob("*.csv"):
        file.unlink()
    tmp_path.rmdir()
    shelf.settle()
    assert "north-2019" in shelf.registry().incidents
    assert "holds no registry" in shelf.fault


def test_nobody_waits_while_what_changed_is_read(tmp_path, monkeypatch):
    """The version before is shown meanwhile, and one reading is under way at a time."""
    shelf = Shelf(written(tmp_path))
    before, reading, go = shelf.kept(), threading.Event(), threading.Event()
    began = []

    def slowly(folder):
        began.append(folder)
        reading.set()
        assert go.wait(20)
        return load(folder)

    monkeypatch.setattr("stanch.app.registry.shelf.load", slowly)
    written(tmp_path, places=cell("places", 2, country="JP"))
    later(tmp_path)
    assert shelf.kept() is before
    assert reading.wait(20)
    assert [shelf.kept() for _ in range(5)] == [before] * 5
    go.set()
    shelf.settle()
    assert shelf.registry().incidents["north-2019"].places[0].country == "JP"
    assert len(began) == 1
    shelf.settle()
    assert len(began) == 1


def test_what_changes_while_it_is_read_is_read_again(tmp_path, monkeypatch):
    shelf = Shelf(written(tmp_path))
    shelf.kept()

    def changed(folder):
        found = load(folder)
        if found.incidents["north-2019"].places[0].country == "JP":
            written(tmp_path, places=cell("places", 2, country="US"))
            later(tmp_path)
        return found

    monkeypatch.setattr("stanch.app.registry.shelf.load", changed)
    written(tmp_path, places=cell("places", 2, country="JP"))
    later(tmp_path)
    shelf.settle()
    shelf.settle()
    assert shelf.registry().incidents["north-2019"].places[0].country == "US"


def test_what_is_read_is_laid_out_for_packs_before_it_is_shown(tmp_path):
    shelf = Shelf(written(tmp_path))
    shelf.kept()
    later(tmp_path)
    shelf.settle()
    kept = shelf.kept()
    rows = kept.rows(PlaceRole.SEAT).of(kept.shown.incidents.values())
    assert [set(each.drawn) for each in rows] == [set(LANGUAGES)] * 2
    assert kept.rows(PlaceRole.SEAT).of(kept.shown.incidents.values()) == rows
