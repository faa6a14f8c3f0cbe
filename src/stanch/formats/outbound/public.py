"""Is this address on the public Internet, whatever spelling or tunnel it comes in? Pure.

Sources: the IANA special-purpose address registries (RFC 6890 and what followed), RFC 6052 (NAT64),
RFC 3056 (6to4), RFC 4380 (Teredo), RFC 5214 (ISATAP). What is not known to be public is not.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Python's `is_global` follows the registries of its own version, and calls these public, or did.
_NOT_V4: Final = tuple(
    map(
        IPv4Network,
        (
            "192.0.0.0/24",  # protocol assignments; 192.0.0.9 is the router nearest to us
            "192.31.196.0/24",  # AS112: answers for private addresses, run by anyone near
            "192.52.193.0/24",  # AMT relays, likewise
            "192.88.99.0/24",  # 6to4 relays, withdrawn
            "192.175.48.0/24",  # AS112
            "168.63.129.16/32",  # looks public, but is the host beneath a machine at Azure
        ),
    )
)
_NOT_V6: Final = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4
            "2620:4f:8000::/48",  # AS112
            "3fff::/20",  # documentation
        ),
    )
)
_UNICAST: Final = IPv6Network("2000::/3")  # all that IANA gives out; also leaves site-local out
_NAT64: Final = IPv6Network("64:ff9b::/96")
_ISATAP: Final = (0x00005EFE, 0x02005EFE)


def read(text: str) -> Address | None:
    """An address as a resolver answers it; None where it has a zone (`%eth0`) or is none."""
    try:
        return None if "%" in text else ip_address(text)
    except ValueError:
        return None


def is_public(address: Address) -> bool:
    """Whether a host anywhere could have this address, and reaching it leaves the desk's network.

    6to4 and Teredo are refused whatever is inside: a tunnel that the desk's own host may end leads
    into its network, and both are withdrawn (RFC 7526). Addresses in NAT64 and ISATAP are as
    public as the IPv4 address in them; IPv4-mapped ones are not used on a wire, so never public.
    """
    if isinstance(address, IPv4Address):
        return _is_public_v4(address)
    if address in _NAT64:
        return _is_public_v4(_last_32(address))
    if address not in _UNICAST or any(address in network for network in _NOT_V6):
        return False
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP and not _is_public_v4(_last_32(address)):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _is_public_v4(address: IPv4Address) -> bool:
    return (
        address.is_global
        and not (address.is_multicast or address.is_reserved)
        and not any(address in network for network in _NOT_V4)
    )


def _last_32(address: IPv6Address) -> IPv4Address:
    return IPv4Address(int(address) & 0xFFFFFFFF)
