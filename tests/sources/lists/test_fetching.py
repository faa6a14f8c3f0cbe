"""Fetching over HTTP, from a server that misbehaves in every way."""

import pytest
from tests.sources.lists.server import Answer

from stanch.errors import InputError
from stanch.sources.lists.fetching import Known, Limits, fetch, shown

PLENTY = Limits(5, 1 << 20)
BODY = b"<list/>" * 10_000


def get(server, folder, path="/lists/un.xml", known=Known(), limits=PLENTY):  # noqa: B008
    return fetch(server.url + path, folder, known, limits)


def test_a_file_under_the_name_it_has_there(server, tmp_path):
    server.answers["/lists/un.xml"] = Answer(BODY, headers={"ETag": '"1"', "Last-Modified": "Mon"})
    file, known = get(server, tmp_path, "/lists/un.xml?key=secret")
    assert (file, file.read_bytes()) == (tmp_path / "un.xml", BODY)
    assert known == Known('"1"', "Mon")


def test_the_server_is_asked_whether_it_changed(server, tmp_path):
    server.answers["/lists/un.xml"] = Answer(BODY, headers={"ETag": '"1"'})
    _, known = get(server, tmp_path)
    assert get(server, tmp_path, known=known) is None
    assert server.asked[-1]["If-None-Match"] == '"1"'
    server.answers["/lists/un.xml"] = Answer(BODY + b"x", headers={"ETag": '"2"'})
    file, _ = get(server, tmp_path, known=known)
    assert file.read_bytes() == BODY + b"x"


def test_last_modified_is_sent_back(server, tmp_path):
    server.answers["/lists/un.xml"] = Answer(BODY)
    get(server, tmp_path, known=Known(modified="Mon, 01 Jan 2024 00:00:00 GMT"))
    assert server.asked[-1]["If-Modified-Since"] == "Mon, 01 Jan 2024 00:00:00 GMT"
    assert server.asked[-1]["User-Agent"].startswith("stanch/")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(b"no", status=500), "the server answered 500"),
        (Answer(b"no", status=404), "the server answered 404"),
        (Answer(b"", status=304), "the server answered 304"),  # though nothing was asked
        (Answer(BODY, cut=1_000), "cannot be fetched"),
        (Answer(bytes(3 << 20)), "is larger than 1 MiB"),
        (Answer(b"", status=302, headers={"Location": "/other"}), "which is not https"),
        (
            Answer(b"", status=302, headers={"Location": "https://127.0.0.1:1/x"}),
            "cannot be fetched",
        ),
    ],
)
def test_what_is_no_list_is_an_error(server, tmp_path, answer, why):
    server.answers["/lists/un.xml"] = answer
    with pytest.raises(InputError, match=why) as caught:
        get(server, tmp_path, "/lists/un.xml?key=secret")
    assert "secret" not in str(caught.value)
    assert caught.value.file == server.url + "/lists/un.xml"


def test_a_server_that_says_nothing(server, tmp_path):
    server.answers["/lists/un.xml"] = Answer(BODY, pause=2)
    with pytest.raises(InputError, match=r"no answer within 0\.2 seconds"):
        get(server, tmp_path, limits=Limits(0.2, 1 << 20))


def test_a_server_that_never_ends(server, tmp_path):
    server.answers["/lists/un.xml"] = Answer(BODY, drip=0.05)
    with pytest.raises(InputError, match="not whole after 2 seconds"):
        get(server, tmp_path, limits=Limits(0.1, 1 << 20))


def test_no_server(server, tmp_path):
    with pytest.raises(InputError, match="cannot be fetched"):
        fetch("http://127.0.0.1:1/un.xml", tmp_path, Known(), PLENTY)
    with pytest.raises(InputError, match="cannot be fetched"):
        fetch("http://[::1/un.xml", tmp_path, Known(), PLENTY)


def test_a_file_without_a_name(server, tmp_path):
    server.answers["/"] = Answer(BODY)
    file, _ = get(server, tmp_path, "/")
    assert file.name == "download"


def test_addresses_are_shown_without_what_is_secret():
    assert shown("https://me:pw@example.org/a?key=1#x") == "https://example.org/a"
