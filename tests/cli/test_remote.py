"""`stanch directory` and `stanch audit`, against a desk that runs."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from stanch.app.signing.documents import version_in, write_version
from stanch.errors import ForbiddenError, NotFoundError, SignatureError, UsageError
from stanch.formats.signed.directory import directory_hash, sign_directory
from stanch.model.desk.directory import Version
from tests.cli.test_key import WORDS, run
from tests.docs.fences import ROOT
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


def test_versions_are_listed_taken_home_and_proved(world, tmp_path):
    listed = json.loads(run("directory", "list", "--json").output)
    assert [each["version"] for each in listed] == list(range(1, len(listed) + 1))
    first, newest = tmp_path / "1.json", tmp_path / "newest.json"
    told = run("directory", "get", 1, "--out", first)
    assert told.output.startswith(f"version 1 of {world.desk.id}: {world.pin}\nsignatures: 2\n")
    assert run("directory", "get", "--out", newest).exit_code == 0
    assert directory_hash(version_in(newest).directory) == listed[-1]["hash"]
    shown = run("directory", "list").output.splitlines()
    assert shown[0].split() == ["version", "created", "signatures", "hash"]
    assert shown[1].startswith("1  ")
    assert shown[1].split()[2:] == ["2", world.pin]
    assert run("directory", "list", "--after", len(listed)).output == "none\n"
    assert run("directory", "check", first, "--pin", world.pin).exit_code == 0
    none = run("directory", "get", 99, "--out", tmp_path / "99.json")
    assert isinstance(none.exception, NotFoundError)
    assert not (tmp_path / "99.json").exists()


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


def test_the_log_is_read_by_auditors_in_parts(world, monkeypatch):
    case = run("case", "open", "to be found").output.strip()
    rows = json.loads(run("audit", "entries", "--json").output)
    assert [each["n"] for each in rows] == list(range(1, len(rows) + 1))
    (opened,) = [each for each in rows if each["subject"] == case]
    shown = run("audit", "entries", "--after", opened["n"] - 1, "--most", 1).output
    head, row = shown.splitlines()
    assert head.split() == ["n", "at", "member", "person", "verb", "subject", "said"]
    assert row.split()[0] == str(opened["n"])
    assert row.split()[2] == world.people["kr"].member
    assert f"  case.opened  {case}  {{" in row
    monkeypatch.setenv("STANCH_API_KEY", world.people["upbeat"].api_key)
    assert isinstance(run("audit", "entries").exception, ForbiddenError)


def test_heads_of_the_desk_hold_its_log(world, tmp_path):
    run("case", "open", "one more")
    (tmp_path / "heads").write_text(run("audit", "heads", "--after", 3).output)
    found = json.loads(run("audit", "heads", "--after", 3, "--json").output)
    assert [each["head"] for each in found] == (tmp_path / "heads").read_text().split()
    assert all(each["size"] > 3 for each in found)
    done = run("audit", "verify", "--desk", world.folder / "desk", "--heads", tmp_path / "heads")
    assert f"held to {len(found)} heads" in done.output


def test_an_entry_is_proved_to_stand_in_the_log(world, tmp_path, monkeypatch):
    case = run("case", "open", "proved").output.strip()
    rows = json.loads(run("audit", "entries", "--json").output)
    n = next(each["n"] for each in rows if each["subject"] == case)
    state = ("--state", tmp_path / "state")
    found = json.loads(run("audit", "prove", n, *state, "--json").output)
    assert found["entry"] == rows[n - 1]
    assert run("audit", "head", *state).output.strip() == found["head"]
    shown = run("audit", "prove", n, *state).output.splitlines()
    assert case in shown[1]
    assert shown[2].startswith("stands in the log of ")
    none = run("audit", "prove", 10**9, *state)
    assert isinstance(none.exception, NotFoundError)
    assert run("audit", "prove", 0, *state).exit_code == 2
    other = world.people["jp"].key.public.text
    wrong = run("audit", "prove", n, "--state", tmp_path / "s", "--desk-key", other)
    assert isinstance(wrong.exception, SignatureError)


def test_the_log_is_taken_home_and_checked_without_stanch(world, tmp_path, monkeypatch):
    out, there = tmp_path / "log.jsonl", ("--server", world.desk.url)
    done = run("audit", "export", *there, "--out", out)
    assert done.output == f"{out.stat().st_size:,} bytes, written to {out}\n", done.exception
    verify = [sys.executable, str(ROOT / "docs" / "verify_log.py"), str(out)]
    checked = subprocess.run([*verify, "--key", world.desk.key], capture_output=True, check=False)
    assert checked.returncode == 0, checked.stdout
    monkeypatch.setenv("STANCH_API_KEY", world.people["jp"].api_key)  # no auditor
    refused = run("audit", "export", *there, "--out", tmp_path / "no.jsonl")
    assert isinstance(refused.exception, ForbiddenError)
    assert list(tmp_path.iterdir()) == [out]
