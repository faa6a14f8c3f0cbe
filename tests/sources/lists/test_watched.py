"""The file that says where lists come from."""

import os

import pytest

from stanch.errors import InputError, UsageError
from stanch.sources.lists.watched import watched_lists


def watched(folder, text):
    (folder / "sources.toml").write_text(text)
    return watched_lists(folder)


def touch(folder, *names):
    for number, name in enumerate(names):
        (folder / name).write_text(name)
        os.utime(folder / name, (number, number))


def test_lists_come_in_the_order_of_the_file(tmp_path):
    un, sdn = watched(
        tmp_path,
        '[[list]]\nkind = "un"\nurl = "https://example.org/un.xml"\n'
        '[[list]]\nname = "sdn"\nkind = "ofac-csv"\npath = ["sdn*", "alt*"]\nnewest = true\n',
    )
    assert (un.name, un.urls, un.paths, un.newest) == (
        "un",
        ("https://example.org/un.xml",),
        (),
        False,
    )
    assert (sdn.name, sdn.kind.name, sdn.paths, sdn.newest) == (
        "sdn", "ofac-csv", ("sdn*", "alt*"), True,
    )  # fmt: skip


def test_all_files_of_each_pattern_or_the_newest(tmp_path):
    touch(tmp_path, "sdn-2.csv", "sdn-1.csv", "alt.csv", "sdn-3.csv.part", ".sdn-4.csv")
    text = '[[list]]\nkind = "ofac-csv"\npath = ["sdn*", "alt*"]\n'
    (every,) = watched(tmp_path, text)
    assert [each.name for each in every.files()] == ["sdn-1.csv", "sdn-2.csv", "alt.csv"]
    (newest,) = watched(tmp_path, text + "newest = true\n")
    assert [each.name for each in newest.files()] == ["sdn-1.csv", "alt.csv"]


def test_a_pattern_that_finds_nothing(tmp_path):
    (one,) = watched(tmp_path, '[[list]]\nkind = "un"\npath = "*.xml"\n')
    with pytest.raises(InputError, match="un: no file matches"):
        one.files()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "must hold"),
        ("x = 1\n", "must hold"),
        ("[list]\nkind = 'un'\n", "must hold"),
        ("[[list]]\nname = 'x'\n", "list 1: has no kind"),
        ("[[list]]\nkind = 'x'\npath = 'a'\n", "no kind of list x"),
        ("[[list]]\nkind = 'un'\n", "either path or url"),
        ("[[list]]\nkind = 'un'\npath = 'a'\nurl = 'https://a'\n", "either path or url"),
        ("[[list]]\nkind = 'un'\npath = 1\n", "path is neither text"),
        ("[[list]]\nkind = 'un'\npath = ''\n", "path is neither text"),
        ("[[list]]\nkind = 'un'\nurl = 'ftp://a'\n", "no http or https"),
        ("[[list]]\nkind = 'un'\nurl = 'file:///etc/passwd'\n", "no http or https"),
        ("[[list]]\nkind = 'un'\npath = 'a'\nnewest = 1\n", "newest is neither true"),
        ("[[list]]\nkind = 'un'\npath = 'a'\netag = 'x'\n", "'etag' is not known"),
        ("[[list]]\nkind = 'un'\npath = 'a'\nname = 1\n", "name is not text"),
        ("[[list]]\nkind = 'un'\npath = 'a'\n[[list]]\nkind = 'un'\npath = 'b'\n", "un twice"),
        ("[[list", "is not TOML"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, text, why):
    with pytest.raises(UsageError, match=why):
        watched(tmp_path, text)


def test_no_file(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        watched_lists(tmp_path)
