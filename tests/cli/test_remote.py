"""`stanch directory send` and `stanch audit head`, against a desk that runs."""

import json
from dataclasses import replace

import pytest

from stanch.app.signing.documents import version_in, write_version
from stanch.errors import SignatureError, UsageError
from stanch.formats.signed.directory import directory_hash, sign_directory
from stanch.model.desk.directory import Version
from tests.cli.test_key import WORDS, run
from tests.live_world import live_world


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with live_world(tmp_path_factory.mktemp("live")) as world:
        yield world


@pytest.fixture(autouse=True)
def reached(world, monkeypatch):
    monkeypatch.setenv("STANCH_SERVER", world.desk.url)
    monkeypatch.setenv("STANCH_API_KEY", world.people["kr"].api_key)
    monkeypatch.setenv("STANCH_PIN", world.pin)
    monkeypatch.setenv("STANCH_DESK_KEY", world.desk.key)
    monkeypatch.setenv("STANCH_MEMBER", world.people["kr"].member)


def test_a_directory_of_the_administrators_own_is_refused(world, tmp_path):
    forged = tmp_path / "2.json"
    before = world.directory
    made = replace(before, version=2, previous=directory_hash(before))
    only = world.offline[world.people["kr"].member]
    write_version(forged, Version(made, (sign_directory(only, made),)))
    sent = run("directory", "send", forged)
    assert isinstance(sent.exception, SignatureError)
    assert "is signed by 1 founding members" in str(sent.exception)


def test_a_next_directory_is_made_signed_and_handed_in(world, tmp_path):
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    write_version(first, Version(world.directory))
    stolen = world.people["kr2"].key.kid
    revoked = f'[[revoked]]\nkid = "{stolen}"\nat = "2026-11-26T19:03:00Z"\nreason = "stolen"\n'
    (tmp_path / "changes.toml").write_text(revoked)
    (tmp_path / "words").write_text(WORDS)
    run("directory", "next", first, tmp_path / "changes.toml", "--out", second)
    assert isinstance(run("directory", "send", second).exception, SignatureError)
    for member, key in world.offline.items():
        pem = tmp_path / f"{member}.pem"
        pem.write_text(key.to_pem(WORDS))
        pem.chmod(0o600)
        words = ("--yes", "--passphrase-file", tmp_path / "words")
        assert run("directory", "sign", second, "--key", pem, *words).exit_code == 0
    sent = run("directory", "send", second)
    name = directory_hash(version_in(second).directory)
    assert sent.output == f"version 2: {name}\n"
    with world.client("upbeat") as desk:
        assert desk.directory().hashes[-1] == name


def test_heads_are_kept_and_proved(world, tmp_path):
    state = ("--state", tmp_path / "state")
    first = run("audit", "head", *state)
    assert first.exit_code == 0, first.exception
    run("case", "open", "one more")
    found = json.loads(run("audit", "head", *state, "--json").output)
    assert found["head"] != first.output.strip()
    (tmp_path / "heads").write_text(f"{first.output}{found['head']}\n")
    done = run("audit", "verify", "--desk", world.folder / "desk", "--heads", tmp_path / "heads")
    assert "held to 2 heads" in done.output


def test_a_desk_of_another_key_or_pin(tmp_path, monkeypatch, world):
    other = world.people["jp"].key.public.text
    done = run("audit", "head", "--state", tmp_path / "state", "--desk-key", other)
    assert isinstance(done.exception, SignatureError)
    done = run("audit", "head", "--state", tmp_path / "s", "--pin", "sha256:" + "0" * 64)
    assert isinstance(done.exception, SignatureError)
    assert isinstance(
        run("audit", "head", "--state", tmp_path / "s", "--desk-key", "x").exception, UsageError
    )
