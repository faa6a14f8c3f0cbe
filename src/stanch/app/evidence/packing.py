"""Pack a case for another member: what the desk lets go, files, traces; signed, and handed over."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from stanch.app.csv_file import whole_file
from stanch.app.evidence.hands import Hand, hand_of, now
from stanch.app.signing.key_files import KeyFile
from stanch.app.trace_files import KIND
from stanch.client.line import Line, named
from stanch.errors import InputError, SignatureError, UnreachableError, UsageError
from stanch.formats.evidence import archive, layout
from stanch.formats.evidence.custody import Act, Entry, sign_entry
from stanch.formats.evidence.statement import Evidence, Listed, sign_evidence
from stanch.formats.signed.bundle import version_from
from stanch.formats.signed.canonical import canonical, digest
from stanch.formats.signed.directory import directory_hash
from stanch.model.desk.directory import Directory
from stanch.store.digest import digest as file_digest

LARGEST: Final = 256 << 20  # bytes of one file of a trace


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which case for whom. `traces` are folders of traces that lie in it, `inputs` the files of
    labels and seeds that they were made of, where these go with it.
    """

    case: str
    to: str
    key: KeyFile
    out: Path
    traces: tuple[Path, ...] = ()
    inputs: tuple[Path, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Packed:
    """A bundle that was written: its hash, how many files it lists, what could not go along."""

    out: Path
    digest: str
    files: int
    left_out: int


def pack(desk: Line, wanted: Wanted) -> Packed:
    """Make a bundle of a case and hand it to a member: both are signed, and stamped by the log.

    Raises UsageError, SignatureError, OutputError, and what the desk says.
    """
    if wanted.out.exists():
        raise UsageError(f"{wanted.out}: stands there already; name another")
    path = f"/v1/cases/{named(wanted.case)}/evidence"
    found = desk.get(path, {"to": wanted.to})
    directory = _directory(found)
    if wanted.to not in {each.id for each in directory.members}:
        raise UsageError(f"the directory has no key of {wanted.to}, so nothing can prove its hand")
    hand = hand_of(wanted.key, directory)
    files = _listed(desk, found, wanted)
    at = now()
    evidence = sign_evidence(
        hand.key, _evidence(wanted, hand, directory_hash(directory), at, files)
    )
    name = digest(evidence.encode())
    entry = Entry(
        name, 1, None, Act.HANDED, hand.member, wanted.to, hand.desk, hand.person, at,
        hand.certificate, wanted.note,
    )  # fmt: skip
    handed = sign_entry(hand.key, entry)
    whole = {
        **files,
        layout.EVIDENCE: evidence.encode(),
        layout.DIRECTORY: canonical(found["directory"]),
        layout.custody(1): handed.encode(),
        **dict(stamps(desk, (evidence, handed))),
    }
    write(wanted.out, whole)
    return Packed(wanted.out, name, len(files), int(found["left_out"]))


def stamps(desk: Line, texts: Sequence[str]) -> list[tuple[str, bytes]]:
    """The log's word on signed texts, and where each stands in a bundle."""
    return [
        (layout.stamp(digest(each.encode())), canonical(desk.post("/v1/evidence", {"text": each})))
        for each in texts
    ]


def write(out: Path, files: Mapping[str, bytes]) -> None:
    """Write a bundle, whole or not at all, for its owner alone. Raises UsageError, OutputError."""
    if sum(map(len, files.values())) > archive.MOST_BYTES:
        raise UsageError(f"more than {archive.MOST_BYTES:,} bytes: too much for one bundle")
    with whole_file(out) as draft:
        draft.chmod(0o600)
        with draft.open("wb") as stream:
            archive.write(stream, files)


def _directory(found: Any) -> Directory:
    versions = [version_from(each) for each in found["directory"]]
    if not versions:
        raise UsageError("the desk has no directory of keys yet, and so nobody who could sign")
    return versions[-1].directory


def _listed(desk: Line, found: Any, wanted: Wanted) -> dict[str, bytes]:
    """All that the maker signs for, by its place in the bundle."""
    items = found["case"]["items"]
    files = {layout.CASE: canonical(found["case"])}
    if found["log"]["head"] is not None:
        files[layout.LOG] = canonical(found["log"])
    for each in items:
        if each["kind"] == "file":
            content = desk.read("GET", f"/v1/files/{named(each['id'])}")
            if digest(content) != f"sha256:{each['body']['sha256']}":
                raise UnreachableError(f"what came is not the file of {each['id']}; ask again")
            files[layout.file(each["id"])] = content
    left = {file_digest(each).sha256: each for each in wanted.inputs}
    for folder in wanted.traces:
        item, manifest, written = _trace(folder, items)
        files |= {layout.trace(item, name): data for name, data in written.items()}
        for each in made_of(manifest):
            if (file := left.pop(each["sha256"], None)) is not None:
                files[layout.given(item, each["sha256"])] = _bytes(file)
    if left:
        raise UsageError(f"{next(iter(left.values()))}: no trace here was made of it")
    return files


def made_of(manifest: Any) -> list[dict[str, Any]]:
    """The files of labels and seeds that a trace was made of: name, size, SHA-256, role."""
    return [each for each in manifest["inputs"] if each["role"] in ("labels", "seeds")]


def _trace(folder: Path, items: Any) -> tuple[str, Any, dict[str, bytes]]:
    written = {name: _bytes(folder / name) for name in sorted(KIND.files)
               if (folder / name).is_file()}  # fmt: skip
    text = written.get(KIND.mark)
    if text is None:
        raise UsageError(f"{folder}: holds no trace")
    try:
        manifest = json.loads(text)
        made_of(manifest)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputError(str(folder / KIND.mark), "is no manifest of a trace") from None
    for each in items:
        if each["kind"] == "trace" and each["body"]["manifest"] == digest(text):
            return each["id"], manifest, written
    raise UsageError(f"{folder}: is no trace of this case; stanch case trace puts one in")


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise InputError(file.name, f"is longer than {LARGEST:,} bytes")
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None


def _evidence(
    wanted: Wanted, hand: Hand, directory: str, at: str, files: Mapping[str, bytes]
) -> Evidence:
    listed = tuple(
        Listed(path, len(files[path]), digest(files[path]).removeprefix("sha256:"))
        for path in sorted(files)
    )
    try:
        return Evidence(hand.desk, wanted.case, hand.member, hand.person, directory, at, listed)
    except SignatureError as error:
        raise UsageError(str(error)) from None
