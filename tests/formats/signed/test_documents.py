"""Orders, statements, directories and bundles as documents: round trips, and each refused form."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.signed.tiny import (
    ACCOUNT,
    DAY,
    EMERGENCY,
    FIRST,
    ORDER,
    PIN,
    bundle,
    following,
    say,
    signed,
    statement,
)

from stanch.errors import SignatureError
from stanch.formats.signed.bundle import bundle_from, read_bundle, verify_bundle, write_bundle
from stanch.formats.signed.canonical import canonical, digest, parse
from stanch.formats.signed.certificate import key_change_from
from stanch.formats.signed.directory import directory_document, directory_from, read_directory
from stanch.formats.signed.fields import moment, stamp
from stanch.formats.signed.order import order_document, order_from, order_hash, read_order
from stanch.formats.signed.statement import statement_document, statement_from
from stanch.model.desk.orders import OrderKind, Rule, Said, Target

AMOUNT = st.none() | st.integers(1, 10**78 - 1)
TARGETS = st.dictionaries(st.binary(min_size=20, max_size=20), AMOUNT, min_size=1, max_size=5)
READERS = [order_from, statement_from, directory_from, bundle_from, key_change_from]


@given(TARGETS, st.integers(1, 1000), st.sampled_from([ORDER, EMERGENCY]))
def test_an_order_comes_back_from_its_document_under_its_hash(targets, version, order):
    of = tuple(
        Target(f"eip155:1:0x{each.hex()}", amount and "eip155:1/slip44:60", amount)
        for each, amount in targets.items()
    )
    order = replace(order, targets=tuple(replace(e, asset=e.asset or None) for e in of))
    order = replace(order, version=version)
    data = canonical(order_document(order))
    assert read_order(data) == order
    assert digest(data) == order_hash(order)


def test_ten_thousand_targets_fit_and_one_more_does_not():
    many = tuple(
        Target(f"eip155:1:0x{n:040x}", f"eip155:1/erc20:0x{n:040x}", 10**77) for n in range(10_000)
    )
    order = replace(ORDER, targets=many)
    assert read_order(canonical(order_document(order))) == order
    with pytest.raises(SignatureError, match="10,000"):
        order_document(replace(order, targets=(*many, Target(ACCOUNT))))


def change(document: object, path: tuple[object, ...], value: object) -> object:
    """The document with one place changed; `...` takes the key away."""
    if not path:
        return value
    key, *rest = path
    new = dict(document) if isinstance(document, dict) else list(document)  # type: ignore[call-overload]
    if value is ... and not rest:
        del new[key]
    else:
        old = new.get(key) if isinstance(new, dict) else new[key]
        new[key] = change(old, tuple(rest), value)
    return new


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        (("more",), 1, "not known"),
        (("basis",), ..., "lacks basis"),
        (("type",), "stanch-order@2", "stanch-order@1"),
        (("version",), True, "integer"),
        (("version",), 0, "1 to"),
        (("version",), "1", "integer"),
        (("id",), "a b", "no id"),
        (("kind",), "freeze", "none of"),
        (("kind",), ["hold"], "none of"),
        (("kind",), "emergency", "lapses"),
        (("targets",), [], "without a target"),
        (("targets",), {}, "no list"),
        (("targets", 0, "amount"), 5, "decimal"),
        (("targets", 0, "amount"), "05", "decimal"),
        (("targets", 0, "amount"), "0", "decimal"),
        (("targets", 0, "amount"), "-5", "decimal"),
        (("targets", 0, "amount"), "1e5", "decimal"),
        (("targets", 0, "amount"), "٣", "decimal"),
        (("targets", 1, "amount"), "5", "needs the asset"),
        (("targets", 0, "asset"), "eip155:10/slip44:60", "chain"),
        (("targets", 0, "asset"), "eip155:1/erc20:0x" + "A1" * 20, "spelling"),
        (("targets", 0, "account"), "eip155:1:0x" + "A1" * 20, "spelling"),
        (("targets", 0, "account"), "tron:mainnet:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "spelling"),
        (
            ("targets", 0, "account"),
            "tron:0x2B6653DC:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
            "spelling",
        ),
        (("targets", 0, "account"), "eip155:1:0x12", "EVM"),
        (("targets", 0, "account"), "eip155:01:0x" + "a1" * 20, "chain id"),
        (
            ("targets", 1),
            {"account": ACCOUNT, "asset": "eip155:1/slip44:60", "amount": None},
            "twice",
        ),
        (("targets", 1, "note"), "", "not known"),
        (("basis", "trace"), "0" * 64, "hash"),
        (("basis", "evidence", 0, "rows"), [2, 1], "rise"),
        (("basis", "evidence", 0, "rows"), [True], "rise"),
        (("basis", "evidence", 0, "sha256"), "A" * 64, "hex"),
        (("legal_reference",), "\u202eevil", "seen"),
        (("legal_reference",), "a\x00", "seen"),
        (("legal_reference",), "a" * 2001, "characters"),
        (("addressees", "countries"), ["kr"], "3166"),
        (("addressees", "countries"), ["KR", "KR"], "twice"),
        (("addressees", "members"), [1], "no text"),
        (("sharing", "members"), ["jp", "ex"], "alphabet"),
        (("sharing", "owner"), "jp", "owned"),
        (("sharing", "marking"), "TLP:WHITE", "none of"),
        (("issued",), "2026-11-26 00:00:00Z", "no time"),
        (("issued",), "2026-02-30T00:00:00Z", "no time"),
        (("issued",), "2026-11-26T00:00:00+00:00", "no time"),
        (("expires",), "2026-11-26T00:00:00Z", "ends before"),
        (("rule", "members"), 1, "2 to"),
        (("rule", "own"), 1, "2 to"),
        (("rule", "others"), 0, "1 to"),
        (("rule", "lapses_hours"), 72, "lapses"),
        (("rule", "cooling_hours"), 0, "1 to"),
        (("rule", "cooling_hours"), 169, "1 to"),
        (("rule", "members"), 3, "2 to"),  # as many others must release
        (("directory",), "sha256:" + "A" * 64, "hash"),
    ],
)
def test_an_order_that_is_not_as_it_must_be_is_refused(path, value, why):
    with pytest.raises(SignatureError, match=why):
        order_from(change(order_document(ORDER), path, value))


def test_one_member_alone_cannot_write_itself_more_than_72_hours():
    emergency = replace(ORDER, kind=OrderKind.EMERGENCY, rule=Rule(lapses_hours=72))
    assert order_document(emergency)
    with pytest.raises(SignatureError, match="1 to 72"):
        order_document(replace(emergency, rule=Rule(lapses_hours=73)))


def test_nor_is_a_document_written_of_one():
    for order in (
        replace(ORDER, kind=OrderKind.EMERGENCY),
        replace(ORDER, rule=Rule(members=1)),
        replace(ORDER, targets=(Target(ACCOUNT.upper()),)),
        replace(ORDER, targets=list(ORDER.targets)),
    ):
        with pytest.raises(SignatureError):
            order_document(order)


@pytest.mark.parametrize(
    ("said", "path", "value", "why"),
    [
        (Said.CONCUR, ("reason",), "because", "releases and refusals"),
        (Said.RELEASE, ("reason",), "", "characters"),
        (Said.CONCUR, ("targets",), [ACCOUNT], "releases only"),
        (Said.RELEASE, ("targets",), [ACCOUNT, ACCOUNT], "twice"),
        (Said.RELEASE, ("targets",), ["eip155:1:0x" + "A1" * 20], "spelling"),
        (Said.CONCUR, ("said",), "agree", "none of"),
        (Said.CONCUR, ("order_hash",), None, "hash"),
        (Said.CONCUR, ("seq",), 1, "not known"),
    ],
)
def test_a_statement_that_is_not_as_it_must_be_is_refused(said, path, value, why):
    with pytest.raises(SignatureError, match=why):
        statement_from(change(statement_document(statement(said, "kr1")), path, value))


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        (("previous",), "sha256:" + "0" * 64, "null in the first"),
        (("threshold",), 0, "1 to"),
        (("members", 0, "key"), "AQ" + "A" * 41, "no public key"),
        (("members", 0, "founding"), 1, "true nor false"),
        (("members", 0, "country"), "XX", "3166"),
        (("members", 0, "email"), "", "not known"),
        (("revoked",), [{"kid": "a", "at": DAY, "reason": "x"}], "characters"),
    ],
)
def test_a_directory_that_is_not_as_it_must_be_is_refused(path, value, why):
    with pytest.raises(SignatureError, match=why):
        directory_from(change(directory_document(FIRST), path, value))


def test_directories_and_bundles_come_back():
    assert read_directory(canonical(directory_document(FIRST))) == FIRST
    whole = bundle(say(Said.PROPOSE, "kr1"), later=(signed(following()),))
    whole = replace(whole, head="a.b.c", proof={"leaf": 1})
    assert read_bundle(write_bundle(whole)) == whole
    with pytest.raises(SignatureError, match="canonical"):
        read_bundle(write_bundle(whole) + b" ")


@given(st.datetimes(datetime(2000, 1, 1), datetime(2999, 12, 31)))
def test_a_time_is_its_text(at):
    assert moment(stamp(at.replace(tzinfo=UTC))) == at.replace(tzinfo=UTC)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda of: st.lists(of, max_size=3) | st.dictionaries(st.text(max_size=5), of, max_size=3),
    max_leaves=8,
)
DOCUMENTS = [
    order_document(ORDER),
    statement_document(statement(Said.RELEASE, "kr1")),
    directory_document(FIRST),
    parse(write_bundle(bundle(say(Said.PROPOSE, "kr1"), later=(signed(following()),)))),
]


@st.composite
def spoilt(draw, documents=tuple(DOCUMENTS)):
    """A good document with something odd at one place in it."""
    document = draw(st.sampled_from(documents))
    path: list[object] = []
    part: object = document
    while isinstance(part, dict | list) and part and draw(st.booleans() | st.just(True)):
        step = draw(st.sampled_from(sorted(part) if isinstance(part, dict) else range(len(part))))
        path.append(step)
        part = part[step]
    return change(document, tuple(path), draw(JSON))


@given(JSON | spoilt())
def test_no_value_ends_in_anything_but_a_document_or_a_refusal(value):
    for reader in READERS:
        with suppress(SignatureError):
            reader(value)


@given(spoilt(DOCUMENTS[-1:]))
def test_a_bundle_with_an_odd_place_is_refused_or_proves_no_more(value):
    with suppress(SignatureError):
        verified = verify_bundle(bundle_from(value), PIN)
        assert verified.order == ORDER
        assert verified.tally.members in ((), ("kr",))
