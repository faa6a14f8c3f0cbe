"""Which URLs the desk may send to. Pure: no test here asks DNS or opens a connection."""

from ipaddress import IPv4Address, ip_address, ip_network

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stanch.errors import RefusedError
from stanch.formats.outbound.address import Reach, allowed_addresses, destination
from stanch.formats.outbound.public import is_public

WORLD = Reach()
TESTS = Reach((ip_network("127.0.0.1/32"),))


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("https://hooks.example", "https://hooks.example/"),
        ("HTTPS://Hooks.EXAMPLE:443/A?b=%2F", "https://hooks.example/A?b=%2F"),
        ("https://hooks.example:8443/a@b:c", "https://hooks.example:8443/a@b:c"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://거래소.example/", "https://xn--v69ap5so3h.example/"),
        ("https://हिन्दी.example/", "https://xn--j2bd4cyah0f.example/"),
        ("https://8.8.8.8/", "https://8.8.8.8/"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
    ],
)
def test_good_urls_have_one_spelling(url: str, read: str) -> None:
    assert destination(url, WORLD).url == read


BAD = [
    "http://hooks.example/",
    "ftp://hooks.example/",
    "file:///etc/passwd",
    "//hooks.example/",
    "https:hooks.example/",
    "https:///hooks.example/",
    " https://hooks.example/",
    "https://hooks.example/\n",
    "https://hooks.example/a b",
    "https://hooks.example/\u00fc",
    "https://hooks.example/%zz",
    "https://hooks.example/#inside",
    # userinfo, and what other readers take for its end
    "https://user@hooks.example/",
    "https://user:pass@hooks.example/",
    "https://hooks.example@10.0.0.1/",
    "https://hooks.example\\@10.0.0.1/",
    "https://10.0.0.1\\.hooks.example/",
    "https://hooks.example%40127.0.0.1/",
    "https://hooks.example\t.evil/",
    "https://hooks.example\u200b/",
    # ports
    "https://hooks.example:80/",
    "https://hooks.example:0443/",
    "https://hooks.example:/",
    "https://hooks.example:65536/",
    "https://hooks.example:+443/",
    "https://hooks.example:４４３/",
    # addresses that do not look like one
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://017700000001/",
    "https://0177.0.0.1/",
    "https://127.1/",
    "https://127.0.0.01/",
    "https://8.8.8.8./",
    "https://8.8.2056/",
    "https://a.b.0x/",
    "https://127。0。0。1/",
    "https://127．0．0．1/",
    "https://①②⑦.⓪.⓪.①/",
    "https://8.8.8.８/",
    # addresses that are not public
    "https://127.0.0.1/",
    "https://0.0.0.0/",
    "https://10.1.2.3/",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.100.100.200/",
    "https://168.63.129.16/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::ffff:8.8.8.8]/",
    "https://[fe80::1]/",
    "https://[fe80::1%25eth0]/",
    "https://[fd00:ec2::254]/",
    "https://[64:ff9b::a9fe:a9fe]/",
    "https://[2002:7f00:1::]/",
    "https://[2606:4700:0::1111]/",
    "https://[2606:4700::1111/",
    "https://2606:4700::1111/",
    # names that are none
    "https://hooks.example./",
    "https://hooks..example/",
    "https://-hooks.example/",
    "https://hooks_1.example/",
    "https://℀.example/",
    f"https://{'a' * 64}.example/",
    f"https://{'a.' * 126}abc/",
    f"https://hooks.example/{'a' * 2000}",
    "",
]


@pytest.mark.parametrize("url", BAD)
def test_bad_urls_are_refused(url: str) -> None:
    with pytest.raises(RefusedError):
        destination(url, WORLD)


def test_a_range_opens_itself_and_nothing_else() -> None:
    assert destination("http://127.0.0.1:9/", TESTS).url == "http://127.0.0.1:9/"
    for url in ("http://127.0.0.2/", "http://8.8.8.8/", "https://8.8.8.8:9/", "https://[::1]/"):
        with pytest.raises(RefusedError):
            destination(url, TESTS)
    for url in ("http://hooks.example/", "https://hooks.example:22/"):
        to = destination(url, TESTS)
        assert allowed_addresses(to, ["127.0.0.1"], TESTS) == (IPv4Address("127.0.0.1"),)
        for answers in (["8.8.8.8"], ["127.0.0.1", "8.8.8.8"], ["::ffff:127.0.0.1"], []):
            with pytest.raises(RefusedError):
                allowed_addresses(to, answers, TESTS)


PRIVATE = [
    *("0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.31.255.255"),
    *("192.0.0.9", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1"),
    *("198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::8.8.8.8", "::ffff:8.8.8.8", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1"),
    *("64:ff9b::169.254.169.254", "64:ff9b:1::8.8.8.8", "100::1", "2001::1", "2001:1::1"),
    *("2001:0:808:808::1", "2001:db8::1", "2002:808:808::1", "2002:a00:1::1", "3fff::1"),
    *("5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1"),
    *("2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:127.0.0.1"),
]


@pytest.mark.parametrize("text", PRIVATE)
def test_addresses_that_are_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    "text",
    ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "2a00:1450::1", "64:ff9b::8.8.8.8", "172.32.0.1"],
)
def test_addresses_that_are_public(text: str) -> None:
    assert is_public(ip_address(text))


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_no_tunnel_is_more_public_than_what_is_in_it(inner: IPv4Address) -> None:
    assert is_public(ip_address(f"64:ff9b::{inner}")) == is_public(inner)
    assert not is_public(ip_address(f"::ffff:{inner}"))
    assert not is_public(ip_address((0x2002 << 112) | (int(inner) << 80) | 1))
    assert not is_public(ip_address((0x20010000 << 96) | (0xFFFFFFFF ^ int(inner))))


# What URLs are cheated with, in any order, around names and addresses.
PIECES = st.sampled_from(
    [
        *"/?#@:\\.%[]-_ \t\r\n0x\u3002\uff0e\u200b",
        *("https", "http", "://", "127.0.0.1", "hooks.example", "2130706433", "::1", "8.8.8.8"),
        *("bücher", "%2e", "443", ":22", "user:pass", "localhost"),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)), st.booleans())
@example("hooks.example@127.0.0.1/", True)
def test_whatever_is_taken_is_read_alike_by_the_one_who_sends(text: str, begun: bool) -> None:
    """Taken or refused, nothing else; and httpx finds in it the very same parts."""
    try:
        to = destination("https://" * begun + text, WORLD)
    except RefusedError:
        return
    sent = httpx.URL(to.url)
    assert (sent.scheme, to.scheme, sent.userinfo, sent.fragment) == ("https", "https", b"", "")
    assert sent.raw_host.decode("ascii") == to.host
    assert (sent.port or 443) == to.port
    assert to.port in WORLD.ports
    assert sent.raw_path.decode("ascii").startswith("/")
    assert to.literal is None or is_public(to.literal)
    assert destination(to.url, WORLD) == to


@given(st.integers(0, 2**32 - 1))
def test_a_number_in_another_base_is_never_an_address(number: int) -> None:
    high, low = number >> 24, number & 0xFFFFFF
    for host in (str(number), hex(number), f"0{number:o}", f"{high}.{low}", f"{high:#x}.0{low:o}"):
        with pytest.raises(RefusedError):
            destination(f"https://{host}/", WORLD)
