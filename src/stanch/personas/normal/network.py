"""Addresses on the Internet, and the network about each."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network


def ip(text: str) -> str:
    """The address. Raises ValueError for what is none, or what every network has inside."""
    try:
        found = ip_address(text)
    except ValueError:
        raise ValueError("is no IP address") from None
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if found.is_loopback or found.is_link_local or found.is_unspecified or found.is_multicast:
        raise ValueError("is no address of the Internet")
    if isinstance(found, IPv4Address) and found.is_private and not _for_examples(found):
        raise ValueError("is an address within a house, which every house has")
    return str(found)


_EXAMPLES = [ip_network(each) for each in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")]


def _for_examples(found: IPv4Address) -> bool:
    """Those of documentation (RFC 5737), in which examples and simulations are written."""
    return any(found in each for each in _EXAMPLES)


def ip_net(text: str) -> str:
    """The /24 or /48 about an address in its one form.

    >>> ip_net("198.51.100.7"), ip_net("2001:db8:1:2::3")
    ('198.51.100.0/24', '2001:db8:1::/48')
    """
    if ":" not in text:
        return f"{text.rpartition('.')[0]}.0/24"
    return str(ip_network(f"{text}/48", strict=False))
