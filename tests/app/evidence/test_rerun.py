"""A trace in a bundle is run again on the receiver's own ledger: the same bytes, or named."""

import json
import re

import pytest

from stanch.app.evidence.trust import Again, Trust
from stanch.app.evidence.verifying import is_evidence, verify
from stanch.errors import SignatureError, UsageError
from tests.app.evidence.traced import ROWS, THIEF, evidence, ledger, manifest, trace
from tests.formats.signed.tiny import PIN

TRUST = Trust((PIN,))


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    """A folder with a ledger and two traces on it, of a seed and of a file of seeds."""
    folder = tmp_path_factory.mktemp("evidence")
    ledger(folder)
    trace(folder)
    trace(folder, seed_file=True)
    return folder


def again(there, *inputs, name="ledger"):
    return Again(there / name, inputs)


def test_a_trace_comes_to_the_same_bytes_again(there, tmp_path):
    labels, seeds = there / "labels.csv", there / "seeds.csv"
    file = evidence(tmp_path / "a.zip", there / "trace", labels)
    assert is_evidence(file)
    assert verify(file, TRUST, again(there))[1] == ["item-3"]
    without = evidence(tmp_path / "b.zip", there / "trace")
    assert verify(without, TRUST, again(there, labels))[1] == ["item-3"]
    of_file = evidence(tmp_path / "c.zip", there / "trace-of-file", labels, seeds)
    assert verify(of_file, TRUST, again(there))[1] == ["item-3"]
    assert verify(file, TRUST)[1] == []


def test_a_table_that_was_changed_is_named(there, tmp_path):
    """By a maker who signs what it changed: only the ledger tells."""
    ends = (there / "trace" / "endpoints.csv").read_bytes()
    file = evidence(tmp_path / "a.zip", there / "trace", there / "labels.csv",
                    endpoints_csv=ends.replace(b"70", b"60", 1))  # fmt: skip
    assert verify(file, TRUST)[0].held.member == "jp"
    with pytest.raises(SignatureError, match=r"item-3: run again, .* endpoints\.csv$"):
        verify(file, TRUST, again(there))
    other = evidence(tmp_path / "b.zip", there / "trace", there / "labels.csv",
                     manifest_json=manifest(there / "trace", stanch="0.0.1"))  # fmt: skip
    with pytest.raises(SignatureError, match=r"manifest\.json; it was made by stanch '0\.0\.1'"):
        verify(other, TRUST, again(there))
    method = evidence(tmp_path / "c.zip", there / "trace", there / "labels.csv",
                      manifest_json=manifest(there / "trace", method="lifo@1"))  # fmt: skip
    with pytest.raises(SignatureError, match=r"gives other bytes: flows\.csv"):
        verify(method, TRUST, again(there))


def test_another_ledger_and_what_is_missing_are_said(there, tmp_path):
    file = evidence(tmp_path / "a.zip", there / "trace")
    with pytest.raises(UsageError, match=r"needs labels\.csv, sha256 \w+: name it with --input"):
        verify(file, TRUST, again(there))
    ledger(there, ROWS.replace("70.00", "71.00"), "other")
    with pytest.raises(UsageError, match=r"not the ledger of this trace: .*'ledger\.csv'"):
        verify(file, TRUST, again(there, there / "labels.csv", name="other"))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"inputs": []}, "other bytes"),
        ({"parameters": {}}, "is no manifest"),
        ({"method": "nonsense@1"}, "cannot be run again"),
        ({"seeds": [{"account": "/etc/passwd", **dict.fromkeys(
            ("tx", "time", "asset", "amount", "incident"))}]}, "cannot be"),
        ({"seeds": [{"account": f"{THIEF},x", **dict.fromkeys(
            ("tx", "time", "asset", "amount", "incident"))}]}, "cannot be stated again"),
        ({"seeds": "x"}, "is no manifest"),
    ],
)  # fmt: skip
def test_a_manifest_that_an_enemy_wrote_leads_nowhere(there, tmp_path, changed, why):
    file = evidence(tmp_path / "a.zip", there / "trace", there / "labels.csv",
                    manifest_json=manifest(there / "trace", **changed))  # fmt: skip
    with pytest.raises(SignatureError, match=why):
        verify(file, TRUST, again(there))


@pytest.mark.parametrize("name", ["../../labels.csv", "/etc/passwd", "..", "a\\b", ""])
def test_no_name_in_a_manifest_is_used_as_a_path(there, tmp_path, name):
    said = json.loads((there / "trace" / "manifest.json").read_bytes())
    inputs = [
        each | ({"name": name} if each["role"] == "labels" else {}) for each in said["inputs"]
    ]
    file = evidence(tmp_path / "a.zip", there / "trace", there / "labels.csv",
                    manifest_json=manifest(there / "trace", inputs=inputs))  # fmt: skip
    with pytest.raises(SignatureError, match=re.escape(f"{name[:80]!r} is no plain name")):
        verify(file, TRUST, again(there))


def test_what_is_no_bundle_is_said_in_a_line(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and nonsense")
    assert is_evidence(tmp_path / "a.zip")
    with pytest.raises(SignatureError, match=r"a\.zip: is no bundle"):
        verify(tmp_path / "a.zip", TRUST)
    with pytest.raises(UsageError, match="cannot be read"):
        verify(tmp_path / "none.zip", TRUST)
    with pytest.raises(UsageError, match="--desk-key"):
        verify(tmp_path / "a.zip", Trust((PIN,), ("nonsense",)))
