"""Opening the files of lists, whatever somebody made of them."""

import gzip
import os
import zipfile

import pytest

from stanch.errors import InputError, UsageError
from stanch.sources.lists.opening import opened

TEXT = "id,name\n1,김철수\n".encode()


def read(*paths, max_mib=1):
    with opened(paths, max_mib) as files:
        return [(each.name, each.stream.read()) for each in files]


def zipped(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def put(path, data):
    path.write_bytes(data)
    return path


def test_plain_gzip_and_zip_give_the_same(tmp_path):
    plain = put(tmp_path / "sdn.csv", TEXT)
    packed = put(tmp_path / "alt.csv.gz", gzip.compress(TEXT))
    archive = zipped(tmp_path / "all.zip", **{"in/add.csv": TEXT, "in/": b"", "__MACOSX/x": b"?"})
    assert read(plain, packed, archive) == [("sdn.csv", TEXT), ("alt.csv", TEXT), ("add.csv", TEXT)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_byte_order_mark_is_taken_off(tmp_path, pack):
    assert read(put(tmp_path / "a.csv", pack(b"\xef\xbb\xbf" + TEXT))) == [("a.csv", TEXT)]


def test_utf_16_is_left_to_xml_and_refused_elsewhere(tmp_path):
    xml = "<list/>".encode("utf-16")
    assert read(put(tmp_path / "a.xml", xml)) == [("a.xml", xml)]
    with pytest.raises(InputError, match="save it as UTF-8"):
        read(put(tmp_path / "a.csv", TEXT.decode().encode("utf-16")))


def test_a_workbook_stays_packed(tmp_path):
    book = zipped(tmp_path / "book.xlsx", **{"[Content_Types].xml": b"<Types/>", "a.xml": b"<a/>"})
    assert read(book) == [("book.xlsx", book.read_bytes())]


def test_what_is_too_large_is_refused(tmp_path):
    zeros = bytes(3 << 20)
    for path in (
        put(tmp_path / "a", zeros),
        put(tmp_path / "a.gz", gzip.compress(zeros)),
        zipped(tmp_path / "a.zip", a=zeros),
        zipped(tmp_path / "b.zip", a=zeros[: 1 << 20], b=zeros[: 1 << 20]),
        zipped(tmp_path / "a.xlsx", **{"[Content_Types].xml": zeros}),
    ):
        with pytest.raises(InputError, match="is larger than 1 MiB when unpacked"):
            read(path)


def test_a_zip_file_that_lies_about_its_size(tmp_path):
    path = zipped(tmp_path / "a.zip", a=bytes(3 << 20))
    lie = path.read_bytes().replace((3 << 20).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    with pytest.raises(InputError, match="damaged"):
        read(put(path, lie))
    book = zipped(tmp_path / "a.xlsx", mimetype=bytes(3 << 20)).read_bytes()
    lie = book.replace((3 << 20).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    with pytest.raises(InputError, match="damaged"):
        read(put(tmp_path / "a.xlsx", lie))


def test_files_cut_short_are_refused_as_a_whole(tmp_path):
    many = TEXT + os.urandom(100_000)
    with pytest.raises(InputError, match="gzip file is damaged or cut short"):
        read(put(tmp_path / "a.gz", gzip.compress(many)[:-5_000]))
    whole = zipped(tmp_path / "a.zip", a=many).read_bytes()
    with pytest.raises(InputError, match="zip file is damaged"):
        read(put(tmp_path / "a.zip", whole[:-5_000]))


def test_a_changed_byte_is_seen(tmp_path):
    packed = bytearray(gzip.compress(TEXT))
    packed[-8] ^= 1
    with pytest.raises(InputError, match="damaged"):
        read(put(tmp_path / "a.gz", bytes(packed)))


def test_an_encrypted_zip_file(tmp_path):
    data = bytearray(zipped(tmp_path / "a.zip", a=TEXT).read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InputError, match="packed in a way not read"):
        read(put(tmp_path / "a.zip", bytes(data)))


def test_archives_with_nothing_or_too_much_in_them(tmp_path):
    with pytest.raises(InputError, match="holds no files"):
        read(zipped(tmp_path / "a.zip"))
    with pytest.raises(InputError, match="more than 1,000 files"):
        read(zipped(tmp_path / "b.zip", **{f"{n}.csv": TEXT for n in range(1_001)}))


def test_what_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name, why in (("none", "no such file"), ("pipe", "no regular"), (".", "no regular")):
        with pytest.raises(UsageError, match=why):
            read(tmp_path / name)
