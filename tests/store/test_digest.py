"""What a file is, told by its bytes."""

import hashlib

import pytest

from stanch.errors import UsageError
from stanch.store.digest import digest, files_digests


def test_a_digest_names_no_folder(tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes(b"abc")
    found = digest(file)
    assert (found.name, found.size) == ("a.csv", 3)
    assert found.sha256 == hashlib.sha256(b"abc").hexdigest()


def test_files_below_a_folder_come_in_order(tmp_path):
    for name in ("b", "a"):
        (tmp_path / "tags" / name).mkdir(parents=True)
        (tmp_path / "tags" / name / "x.yaml").write_text(name)
    names = [each["name"] for each in files_digests([tmp_path / "tags"])]
    assert names == ["tags/a/x.yaml", "tags/b/x.yaml"]


def test_what_cannot_be_read_is_named(tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        digest(tmp_path / "nothing")
    with pytest.raises(UsageError, match="is a folder"):
        digest(tmp_path)
