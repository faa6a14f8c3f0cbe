"""What a reader may not see is in no output, and the copy says how much is left out."""

import json
import re

import pytest

from stanch.app.designation.check import Request, check
from stanch.app.designation.export import Outputs, export
from stanch.errors import InputError, OutputError, UsageError
from stanch.model.desk.marking import Marking
from tests.app.designation.sample import XBT, written

HIDDEN = ("Secretname", "secret@mail", XBT, "confidential", "Exchange A", "hidden", "w2")


def outputs(folder, level, name="out"):
    where = Outputs(*(folder / f"{name}.{end}" for end in ("jsonl", "json", "html")))
    export(Request(written(folder), level), where)
    return [each.read_bytes() for each in (where.ftm, where.stix, where.html)]


def test_a_whole_copy_holds_it_all(tmp_path):
    whole = b"".join(outputs(tmp_path, None)).decode()
    assert all(word in whole for word in HIDDEN)
    assert "Left out" not in whole


@pytest.mark.parametrize("level", [Marking.GREEN])
def test_nothing_above_the_level_is_in_any_output(tmp_path, level):
    for data in outputs(tmp_path, level):
        text = data.decode()
        assert [word for word in HIDDEN if re.search(rf"\b{re.escape(word)}", text)] == []
        assert "TLP:AMBER" not in text
        assert "한심일" in text


def test_a_copy_is_the_same_whatever_was_left_out(tmp_path):
    """The reader's files do not depend on what they may not see, but for the counts."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one = outputs(tmp_path / "one", Marking.GREEN)
    changed = written(
        tmp_path / "two",
        ("He was paid at a hidden address.", "Something else altogether."),
        ("Simon Secretname", "Another Alias"),
        ("A confidential letter", "A longer title than before"),
    )
    where = Outputs(*(tmp_path / "two" / f"out.{end}" for end in ("jsonl", "json", "html")))
    export(Request(changed, Marking.GREEN), where)
    assert one == [each.read_bytes() for each in (where.ftm, where.stix, where.html)]


def test_the_copy_counts_what_is_left_out_and_is_marked_as_what_is_in_it(tmp_path):
    copy = check(Request(written(tmp_path), Marking.GREEN)).copy
    left = copy.left_out
    assert (left.statements, left.subjects, left.wallets) == (1, 0, 1)
    assert (left.names, left.identifiers, left.sources) == (1, 1, 1)
    assert copy.marking is Marking.GREEN
    page = outputs(tmp_path, Marking.GREEN)[2].decode()
    counts = "1 statement, 1 wallet, 1 name, 1 identifier, 1 source"
    assert f"This copy is for readers of TLP:GREEN. Left out of it: <b>{counts}</b>" in page
    bundle = json.loads(outputs(tmp_path, Marking.GREEN)[1])
    (report,) = [each for each in bundle["objects"] if each["type"] == "report"]
    assert "1 statement is left out of this copy." in report["description"]


def test_the_public_sees_the_cover_and_no_more(tmp_path):
    copy = check(Request(written(tmp_path), Marking.CLEAR)).copy
    assert (copy.subjects, copy.wallets, copy.sources, copy.statements) == ((), (), (), ())
    assert copy.left_out.subjects == 2
    assert outputs(tmp_path, Marking.CLEAR)[0] == b""


def test_who_may_not_see_the_cover_gets_nothing(tmp_path):
    file = written(tmp_path, ('cover = "TLP:CLEAR"', ""))
    out = tmp_path / "out.html"
    with pytest.raises(UsageError, match="its cover is TLP:AMBER"):
        export(Request(file, Marking.GREEN), Outputs(html=out))
    assert not out.exists()


def test_notices_of_the_whole_file_are_not_told_with_a_copy_of_less(tmp_path):
    more = '[[source]]\nid = "idle"\npublisher = "A"\ntitle = "B"\ndate = 2020-01-01\n'
    file = written(tmp_path, more=more)
    assert len(check(Request(file)).notices) == 1
    assert check(Request(file, Marking.GREEN)).notices == ()


def test_an_incident_is_told_to_those_who_may_see_it(tmp_path):
    page = outputs(tmp_path, Marking.GREEN)[2].decode()
    assert "Ronin Bridge (Sky Mavis), 2022-03-23 (ronin-2022)" in page


def test_the_same_file_gives_the_same_bytes(tmp_path):
    assert outputs(tmp_path, None, "one") == outputs(tmp_path, None, "two")


def test_a_file_with_a_fault_is_not_exported(tmp_path):
    file = written(tmp_path, ('"ronin-2022"', '"none"'), (XBT, "nothing"))
    with pytest.raises(InputError, match=r"the registry has no incident none.*and 1 more"):
        export(Request(file), Outputs(html=tmp_path / "out.html"))
    assert not (tmp_path / "out.html").exists()


def test_outputs_that_cannot_be(tmp_path):
    file = written(tmp_path)
    with pytest.raises(UsageError, match="nothing to write"):
        export(Request(file), Outputs())
    for same in (Outputs(ftm=file), Outputs(ftm=tmp_path / "a", stix=tmp_path / "a")):
        with pytest.raises(UsageError, match="the same"):
            export(Request(file), same)
    with pytest.raises(OutputError):
        export(Request(file), Outputs(html=tmp_path / "none" / "out.html"))
