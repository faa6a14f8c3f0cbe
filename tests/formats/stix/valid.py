"""Whether other people's programs take what we write: stix2-validator, stix2, our own schemas.

They take two seconds to load, which who only collects these tests does not spend.
"""

import json
import re
import socket

from stanch.formats.stix.extensions import ABOUT, extension_id, schema
from stanch.formats.stix.reading import read

# 103: ids of UUIDv5 where the validator would have v4 (STIX: SHOULD); ours are the same each time.
# 202: STIX leaves `incident` a stub and suggests no relationship for it; `attributed-to` is what
# OpenCTI and others use.
# 302: a page that a source names has no hash: nobody has taken one, and a page changes.
MEANT = {"103", "202", "302"}


def faults(data: bytes) -> list[str]:
    """What stix2-validator says, errors and warnings, but for what is meant; without a network."""
    from stix2validator import ValidationOptions, validate_string

    told = []
    real = socket.socket.connect
    socket.socket.connect = _no_network
    try:
        results = validate_string(data.decode(), ValidationOptions(version="2.1"))
    finally:
        socket.socket.connect = real
    for each in (*results.errors, *results.warnings):
        code = re.search(r"\{(\d+)\}", str(each))
        if code is None or code[1] not in MEANT:
            told.append(str(each))
    return told


def checked(data: bytes) -> list[dict]:
    """The objects of a bundle that everybody takes."""
    import stix2
    from jsonschema import Draft202012Validator

    assert faults(data) == []
    found = read(data)
    assert (found.refused, found.repeated) == ([], 0)
    stix2.parse(data.decode(), allow_custom=True)
    validators = {extension_id(name): Draft202012Validator(schema(name)) for name in ABOUT}
    for each in found.objects:
        for id, said in each.get("extensions", {}).items():
            if id in validators:
                validators[id].validate(said)
    keys = [(each["type"], each["id"]) for each in found.objects]
    assert keys == sorted(keys)
    assert json.loads(data)["objects"] == found.objects
    return found.objects


def _no_network(*_: object) -> None:
    raise OSError("the validator asked for the network")
