"""The chain of directories, attacked by whoever runs the server."""

from dataclasses import replace

import pytest
from tests.formats.signed.tiny import (
    DAY,
    FIRST,
    PIN,
    approver,
    chain,
    following,
    key,
    member,
    signed,
)

from stanch.errors import SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.certificate import key_change
from stanch.formats.signed.chain import advance, walk, walk_chain
from stanch.formats.signed.directory import sign_directory, signed_of
from stanch.formats.signed.members import approver as lookup
from stanch.formats.signed.members import certified
from stanch.model.desk.directory import Directory, KeyChange, MemberKey, Revoked, Version
from stanch.model.desk.people import MemberKind, Role

KR, JP, US, EX = FIRST.members


def takes(following: Directory, *by: str, known: Directory = FIRST) -> Directory:
    return advance(known, following, signed(following, *by).signatures)


def rekeyed(*signers: str, **changed: object) -> Directory:
    """JP's key becomes `jp-new`, with a key change signed by each of `signers`."""
    said = KeyChange("desk", PIN, "jp", JP.key, key("jp-new").public.text)
    said = replace(said, **changed)
    return following(
        members=(KR, member("jp", "jp-new"), US, EX),
        approvers=tuple(
            approver(each.person, "jp-new" if each.member == "jp" else "")
            for each in FIRST.approvers
        ),
        key_changes=tuple(key_change(key(each), said) for each in signers),
    )


def test_a_version_signed_by_enough_founding_members_follows():
    second = following(approvers=FIRST.approvers[:-1])
    assert takes(second, "kr", "us") == second
    assert walk(PIN, [Version(FIRST), signed(second)]) == second


def test_a_directory_of_the_server_is_refused():
    mine = following(approvers=(*FIRST.approvers, approver("kr9")))
    for signatures in ((), ("kr",), ("kr", "kr"), ("kr", "ex"), ("kr", "server"), ("kr1", "jp1")):
        made = tuple(sign_directory(key(each), mine) for each in signatures)
        with pytest.raises(SignatureError, match="founding members"):
            advance(FIRST, mine, made)


def test_signatures_of_another_directory_are_refused():
    second, other = following(), following(created=DAY)
    with pytest.raises(SignatureError, match="another directory"):
        advance(FIRST, other, signed(second).signatures)


def test_a_statement_with_the_same_words_is_no_signature_of_a_directory():
    second = following()
    wrong = tuple(jws.sign(key(e), jws.STATEMENT, signed_of(second)) for e in ("kr", "jp"))
    with pytest.raises(SignatureError, match="signed as"):
        advance(FIRST, second, wrong)


def test_founding_members_of_the_new_version_do_not_count():
    extra = MemberKey("x", "X", MemberKind.GOVERNMENT, "FR", True, key("x").public.text)
    grown = following(members=(*FIRST.members, extra))
    with pytest.raises(SignatureError, match="founding members of the one before"):
        takes(grown, "kr", "x")
    assert takes(grown, "kr", "jp") == grown


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"version": 3}, "cannot follow"),
        ({"version": 1, "previous": None}, "cannot follow"),
        ({"previous": "sha256:" + "0" * 64}, "hash of the one before"),
        ({"desk": "other"}, "desk"),
        ({"created": "2026-10-01T00:00:00Z"}, "older"),
        ({"threshold": 1}, "threshold"),
        ({"threshold": 4}, "threshold"),
        ({"members": (*FIRST.members, KR)}, "member twice"),
        ({"members": (*FIRST.members, replace(KR, id="kr2"))}, "one key"),
        ({"approvers": (approver("kr1"), approver("kr1"))}, "twice"),
        ({"approvers": (approver("kr1", by="jp"),)}, "signed with key"),
        ({"approvers": (approver("kr1", desk="other"),)}, "is for"),
        ({"approvers": (approver("kr1", person="kr2"),)}, "is for"),
        ({"approvers": (approver("kr1", member="jp"),)}, "is for"),
        ({"approvers": (replace(approver("kr1"), member="nobody"),)}, "no member"),
        ({"approvers": (approver("kr1", key=key("kr").public.text),)}, "twice"),
        ({"revoked": (Revoked(key("kr1").kid, DAY, "lost"),)}, "revoked"),
        ({"revoked": (Revoked(key("kr").kid, DAY, "lost"),)}, "revoked"),
        ({"revoked": (Revoked("k" * 43, DAY, "a"), Revoked("k" * 43, DAY, "b"))}, "twice"),
    ],
)
def test_a_version_that_breaks_a_rule_is_refused_though_all_have_signed(changed, why):
    with pytest.raises(SignatureError, match=why):
        takes(following(**changed), "kr", "jp", "us")


def test_a_person_is_an_approver_of_one_member():
    both = replace(approver("kr1", by="jp", member="jp", key=key("other").public.text), member="jp")
    with pytest.raises(SignatureError, match="two members"):
        takes(following(approvers=(*FIRST.approvers, both)))


GONE = following(approvers=FIRST.approvers[1:], revoked=(Revoked(key("kr1").kid, DAY, "stolen"),))


def test_a_revocation_is_neither_dropped_nor_changed_and_its_key_never_comes_back():
    assert takes(GONE) == GONE
    changed = (Revoked(key("kr1").kid, "2026-12-26T00:00:00Z", "stolen"),)
    for revoked in ((), changed):
        with pytest.raises(SignatureError, match="revocation"):
            takes(following(GONE, revoked=revoked), known=GONE)
    with pytest.raises(SignatureError, match="revoked and cannot"):
        takes(following(GONE, approvers=FIRST.approvers), known=GONE)
    elsewhere = approver("jp9", key=key("kr1").public.text)
    with pytest.raises(SignatureError, match="revoked and cannot"):
        takes(following(GONE, approvers=(*GONE.approvers, elsewhere)), known=GONE)


def test_a_members_key_changes_with_its_old_key_or_two_other_members():
    for signers in (("jp",), ("kr", "us"), ("kr", "ex"), ("jp", "kr")):
        assert takes(rekeyed(*signers), "kr", "us").members[1].key == key("jp-new").public.text


@pytest.mark.parametrize(
    ("signers", "why"),
    [
        ((), "without its old key"),
        (("kr",), "without its old key"),
        (("jp-new",), "no member"),
        (("kr", "server"), "no member"),
        (("kr1", "us1"), "no member"),
    ],
)
def test_and_with_nothing_less_though_all_founding_members_sign(signers, why):
    with pytest.raises(SignatureError, match=why):
        takes(rekeyed(*signers), "kr", "jp", "us")


def test_one_member_that_signs_a_key_change_twice_is_one():
    twice = rekeyed("kr")
    other = KeyChange("desk", PIN, "jp", JP.key, key("jp-new").public.text)
    twice = replace(twice, key_changes=(*twice.key_changes, key_change(key("kr"), other)))
    with pytest.raises(SignatureError, match="names one twice"):
        takes(twice, "kr", "jp", "us")


@pytest.mark.parametrize(
    "changed",
    [
        {"directory": "sha256:" + "0" * 64},
        {"desk": "other"},
        {"member": "us"},
        {"old": US.key},
        {"new": key("x").public.text},
    ],
)
def test_a_key_change_for_another_version_desk_member_or_key_is_refused(changed):
    with pytest.raises(SignatureError, match="not what the directory did"):
        takes(rekeyed("jp", **changed), "kr", "us")


def test_certificates_of_a_replaced_key_die_unless_reissued():
    kept = replace(rekeyed("jp"), approvers=FIRST.approvers)
    with pytest.raises(SignatureError, match="certificate of jp1"):
        takes(kept, "kr", "us")


def test_the_replaced_key_signs_no_further_version():
    second = rekeyed("jp")
    third = following(second)
    with pytest.raises(SignatureError, match="founding members"):
        takes(third, "kr", "jp", known=second)
    assert takes(third, "kr", "jp-new", known=second) == third


def test_a_walk_begins_at_the_pin_and_skips_nothing():
    second = following()
    third = following(second)
    versions = [Version(FIRST), signed(second), signed(third)]
    assert walk_chain(PIN, versions).newest == third
    for wrong, why in [
        ([], "no directory"),
        (versions[1:], "not the pinned"),
        ([versions[0], versions[2]], "cannot follow"),
        ([*versions, versions[1]], "cannot follow"),  # back to an older one
        ([versions[0], versions[0]], "cannot follow"),
    ]:
        with pytest.raises(SignatureError, match=why):
            walk(PIN, wrong)


def test_a_member_that_left_does_not_come_back_with_another_key():
    left = following(
        members=(KR, US, EX),
        approvers=tuple(each for each in FIRST.approvers if each.member != "jp"),
    )
    back = following(left, members=(KR, US, EX, member("jp", "jp-new")))
    with pytest.raises(SignatureError, match="jp left"):
        chain(signed(left, "kr", "us"), signed(back, "kr", "us"))


def test_a_key_is_looked_up_in_its_time_only():
    kid = key("kr1").kid
    assert lookup(FIRST, kid, DAY).roles == {Role.APPROVER}
    assert lookup(FIRST, kid, "2026-01-01T00:00:00Z").person == "kr1"
    for at in ("2025-12-31T23:59:59.999999Z", "2027-01-01T00:00:00Z"):
        with pytest.raises(SignatureError, match="counts from"):
            lookup(FIRST, kid, at)
    with pytest.raises(SignatureError, match="no approver"):
        lookup(FIRST, key("kr").kid, DAY)
    with pytest.raises(SignatureError, match="was revoked"):
        lookup(GONE, kid, DAY)
    assert set(certified(FIRST)) == {key(each.person).kid for each in FIRST.approvers}
