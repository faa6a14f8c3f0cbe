"""Bundles that an enemy wrote: refused with a reason before anything is unpacked."""

import io
import stat
import struct
import zipfile

import pytest

from stanch.errors import SignatureError
from stanch.formats.evidence import archive
from stanch.formats.evidence.archive import Archive

FILES = {"case.json": b"{}", "files/item-1": bytes(range(256)) * 50, "empty": b""}


def zipped(*entries: tuple[zipfile.ZipInfo | str, bytes]) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for info, data in entries:
            made.writestr(info, data)
    return stream


def info(name: str = "a", mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name)
    found.external_attr, found.compress_type = mode << 16, method
    return found


def test_what_is_written_is_read_and_the_same_files_give_the_same_bytes():
    first, second = io.BytesIO(), io.BytesIO()
    archive.write(first, FILES)
    archive.write(second, dict(reversed(FILES.items())))
    assert first.getvalue() == second.getvalue()
    assert first.getvalue().startswith(archive.MAGIC)
    found = Archive(first)
    assert {name: found.read(name, 1 << 20) for name in found.names} == FILES
    with pytest.raises(SignatureError, match="longer than 10 bytes"):
        found.read("files/item-1", 10)
    with pytest.raises(SignatureError, match="lacks other"):
        found.read("other", 10)


@pytest.mark.parametrize(
    "name",
    ["../up", "/etc/passwd", "a/../b", "a//b", "a\\b", "C:a", "a/", ".hidden", "a/.b", "", "a\nb",
     "é", "a" * 101, "a/b/c/d/e", "..", "a b"],
)  # fmt: skip
def test_a_name_that_could_lead_elsewhere_is_refused(name):
    with pytest.raises(SignatureError, match="is no name of a file"):
        Archive(zipped((info(name), b"")))
    with pytest.raises(SignatureError, match="is no name of a file"):
        archive.write(io.BytesIO(), {name: b""})


def test_a_name_with_a_zero_byte_is_refused():
    stream = zipped(("aXb", b"data"))
    with pytest.raises(SignatureError, match="is no name"):
        Archive(io.BytesIO(stream.getvalue().replace(b"aXb", b"a\0b")))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO, stat.S_IFCHR])
def test_links_folders_and_devices_are_refused(kind):
    with pytest.raises(SignatureError, match="a link or no plain file"):
        Archive(zipped((info("a", kind | 0o777), b"/etc/passwd")))


def test_other_packings_and_encryption_are_refused():
    with pytest.raises(SignatureError, match="packed in a way"):
        Archive(zipped((info("a", method=zipfile.ZIP_LZMA), b"x" * 99)))
    data = bytearray(zipped(("a", b"data")).getvalue())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(SignatureError, match="encrypted"):
        Archive(io.BytesIO(bytes(data)))


def test_a_bomb_is_refused_by_what_it_says_and_by_what_it_does():
    with pytest.raises(SignatureError, match="unpacks to 1,000 times its size"):
        Archive(zipped(("a", bytes(20 << 20))))
    one = zipped(("a", bytes(2 << 20))).getvalue()
    at = one.index(b"PK\x01\x02")
    small = bytearray(one)
    struct.pack_into("<L", small, at + 24, 10)  # the table of contents says ten bytes
    found = Archive(io.BytesIO(bytes(small)))
    with pytest.raises(SignatureError, match="a is damaged"):
        found.read("a", 1 << 20)


def test_too_much_in_all_and_too_many_files_are_refused(monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 100)
    with pytest.raises(SignatureError, match="unpacks to more than 100"):
        Archive(zipped(("a", b"x" * 60), ("b", b"x" * 60)))
    monkeypatch.setattr(archive, "MOST_FILES", 1)
    with pytest.raises(SignatureError, match="more than 1 files"):
        Archive(zipped(("a", b""), ("b", b"")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_named_twice_is_refused():
    with pytest.raises(SignatureError, match="names a file twice"):
        Archive(zipped(("a", b"1"), ("a", b"2")))


@pytest.mark.parametrize("cut", [0, 10, 40, -1, -30])
def test_what_is_cut_off_or_damaged_is_no_bundle(cut):
    stream = io.BytesIO()
    archive.write(stream, FILES)
    with pytest.raises(SignatureError):
        Archive(io.BytesIO(stream.getvalue()[:cut] if cut else b"PK\x03\x04nonsense"))
    broken = bytearray(stream.getvalue())
    broken[40] ^= 0xFF
    with pytest.raises(SignatureError):
        _all(bytes(broken))


def _all(data: bytes) -> list[bytes]:
    found = Archive(io.BytesIO(data))
    return [found.read(name, 1 << 20) for name in found.names]
