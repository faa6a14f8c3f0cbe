"""The directory of keys, from the desk: each version is believed for its signatures alone."""

from typing import Any

from stanch.client.line import Line
from stanch.client.state import StateFile
from stanch.client.trust import Pin, remembered, walked
from stanch.errors import SignatureError, UnreachableError
from stanch.formats.signed.chain import Chain
from stanch.formats.signed.directory import directory_from
from stanch.model.desk.directory import Version


def fetched(line: Line, pin: Pin, file: StateFile) -> Chain:
    """Walk from the pin to the newest version, and remember it.

    Raises SignatureError where a step does not hold or the desk goes back behind a version that
    was seen, UsageError where the state is another desk's.
    """
    found = line.get("/v1/directory", {"after": "0"})
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        raise UnreachableError("the desk's directory is no list")
    versions = [version_of(each) for each in items]
    with file.changing() as change:
        chain = walked(pin, versions, change.state)
        change.state = remembered(change.state, chain, pin)
    return chain


def version_of(said: Any) -> Version:
    """A version as a desk gives it, its form alone. Raises SignatureError."""
    if not isinstance(said, dict):
        raise SignatureError("a version of the directory is no object")
    signatures = said.get("signatures")
    if not isinstance(signatures, list) or not all(isinstance(each, str) for each in signatures):
        raise SignatureError("the signatures of a directory are no list of texts")
    return Version(directory_from(said.get("document")), tuple(signatures))
