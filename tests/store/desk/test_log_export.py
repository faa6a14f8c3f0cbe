"""The export, checked by the script that ships with the docs, in a Python without Stanch."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.errors import InvariantError
from stanch.store.desk import log
from stanch.store.desk.log_export import export
from tests.conftest import ROOT
from tests.store.desk.desk_log import Desk, DeskKey, b64, entry, stamp

SCRIPT = ROOT / "docs" / "verify_log.py"


def exported(desk):
    with desk.engine.begin() as connection:
        stream = io.BytesIO()
        export(connection, stream)
        return stream.getvalue().splitlines(keepends=True)


def outside(desk):
    with desk.engine.begin() as connection:
        return [jws for _, jws in log.heads(connection)]


class Auditor:
    """Runs the script as an auditor does: isolated, with no package at hand."""

    def __init__(self, folder: Path):
        self.folder = folder

    def __call__(self, lines, *options, kept=()):
        file = self.folder / "export.jsonl"
        file.write_bytes(b"".join(lines))
        if kept:
            heads = self.folder / "heads"
            heads.write_text("\n".join(kept))
            options = (*options, "--heads", str(heads))
        command = [sys.executable, "-I", "-S", str(SCRIPT), str(file), *options]
        self.ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert "Traceback" not in self.ran.stderr
        return self.ran.returncode

    @property
    def first_bad(self):
        last = self.ran.stdout.splitlines()[-1]
        return int(last.removeprefix("first bad entry: ")) if "first bad" in last else None


@pytest.fixture
def audit(tmp_path):
    return Auditor(tmp_path)


def test_an_export_holds_lines_heads_and_key():
    desk = Desk().fill(2, 1)
    lines = [json.loads(line) for line in exported(desk)]
    assert [line["entry"]["n"] for line in lines[:3]] == [1, 2, 3]
    assert [line["head"] for line in lines[3:5]] == outside(desk)
    assert lines[5] == {"desk": "desk_1", "format": "stanch-log@1", "key": desk.key.text}


def test_the_script_cannot_see_stanch(audit):
    command = [sys.executable, "-I", "-S", "-c", "import stanch"]
    assert b"No module named" in subprocess.run(command, capture_output=True, check=False).stderr
    assert "stanch" not in [
        word
        for line in SCRIPT.read_text().splitlines()
        if line.startswith(("import ", "from "))
        for word in line.split()
    ]


@pytest.mark.parametrize("sizes", [(), (1,), (3, 3, 5), (1,) * 17])
def test_a_whole_log_is_whole(audit, sizes):
    desk = Desk().fill(*sizes)
    assert audit(exported(desk), "--key", desk.key.text, kept=outside(desk)) == 0
    assert audit.ran.stdout.startswith(f"whole: {sum(sizes)} entries")


def test_without_a_key_from_elsewhere_it_warns(audit):
    assert audit(exported(Desk().fill(2))) == 0
    assert "give --key" in audit.ran.stdout


def test_any_text_survives(audit):
    desk = Desk()
    odd = {"text": '\x00","leaf":"' + "0" * 64 + '"}\u2028\n{"entry":', "\U0001f600": [None]}
    with desk.write() as connection:
        log.append(connection, entry(said=odd))
    assert audit(exported(desk), "--key", desk.key.text) == 0


@pytest.mark.parametrize("n", [1, 4, 10])
def test_each_way_of_tampering_names_the_first_bad_entry(audit, n):
    desk = Desk().fill(3, 3, 5)
    lines, key = exported(desk), ("--key", desk.key.text)
    other = lines[n - 1].replace(b"person_1", b"person_2")
    for tampered in [
        [*lines[: n - 1], other, *lines[n:]],  # changed
        [*lines[: n - 1], lines[n - 1].replace(b'"at"', b'"to"'), *lines[n:]],
        [*lines[: n - 1], lines[n - 1][:-20] + b"\n", *lines[n:]],
        [*lines[: n - 1], *lines[n:]],  # deleted
        [*lines[: n - 1], lines[10], *lines[n - 1 :]],  # put between
        [*lines[: n - 1], lines[n], lines[n - 1], *lines[n + 1 :]],  # changed places
    ]:
        assert audit(tampered, *key) == 1
        assert audit.first_bad == n


def test_a_change_that_fits_its_hash_is_found_by_the_signed_heads(audit):
    desk = Desk().fill(3, 3, 5)
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("update log set person = 'nobody' where n = 5")
        leaf = log.entries(connection, 4, 1)[0].leaf()
        connection.exec_driver_sql("update log set leaf = ? where n = 5", (leaf,))
    assert audit(exported(desk), "--key", desk.key.text) == 1
    assert audit.first_bad == 4
    assert "entries 4 to 6 are not those that the desk signed" in audit.ran.stdout


def test_a_log_cut_short_is_found_by_its_heads_or_by_those_kept_outside(audit):
    desk = Desk().fill(3, 3, 5)
    lines, kept = exported(desk), outside(desk)
    key = ("--key", desk.key.text)
    assert audit([*lines[:6], *lines[11:]], *key) == 1
    assert audit.first_bad == 7
    short = [*lines[:6], *lines[11:13], lines[-1]]
    assert audit(short, *key) == 0
    assert audit(short, *key, kept=kept) == 1
    assert audit.first_bad == 7


def test_a_fork_is_found_by_heads_kept_outside(audit):
    desk, fork = Desk().fill(3, 3), Desk().fill(3)
    with fork.write(stamp(9)) as connection:
        log.append(connection, entry(9))
    with fork.write(stamp(20)) as connection:
        for second in (20, 21):
            log.append(connection, entry(second))
    lines = exported(fork)
    assert audit(lines, "--key", desk.key.text) == 0
    assert audit(lines, "--key", desk.key.text, kept=outside(desk)) == 1
    assert audit.first_bad == 4


def test_entries_without_a_signed_head_are_not_vouched_for(audit):
    desk = Desk().fill(3, 2)
    lines = exported(desk)
    assert audit([*lines[:6], lines[-1]], "--key", desk.key.text) == 1
    assert audit.first_bad == 4
    assert audit([*lines[:5], lines[-1]], "--key", desk.key.text) == 1
    assert audit.first_bad == 1


def test_another_key_and_another_desk_vouch_for_nothing(audit):
    desk = Desk().fill(3)
    lines = exported(desk)
    assert audit(lines, "--key", DeskKey(2).text) == 1
    assert audit.first_bad == 1
    assert "not signed with the desk's key" in audit.ran.stdout
    assert audit([*lines[:-1], lines[-1].replace(b"desk_1", b"desk_2")]) == 1
    assert "another desk" in audit.ran.stdout
    other = desk.key.sign({"desk": "desk_1", "size": 3, "root": ""}, "stanch-snapshot@1")
    assert audit(lines, "--key", desk.key.text, kept=[other, "a.b.c", "x"]) == 1
    assert audit.ran.stdout.count("does not hold") == 3


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [b"{}\n"],
        [b'{"desk":"d"}\n'],
        [b'{"desk":"d","format":"stanch-log@1","key":"AA"}\n'],
        [b'{"desk":"d","format":"stanch-log@1","key":"!!"}\n'],
        [b'{"desk":"d","format":"stanch-log@1","key":7}\n'],
        [b'{"desk":'],
        [b"\xff\n"],
        [b'{"head":7}\n', b'{"desk":'],
    ],
)
def test_what_is_no_export_is_refused(audit, lines):
    assert audit(lines) == 2
    assert audit.ran.stderr.startswith("cannot verify: ")


def test_a_tampered_log_is_exported_as_it_is(audit):
    desk = Desk().fill(4)
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("update log set said = 'no json' where n = 2")
        connection.exec_driver_sql("update log set leaf = 'no hash' where n = 4")
    assert audit(exported(desk), "--key", desk.key.text) == 1
    assert audit.first_bad == 2
    assert "entry 4" in audit.ran.stdout


def test_an_export_must_name_its_desk():
    desk = Desk()
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("delete from desk")
        with pytest.raises(InvariantError, match="desk"):
            export(connection, io.BytesIO())


@pytest.fixture(scope="module")
def script():
    names = {"__name__": "verify_log"}
    exec(compile(SCRIPT.read_text(), str(SCRIPT), "exec"), names)
    return names


def test_its_signatures_are_those_of_rfc_8032(script):
    """Section 7.1, tests 1 and 2."""
    for public, message, signature in [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
            "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
            "458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
    ]:
        key = script["Key"](b64(bytes.fromhex(public)))
        raw, said = bytes.fromhex(signature), bytes.fromhex(message)
        assert key.signed(said, raw)
        assert not key.signed(said + b"x", raw)
        grown = int.from_bytes(raw[32:], "little") + script["ORDER"]  # the same number, not reduced
        assert not key.signed(said, raw[:32] + grown.to_bytes(32, "little"))


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=40), st.data())
@settings(max_examples=60)
def test_its_signatures_are_those_of_openssl(script, seed, message, data):
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = private.public_key().public_bytes_raw(), private.sign(message)
    key = script["Key"](b64(public))
    assert key.signed(message, signature)
    at, bit = data.draw(st.integers(0, 63)), data.draw(st.integers(0, 7))
    bent = bytes(byte ^ (1 << bit if place == at else 0) for place, byte in enumerate(signature))
    with pytest.raises(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(public).verify(bent, message)
    assert not key.signed(message, bent)
