"""Files that others publish, read into objects: STIX byte for byte, MISP and hashes as STIX."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from stanch.app.taxii.imports import Imported, read_files
from stanch.errors import InputError, UsageError
from stanch.formats.misp.event import event_of
from stanch.formats.stix.checks import fault
from stanch.model.desk.marking import Marking
from tests.app.taxii.federation import TLP, raw, stix

EVENT: dict[str, Any] = {
    "info": "An event", "date": "2026-11-26", "uuid": "5f5e5d5c-17d4-4cbf-938f-98ee46b3cd3f",
    "Attribute": [{"type": "domain", "value": "a.example", "to_ids": True}],
}  # fmt: skip


def imported(*paths: Path, marking: Marking = Marking.AMBER) -> Imported:
    return read_files(list(paths), marking)


def values(found: Imported) -> list[dict[str, Any]]:
    made = [json.loads(data) for _, data in found.objects]
    assert all(fault(each) == "" for each in made)
    return made


def test_a_bundle_keeps_its_bytes_packed_or_not(tmp_path: Path) -> None:
    objects = [raw(stix((n, 1), "x", None), n) for n in range(1, 4)]
    bundle = b'{"type":"bundle","id":"bundle--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f","objects":['
    data = bundle + b",\n ".join([*objects, b'{"type":"identity"}']) + b"]}"
    (tmp_path / "a.json").write_bytes(data)
    (tmp_path / "b.json.gz").write_bytes(gzip.compress(data))
    for name in ("a.json", "b.json.gz"):
        found = imported(tmp_path / name)
        assert [data for _, data in found.objects] == objects
        assert found.left == [f"{name}: object 4: has no id such as identity--UUID (RFC 4122)"]
    both = imported(tmp_path / "a.json", tmp_path / "b.json.gz")
    assert len(both.objects) == 3, "each once"


def test_a_misp_event_becomes_stix_from_which_it_comes_back(tmp_path: Path) -> None:
    (tmp_path / "event.json").write_text(json.dumps({"response": [{"Event": EVENT}]}))
    made = values(imported(tmp_path / "event.json", marking=Marking.GREEN))
    assert event_of(made) == EVENT
    assert {each["type"] for each in made} >= {"report", "indicator", "identity"}


def test_a_feed_is_read_in_the_order_of_its_manifest(tmp_path: Path) -> None:
    for name in ("b", "a", "not-named"):
        event = {**EVENT, "info": name, "uuid": ""}
        (tmp_path / f"{name}.json").write_text(json.dumps({"Event": event}))
    (tmp_path / "manifest.json").write_text(json.dumps({"b": {}, "a": {}}))
    made = values(imported(tmp_path))
    assert [each["name"] for each in made if each["type"] == "report"] == ["b", "a"]
    (tmp_path / "manifest.json").write_text(json.dumps({"../../etc/passwd": {}}))
    with pytest.raises(InputError, match=r"names passwd\.json, which is not there"):
        imported(tmp_path)


def test_lists_of_hashes_are_files_in_stix(tmp_path: Path) -> None:
    (tmp_path / "samples.md5").write_text(f"{'ab' * 16}\n\n{'AB' * 15}\n{'cd' * 16}\n")
    found = imported(tmp_path, marking=Marking.GREEN)
    files = [each for each in values(found) if each["type"] == "file"]
    assert sorted(each["hashes"]["MD5"] for each in files) == ["ab" * 16, "cd" * 16]
    assert found.left == ["samples.md5, line 3: is no md5"]
    assert all(each["object_marking_refs"] for each in files)


def test_what_is_none_of_these_is_refused_and_in_a_folder_left_out(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text('{"some": "thing"}')
    (tmp_path / "a.json").write_text(json.dumps({"objects": [stix((1, 1), "x", None)]}))
    with pytest.raises(InputError, match="neither a STIX bundle nor MISP events"):
        imported(tmp_path / "other.json")
    found = imported(tmp_path)
    assert len(found.objects) == 1
    assert "other.json" in found.left[0]
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="neither JSON nor lists"):
        imported(tmp_path / "empty")


def test_a_file_that_unpacks_for_ever_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stanch.app.taxii.imports.MAX_BYTES", 1000)
    for name, data in (
        ("bomb.json.gz", gzip.compress(b" " * 100_000)),
        ("cut.json.gz", gzip.compress(b'{"objects": []}')[:-4]),
        ("broken.json.gz", b"\x1f\x8b" + b"x" * 50),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError, match=r"longer than|whole gzip"):
            imported(tmp_path / name)


def test_eset_and_attack_are_read_whole(data_dir: Path) -> None:
    found = imported(data_dir / "sharing" / "eset-dprk", marking=Marking.GREEN)
    assert found.left == []
    made = values(found)
    assert sum(each["type"] == "file" for each in made) >= 1704
    assert {tuple(each.get("object_marking_refs", ())) for each in made} <= {
        (), ("marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",), (TLP[Marking.CLEAR],),
    }  # fmt: skip
