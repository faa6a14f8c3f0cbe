"""What a bundle proves offline, and each way in which it may be false: found and named."""

import hashlib
from dataclasses import replace

import pytest
from tests.formats.evidence.packed import (
    AT,
    DESK_KEY,
    LATER,
    bundle,
    case_document,
    digest_of,
    entry,
    proved,
    stamp,
)
from tests.formats.signed.tiny import FIRST, certificate, following, key, signed

from stanch.errors import SignatureError
from stanch.formats.evidence import layout
from stanch.formats.evidence.custody import Act, Entry, entry_from, sign_entry
from stanch.formats.evidence.statement import Listed, evidence_from, sign_evidence
from stanch.formats.signed import jws
from stanch.formats.signed.bundle import version_document
from stanch.formats.signed.canonical import canonical, digest
from stanch.formats.signed.certificate import approver_certificate
from stanch.model.desk.directory import Revoked, Version


def resigned(files: dict[str, bytes], by: str = "kr1", **changed: object) -> dict[str, bytes]:
    """The bundle with its evidence signed anew over the files as they are: a dishonest maker's."""
    said = evidence_from(jws.read(files[layout.EVIDENCE].decode()).payload)
    listed = tuple(
        Listed(name, len(files[name]), hashlib.sha256(files[name]).hexdigest())
        for name in sorted(files)
        if layout.is_signed_for(name)
    )
    text = sign_evidence(key(by), replace(said, **{"files": listed, **changed}))
    kept = {name: data for name, data in files.items() if layout.stamped(name) is None}
    handed = sign_entry(key("kr1"), entry(digest(text.encode())))
    return kept | {layout.EVIDENCE: text.encode(), layout.custody(1): handed.encode()}


def next_entries(files: dict[str, bytes], *more: tuple[str, dict]) -> dict[str, bytes]:
    """The bundle with more entries of custody: who signs each, what is other than it should be."""
    files = dict(files)
    for by, changed in more:
        n = sum(map(layout.is_custody, files)) + 1
        last = files[layout.custody(n - 1)] if n > 1 else None
        said = entry_from(jws.read(last.decode()).payload) if last else None
        member = by[:2]
        text = approver_certificate(key(member), certificate(by)) if len(by) > 2 else None
        plain = Entry(
            digest_of(files), n, digest(last) if last else None, Act.RECEIVED,
            said.giver if said else "kr", member, "desk", by if text else "", LATER, text,
        )  # fmt: skip
        files[layout.custody(n)] = sign_entry(key(by), replace(plain, **changed)).encode()
    return files


def test_a_bundle_that_holds_says_who_made_it_and_where_it_is():
    found = proved(bundle())
    assert (found.evidence.member, found.evidence.person) == ("kr", "kr1")
    assert (found.held.member, found.held.unconfirmed) == ("jp", True)
    assert [each.act for each in found.entries] == [Act.HANDED]
    assert found.case.case["title"] == "Theft"
    assert list(found.stamps.values()) == [None]  # the desk's key is not known here
    assert found.logged == 0


def test_with_the_desks_key_its_log_proves_the_times_and_what_lies_in_the_case():
    found = proved(bundle(), DESK_KEY)
    (logged,) = found.stamps.values()
    assert (logged.desk, logged.verb, logged.at) == ("desk", "evidence.signed", AT)
    assert found.logged == 3
    assert proved(bundle(), key("other")).logged == 0


def test_hands_follow_each_other_at_other_desks_too():
    files = next_entries(
        bundle(),
        ("jp1", {"desk": "other", "certificate": approver_certificate(
            key("jp"), certificate("jp1", desk="other"))}),
        ("jp", {"act": Act.HANDED, "giver": "jp", "taker": "us"}),
        ("us1", {}),
        ("us1", {"act": Act.HANDED, "giver": "us", "taker": "kr"}),
    )  # fmt: skip
    found = proved(files)
    assert [(each.by, each.act.value) for each in found.entries] == [
        ("kr", "handed"), ("jp", "received"), ("jp", "handed"), ("us", "received"),
        ("us", "handed"),
    ]  # fmt: skip
    assert (found.held.member, found.held.n, found.held.unconfirmed) == ("kr", 5, True)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("files/item-2", "files/item-2 was changed"),
        ("case.json", "case.json was changed"),
        ("traces/item-3/manifest.json", "manifest.json was changed"),
        ("log.json", "log.json was changed"),
    ],
)
def test_a_file_that_was_changed_is_named(name, why):
    files = bundle()
    other = files[name].replace(b"e", b"3", 1) if name != "case.json" else files[name] + b" "
    with pytest.raises(SignatureError, match=why):
        proved({**files, name: other})
    with pytest.raises(SignatureError, match=f"{name} is missing"):
        proved({each: data for each, data in files.items() if each != name})


def test_what_was_added_is_named():
    with pytest.raises(SignatureError, match="files/more was added"):
        proved({**bundle(), "files/more": b"x"})
    with pytest.raises(SignatureError, match="is the stamp of nothing"):
        proved({**bundle(), "stamps/" + "0" * 64 + ".json": stamp("x", "evidence.signed")})


@pytest.mark.parametrize(
    ("by", "changed", "why"),
    [
        ("jp1", {}, "the evidence says that kr1 signed it"),
        ("kr2", {}, "the evidence says that kr1 signed it"),
        ("kr1", {"member": "jp"}, "the evidence says that kr1 signed it"),
        ("kr1", {"desk": "other"}, "the directory of another desk"),
        ("kr1", {"directory": "sha256:" + "0" * 64}, "not in the chain from the pin"),
        ("kr1", {"at": "2020-01-01T00:00:00Z"}, "is no time|counts from"),
        ("nobody", {}, "is no approver's"),
        ("kr1", {"case": "case-2"}, "another case than the evidence"),
    ],
)
def test_evidence_that_another_hand_signed_is_refused(by, changed, why):
    with pytest.raises(SignatureError, match=why):
        proved(resigned(bundle(), by, **changed))


def test_a_signature_that_does_not_hold_is_refused():
    files = bundle()
    text = files[layout.EVIDENCE]
    other = bundle(at="2026-11-26T12:00:01Z")[layout.EVIDENCE]
    mixed = text.rpartition(b".")[0] + b"." + other.rpartition(b".")[2]
    with pytest.raises(SignatureError, match="signature"):
        proved({**files, layout.EVIDENCE: mixed})
    with pytest.raises(SignatureError, match="not the pinned one"):
        proved(files, pins=("sha256:" + "0" * 64,))


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ([("us1", {})], "entry 2: us received what nobody handed to it"),
        ([("jp1", {"previous": "sha256:" + "0" * 64})], "entry 2: does not follow"),
        ([("jp1", {"n": 3})], "entry 2: does not follow"),
        ([("jp1", {"evidence": "sha256:" + "0" * 64})], "entry 2: is of another bundle"),
        ([("jp1", {"at": "2026-11-26T11:00:00Z"})], "entry 2: is of .* before"),
        ([("jp1", {}), ("jp1", {})], "entry 3: jp received what nobody"),
        (
            [("us1", {"act": Act.HANDED, "giver": "us", "taker": "jp"})],
            "entry 2: us hands over what jp has",
        ),
        ([("jp1", {"act": Act.HANDED, "giver": "jp", "taker": "jp"})], "entry 2: jp hands it to"),
        ([("jp1", {"person": "jp2"})], "entry 2: says that jp2 signed it"),
        (
            [("jp1", {"certificate": approver_certificate(key("us"), certificate("jp1"))})],
            "entry 2: is signed with key",
        ),
        (
            [("jp1", {"certificate": approver_certificate(key("jp"), certificate("jp2"))})],
            "entry 2: is signed with key",
        ),
        ([("jp1", {"certificate": None, "person": ""})], "entry 2: is signed with key"),
        ([("jp1", {"desk": "other"})], "entry 2: its certificate is for desk/jp"),
        ([("jp1", {"at": "2028-01-01T00:00:00Z"})], "entry 2: its certificate does not count"),
    ],
)
def test_a_broken_chain_of_custody_is_named_at_its_entry(more, why):
    with pytest.raises(SignatureError, match=f"custody, {why}"):
        proved(next_entries(bundle(), *more))


def test_an_entry_that_is_left_out_or_changed_is_missed():
    files = next_entries(bundle(), ("jp1", {}))
    without = {name: data for name, data in files.items() if name != layout.custody(1)}
    with pytest.raises(SignatureError, match="custody: an entry is missing"):
        proved(without)
    text = files[layout.custody(2)]
    with pytest.raises(SignatureError, match="custody, entry 2"):
        proved({**files, layout.custody(2): text[:-4] + b"AAAA"})
    with pytest.raises(SignatureError, match="custody, entry 1"):
        proved({**files, layout.custody(1): files[layout.EVIDENCE]})


def test_a_false_stamp_is_worse_than_none():
    files = bundle()
    (name,) = (each for each in files if layout.stamped(each))
    text = files[layout.EVIDENCE].decode()
    false = files[name].replace(AT.encode(), b"2025-11-26T12:00:00.000000Z")
    with pytest.raises(SignatureError, match="not in the log"):
        proved({**files, name: false}, DESK_KEY)
    with pytest.raises(SignatureError, match="of another entry"):
        proved({**files, name: stamp(text, "item.added")}, DESK_KEY)
    with pytest.raises(SignatureError, match="of another entry"):
        proved({**files, name: stamp("other", "evidence.signed")}, DESK_KEY)


def test_what_a_maker_wrote_otherwise_than_the_desks_log_has_it_is_found():
    files = bundle()
    items = case_document()["items"]
    items[0] = {**items[0], "body": {"text": "Seen at 13:00."}}
    files = resigned({**files, layout.CASE: canonical(case_document(items=items))})
    assert proved(files).held.member == "jp"  # nobody can tell without the desk's key
    with pytest.raises(SignatureError, match="item-1 is not what the desk's log says of it"):
        proved(files, DESK_KEY)


def test_a_file_that_is_not_the_one_of_its_case_is_found():
    files = bundle()
    for name, why in (("files/item-2", "item-2 is not the file"),
                      ("traces/item-3/manifest.json", "is not the manifest")):  # fmt: skip
        with pytest.raises(SignatureError, match=why):
            proved(resigned({**files, name: b"other"}))


def test_a_key_that_was_revoked_counts_for_what_a_log_proves_to_be_older():
    kid = key("kr1").kid
    approvers = tuple(each for each in FIRST.approvers if each.person != "kr1")
    later = following(
        revoked=(Revoked(kid, "2026-11-26T12:30:00Z", "stolen"),), approvers=approvers
    )
    directory = canonical([version_document(Version(FIRST)), version_document(signed(later))])
    files = {**bundle(), layout.DIRECTORY: directory}
    name = digest_of(files)
    with pytest.raises(SignatureError, match="the evidence is signed with a key that was revoked"):
        proved(files)
    with pytest.raises(SignatureError, match="entry 1: it is signed with a key that was revoked"):
        proved(files, DESK_KEY)  # the evidence is stamped, the hand is not
    handed = files[layout.custody(1)].decode()
    stamped = {**files, layout.stamp(digest(handed.encode())): stamp(handed, "evidence.handed")}
    assert proved(stamped, DESK_KEY).digest == name
