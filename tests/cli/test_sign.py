"""`stanch sign` and `stanch verify`: what people read, sign and prove, without a network."""

import json
from dataclasses import replace

import pytest

from stanch.errors import InputError, SignatureError, UsageError
from stanch.formats.signed.bundle import write_bundle
from stanch.formats.signed.canonical import canonical
from stanch.formats.signed.order import order_document
from stanch.formats.signed.verdict import check_statement
from stanch.model.desk.orders import Said
from tests.cli.test_key import WORDS, put, run
from tests.client.bundles import DESK, STRANGER, made
from tests.client.test_orders import BOTH, REVOKED
from tests.formats.signed.tiny import ACCOUNT, ORDER, PIN, SECOND, bundle, chain, say, signed


@pytest.fixture
def place(tmp_path):
    (tmp_path / "words").write_text(WORDS)
    (tmp_path / "order.json").write_bytes(canonical(order_document(ORDER)) + b"\n")
    put(tmp_path / "kr1.pem", "kr1")
    return tmp_path


def sign(place, *more, words=("--yes",), **given):
    return run(
        "sign", place / "order.json", "--key", place / "kr1.pem", "--person", "kr1",
        "--member", "kr", "--out", place / "said.jws",
        "--passphrase-file", place / "words", *words, *more, **given,
    )  # fmt: skip


def test_what_is_signed_is_said_in_words_and_holds(place):
    done = sign(place, "--say", "propose")
    assert done.exit_code == 0, done.exception
    for part in (
        "kr1 of kr proposes that this order come into force",
        f"{ACCOUNT}: {3 * 10**30} of the smallest unit of eip155:1/slip44:60",
        "전자금융거래법",
        f"trace: sha256:{'0' * 64}",
        f"'a.csv', rows 1, 7, sha256 {'1' * 64}",
        "to: ex, all in SC; TLP:AMBER, also shown to ex, jp",
        "in force with 2 founding members",
        "released by 2 people of kr and 1 founding members beside it, 24 hours later",
    ):
        assert part in done.output
    statement = check_statement((place / "said.jws").read_text().strip(), ORDER, chain())
    assert (statement.said, statement.person) == (Said.PROPOSE, "kr1")


def test_who_does_not_ask_for_an_order_does_not_propose_it(place):
    done = sign(place, "--say", "propose", "--member", "jp")
    assert isinstance(done.exception, UsageError)
    assert str(done.exception) == "kr asks for this order, and proposes it; others concur"
    assert not (place / "said.jws").exists()


def test_a_release_of_one_account_alone(place):
    done = sign(place, "--say", "release", "--reason", "an error", "--account", SECOND)
    assert f"releases: {SECOND}\n  because: 'an error'" in done.output
    statement = check_statement((place / "said.jws").read_text().strip(), ORDER, chain())
    assert statement.targets == (SECOND,)


def test_nothing_is_signed_without_a_yes(place):
    done = sign(place, "--say", "propose", words=(), input="\n")
    assert done.exit_code == 1
    assert not (place / "said.jws").exists()


def test_an_older_statement_is_not_written_over(place):
    (place / "said.jws").write_text("older")
    assert isinstance(sign(place, "--say", "propose").exception, UsageError)
    assert (place / "said.jws").read_text() == "older"


@pytest.mark.parametrize(
    "more",
    [
        ("--say", "bless"),
        ("--say", "release"),
        ("--say", "propose", "--reason", "because"),
        ("--say", "propose", "--account", SECOND),
        ("--say", "release", "--reason", "x", "--account", "eip155:1:0x" + "c3" * 20),
        ("--say", "propose", "--directory", "sha256:0"),
        ("--say", "release", "--reason", "turned \u202e round"),
    ],
)
def test_what_cannot_be_said(place, more):
    done = sign(place, *more)
    assert isinstance(done.exception, UsageError)
    assert not (place / "said.jws").exists()


def test_an_order_cannot_forge_lines_of_what_is_shown(place):
    order = replace(ORDER, legal_reference="Act 1\norder order_2, version 1, of desk other")
    (place / "order.json").write_bytes(canonical(order_document(order)))
    done = sign(place, "--say", "propose")
    assert [each[:13] for each in done.output.splitlines()].count("order order_2") == 0


@pytest.mark.parametrize(
    "edit", [(b":1,", b": 1,"), (b"{", b'{"id":"x",'), (b"order@1", b"order@2")]
)
def test_an_order_in_another_spelling_is_refused(place, edit):
    file = place / "order.json"
    file.write_bytes(file.read_bytes().replace(*edit))
    done = sign(place, "--say", "propose")
    assert isinstance(done.exception, InputError)
    assert not (place / "said.jws").exists()


def verify(place, *statements, pin=PIN, at="2026-11-27T00:00:00Z"):
    (place / "bundle.json").write_bytes(write_bundle(bundle(*statements)))
    return run("verify", place / "bundle.json", "--pin", pin, "--at", at, "--json")


def test_a_bundle_in_force(place):
    done = verify(place, say(Said.PROPOSE, "kr1"), say(Said.CONCUR, "jp1"))
    found = json.loads(done.output)
    assert (found["state"], found["held"]) == ("concurred", [ACCOUNT, SECOND])
    plain = run("verify", place / "bundle.json", "--pin", PIN, "--at", "2027-01-01T00:00:00Z")
    assert "it holds 0 accounts" in plain.output


def test_one_hand_holds_nothing(place):
    found = json.loads(verify(place, say(Said.PROPOSE, "kr1"), say(Said.CONCUR, "kr2")).output)
    assert (found["state"], found["held"]) == ("proposed", [])


def test_a_forged_hand_and_another_pin(place):
    real = say(Said.PROPOSE, "kr1")
    forged = say(Said.CONCUR, "jp1").rpartition(".")[0] + "." + real.rpartition(".")[2]
    assert isinstance(verify(place, real, forged).exception, SignatureError)
    done = verify(place, real, pin="sha256:" + "0" * 64)
    assert isinstance(done.exception, SignatureError)
    assert done.output == ""


def test_a_key_that_was_stolen_since_counts_by_the_log_alone(place):
    (place / "bundle.json").write_bytes(made(*BOTH, later=(signed(REVOKED),)))
    words = ("verify", place / "bundle.json", "--pin", PIN, "--at", "2026-11-28T00:00:00Z")
    assert "does not count: concur of jp1" in run(*words).output
    assert "it holds 2 accounts" in run(*words, "--desk-key", DESK.public.text).output
    other = run(*words, "--desk-key", STRANGER.public.text)
    assert isinstance(other.exception, SignatureError)
    assert isinstance(run(*words, "--desk-key", "x").exception, UsageError)
