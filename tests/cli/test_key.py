"""`stanch key`: keys in files, and what they certify."""

import json
import os

import pytest
from typer.testing import CliRunner

from stanch.cli import app
from stanch.errors import SignatureError, UsageError
from stanch.formats.signed.certificate import certificate_of, key_change_from
from stanch.formats.signed.jws import KEY_CHANGE, verify
from stanch.formats.signed.keys import PublicKey
from tests.formats.signed.tiny import PIN, key

WORDS = "correct horse battery"


def run(*words, **more):
    return CliRunner().invoke(app, list(map(str, words)), **more)


@pytest.fixture
def words(tmp_path):
    (tmp_path / "words").write_text(f"{WORDS}\n")
    return tmp_path / "words"


def put(file, name):
    file.write_text(key(name).to_pem(WORDS))
    file.chmod(0o600)
    return file


def test_a_new_key_is_its_owners_alone_and_shows_its_public_half(tmp_path, words):
    made = run("key", "new", tmp_path / "me.pem", "--passphrase-file", words, "--json")
    half = json.loads(made.output)
    assert PublicKey.from_text(half["public"]).kid == half["kid"]
    assert (tmp_path / "me.pem").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "me.pem").read_text().startswith("-----BEGIN ENCRYPTED PRIVATE KEY-----")
    shown = run("key", "show", tmp_path / "me.pem", "--passphrase-file", words)
    assert shown.output == f"kid     {half['kid']}\npublic  {half['public']}\n"


def test_the_passphrase_is_asked_for_twice_and_never_shown(tmp_path):
    made = run("key", "new", tmp_path / "me.pem", input=f"{WORDS}\n{WORDS}\n")
    assert made.exit_code == 0, made.exception
    assert WORDS not in made.output
    other = run("key", "new", tmp_path / "you.pem", input=f"{WORDS}\nanother one, longer\n")
    assert other.exit_code != 0
    assert not (tmp_path / "you.pem").exists()


def test_the_passphrase_from_a_descriptor(tmp_path):
    read, write = os.pipe()
    os.write(write, WORDS.encode())
    os.close(write)
    try:
        made = run("key", "new", tmp_path / "me.pem", "--passphrase-fd", read)
    finally:
        os.close(read)
    assert made.exit_code == 0, made.exception


def test_no_key_is_replaced_and_none_left_half(tmp_path, words):
    file = put(tmp_path / "me.pem", "kr")
    before = file.read_text()
    made = run("key", "new", file, "--passphrase-file", words)
    assert isinstance(made.exception, UsageError)
    assert file.read_text() == before
    words.write_text("short")
    assert isinstance(
        run("key", "new", tmp_path / "x", "--passphrase-file", words).exception, UsageError
    )
    assert not (tmp_path / "x").exists()


def test_a_key_that_others_can_read_is_not_used(tmp_path, words):
    file = put(tmp_path / "me.pem", "kr")
    file.chmod(0o640)
    shown = run("key", "show", file, "--passphrase-file", words)
    assert isinstance(shown.exception, UsageError)
    assert "others can read it" in str(shown.exception)


def test_a_wrong_passphrase_and_no_key_are_one_answer(tmp_path, words):
    file = put(tmp_path / "me.pem", "kr")
    words.write_text("not the passphrase")
    wrong = run("key", "show", file, "--passphrase-file", words).exception
    file.write_text("no key")
    none = run("key", "show", file, "--passphrase-file", words).exception
    assert isinstance(wrong, SignatureError)
    assert str(wrong) == str(none)


@pytest.mark.parametrize("text", ["", "\n", "two\nlines", "x" * 1025])
def test_what_is_no_passphrase(tmp_path, words, text):
    words.write_text(text)
    made = run("key", "new", tmp_path / "me.pem", "--passphrase-file", words)
    assert isinstance(made.exception, UsageError)


CERTIFY = ("--desk", "desk", "--member", "kr", "--person", "kr1")


def test_a_member_certifies_an_approver(tmp_path, words):
    member, public = put(tmp_path / "kr.pem", "kr"), key("kr1").public.text
    said = ("--from", "2026-01-01T00:00:00Z", "--days", 10)
    made = run(
        "key", "certify", public, "--key", member, *CERTIFY, *said, "--passphrase-file", words
    )
    certificate = certificate_of(made.output.strip(), key("kr").public)
    assert (certificate.person, certificate.key) == ("kr1", public)
    assert certificate.until == "2026-01-11T00:00:00Z"
    assert certificate.roles == {"approver"}


@pytest.mark.parametrize(
    ("more", "error"),
    [(("--role", "king"), UsageError), (("--from", "today"), UsageError)],
)
def test_no_certificate_of_nonsense(tmp_path, words, more, error):
    member, public = put(tmp_path / "kr.pem", "kr"), key("kr1").public.text
    made = run(
        "key", "certify", public, "--key", member, *CERTIFY, *more, "--passphrase-file", words
    )
    assert isinstance(made.exception, error)
    assert "eyJ" not in made.output


def test_no_certificate_for_what_is_no_key(tmp_path, words):
    member = put(tmp_path / "kr.pem", "kr")
    made = run("key", "certify", "A" * 43, "--key", member, *CERTIFY, "--passphrase-file", words)
    assert isinstance(made.exception, SignatureError)


def test_a_change_of_a_members_key(tmp_path, words):
    old = put(tmp_path / "kr.pem", "kr")
    made = run(
        *("key", "change", "--old", key("kr").public.text, "--new", key("new").public.text),
        *("--key", old, "--desk", "desk", "--directory", PIN, "--member", "kr"),
        *("--passphrase-file", words),
    )
    said = key_change_from(verify(made.output.strip(), KEY_CHANGE, key("kr").public))
    assert (said.old, said.new) == (key("kr").public.text, key("new").public.text)
