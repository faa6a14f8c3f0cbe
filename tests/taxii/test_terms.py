"""Terms that are said at an export hold at another desk: what is read there says the same."""

import json
from pathlib import Path
from typing import Any

from stanch.app.stix.export import Wanted, export
from stanch.app.stix.terms import Said
from stanch.app.taxii.imports import read_files
from stanch.formats.stix.grading import Grade, grade_of
from stanch.formats.stix.handling import Handling
from stanch.formats.stix.markings import handling_of
from stanch.model.desk.marking import Marking, Pap
from tests.cli.test_stix_said import POLICY
from tests.desk_world import JP, KR
from tests.taxii.place import Place

SAID = Said("PAP:AMBER", None, "B", "2", "wep:Likely/Probable")


def exported(folder: Path) -> Path:
    """An incident under a policy, a label and a grade."""
    policy, out = folder / "iep.json", folder / "out.json"
    policy.write_text(json.dumps(POLICY))
    said = Said(SAID.pap, policy, SAID.reliability, SAID.credibility, SAID.confidence)
    export(Wanted(("wannacry-2017",), out, None, Marking.AMBER, None, None, None, None, said))
    return out


def bound(objects: list[dict[str, Any]]) -> dict[str, tuple[Handling | None, Grade, Any]]:
    """Of each object: how it is handled, and how good it is."""
    known = {each["id"]: each for each in objects if each["type"] == "marking-definition"}
    return {
        each["id"]: (
            handling_of(each.get("object_marking_refs", ()), known),
            grade_of(each),
            each.get("confidence"),
        )
        for each in objects
    }


def test_what_was_exported_under_terms_is_read_under_the_same(place: Place, tmp_path: Path) -> None:
    file = exported(tmp_path)
    sent = json.loads(file.read_bytes())["objects"]
    into = place.collection(JP)
    raws = read_files([file], Marking.AMBER).objects
    content = b'{"objects": [' + b",".join(raw for _, raw in raws) + b"]}"
    status = place.send(KR, into, content).json()
    assert (status["success_count"], status["failure_count"]) == (len(sent), 0)
    read = place.get(JP, f"collections/{into}/objects/").json()["objects"]
    assert sorted(read, key=lambda each: each["id"]) == sorted(sent, key=lambda each: each["id"])
    terms = bound(read)
    assert terms == bound(sent)
    handling, grade, sure = next(each for id, each in terms.items() if id.startswith("incident--"))
    assert handling is not None
    assert (handling.pap, [each.id for each in handling.policies]) == (
        Pap.AMBER,
        [POLICY["iep_id"]],
    )
    assert (grade, sure) == (Grade("B", "2"), 70)
