"""`stanch stix`, as people call it."""

import json

from stanch.cli import main
from stanch.formats.signed.bundle import write_bundle
from stanch.formats.signed.canonical import canonical
from stanch.formats.signed.order import order_document
from stanch.formats.stix.extensions import said_by
from stanch.formats.stix.order import order_of
from stanch.model.desk.orders import Said
from tests.app.designation.sample import XBT, written
from tests.formats.signed.tiny import ORDER, say
from tests.formats.signed.tiny import bundle as signed
from tests.formats.stix.test_kinds import MANIFEST, ROW
from tests.formats.stix.valid import checked


def run(*words):
    try:
        main([str(word) for word in words])
    except SystemExit as end:
        return end.code or 0
    return 0


def objects(file):
    return checked(file.read_bytes())


def trace_folder(folder):
    folder.mkdir()
    (folder / "manifest.json").write_text(json.dumps(MANIFEST))
    (folder / "endpoints.csv").write_text(",".join(ROW) + "\n" + ",".join(ROW.values()) + "\n")
    (folder / "run.json").write_text('{"finished": "2026-11-27T00:00:00Z"}')
    return folder


def test_everything_goes_into_one_bundle(tmp_path, capsys):
    out, order = tmp_path / "out.json", tmp_path / "order.json"
    order.write_bytes(canonical(order_document(ORDER)))
    what = ("wannacry-2017", written(tmp_path), trace_folder(tmp_path / "trace"), order)
    assert run("stix", "export", *what, "--out", out) == 0
    said = capsys.readouterr().out
    found = objects(out)
    assert said == f"{len(found)} objects, {out.stat().st_size:,} bytes, written to {out}\n"
    kinds = {each["type"] for each in found}
    assert {"incident", "report", "grouping", "course-of-action", "opinion"} <= kinds
    first = out.read_bytes()
    assert run("stix", "export", *reversed(what), "--out", out) == 0
    assert out.read_bytes() == first


def test_an_order_brings_what_was_signed_about_it(tmp_path):
    out, file = tmp_path / "out.json", tmp_path / "signed.json"
    file.write_bytes(write_bundle(signed(say(Said.PROPOSE, "kr1"))))
    assert run("stix", "export", file, "--out", out) == 0
    (found,) = [each for each in objects(out) if each["type"] == "course-of-action"]
    assert order_of(found) == ORDER
    assert len(said_by(found, "order")["statements"]) == 1


def test_a_galaxy_goes_with_the_time_that_is_said(tmp_path, capsys):
    galaxy = {
        "name": "Threat Actor", "type": "threat-actor",
        "uuid": "698774c7-8022-42c4-917f-8d6e4f06ada3",
        "values": [{"value": "Lazarus Group", "uuid": "68391641-859f-4a9a-9a1e-3e5cf71ec376"}],
    }  # fmt: skip
    file, out = tmp_path / "galaxy.json", tmp_path / "out.json"
    file.write_text(json.dumps(galaxy))
    assert run("stix", "export", file, "--out", out) == 2
    assert "--at: a MISP galaxy has no time of its own" in capsys.readouterr().err
    said = ("--at", "2026-11-27T00:00:00Z", "--marking", "TLP:GREEN")
    assert run("stix", "export", file, "--out", out, *said) == 0
    (actor,) = [each for each in objects(out) if each["type"] == "threat-actor"]
    assert (actor["name"], actor["created"]) == ("Lazarus Group", "2026-11-27T00:00:00.000Z")


def test_a_level_leaves_out_what_is_above_it(tmp_path, capsys):
    out = tmp_path / "out.json"
    trace = trace_folder(tmp_path / "trace")
    red = ("stix", "export", trace, "--marking", "TLP:RED", "--for", "TLP:GREEN", "--out", out)
    assert run(*red) == 2
    assert "nothing in it that readers of TLP:GREEN may see" in capsys.readouterr().err
    assert run(*red, "ronin-2022", written(tmp_path)) == 0
    assert "left out: above TLP:GREEN" in capsys.readouterr().out
    found = objects(out)
    assert {each["name"] for each in found if each["type"] == "marking-definition"} == {
        "TLP:CLEAR", "TLP:GREEN",
    }  # fmt: skip
    assert not [each for each in found if each["type"] == "grouping"]
    assert XBT not in out.read_text()


def test_versions_have_the_time_that_is_said(tmp_path):
    out = tmp_path / "out.json"
    at = "2026-12-01T00:00:00.000Z"
    assert run("stix", "export", "ronin-2022", "--at", "2026-12-01T09:00:00+09:00",
               "--out", out) == 0  # fmt: skip
    (main_,) = [each for each in objects(out) if each["type"] == "incident"]
    assert main_["modified"] == at


def test_what_cannot_be_exported_is_named(tmp_path, capsys):
    out = tmp_path / "out.json"
    (tmp_path / "no.json").write_text("{}")
    (tmp_path / "empty").mkdir()
    for words, code, reason in (
        (("nobody-2020",), 1, "no such file, folder or incident"),
        ((tmp_path / "no.json",), 1, "neither an order nor a MISP event"),
        ((tmp_path / "empty",), 2, "cannot be read"),
        (("ronin-2022", "--at", "yesterday"), 2, "--at"),
    ):
        assert run("stix", "export", *words, "--out", out) == code
        assert reason in capsys.readouterr().err
        assert not out.exists()


def test_check_names_each_that_is_refused(tmp_path, capsys):
    file = tmp_path / "in.json"
    good = {"type": "mutex", "id": "mutex--6aee0c9e-d883-5c7f-8790-f536a4332ac9", "name": "x"}
    file.write_text(json.dumps({"objects": [good, good, {"type": "mutex"}], "more": False}))
    assert run("stix", "check", file) == 1
    said = capsys.readouterr()
    assert said.err == "object 3: has no id such as mutex--UUID (RFC 4122)\n"
    assert said.out.splitlines()[-1] == "1 object, 1 repeated, 1 refused"
    assert run("stix", "check", file, "--json") == 1
    assert json.loads(capsys.readouterr().out) == {
        "types": {"mutex": 1}, "repeated": 1, "advised": {},
        "refused": [{"place": 3, "id": "", "reason": "has no id such as mutex--UUID (RFC 4122)"}],
    }  # fmt: skip
    file.write_text("[]")
    assert run("stix", "check", file) == 1
    assert run("stix", "check", tmp_path / "none.json") == 2


def test_convert_goes_there_and_back(tmp_path, capsys):
    first, pack, back = (tmp_path / name for name in ("a.json", "b.yaml", "c.json"))
    assert run("stix", "export", "wannacry-2017", "--out", first) == 0
    assert run("stix", "convert", first, "--to", "tagpack", "--out", pack) == 0
    said = capsys.readouterr()
    assert "beside what tagpack says:" in said.out
    assert "left out: neither a wallet nor a transaction" in said.err
    assert run("stix", "convert", pack, "--to", "stix", "--out", back) == 0
    wallets = [
        sorted(each["value"] for each in objects(file) if each["type"] == "cryptocurrency-wallet")
        for file in (first, back)
    ]
    assert wallets[0] == wallets[1] != []
    assert run("stix", "convert", first, "--to", "morse", "--out", back) == 2
    pack.write_text("tags: []")
    assert run("stix", "convert", pack, "--to", "stix", "--out", back) == 1
