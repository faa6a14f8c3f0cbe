"""A transport by which partners' servers are asked: to public addresses and allowed ranges alone.

A member names the server, so it is trusted as little as a webhook's receiver: its host is resolved
once, each address checked, and the connection made to one of these.
"""

from dataclasses import dataclass, field
from typing import Final

import httpx

from stanch.errors import RefusedError, UnreachableError
from stanch.formats.outbound.address import Destination, allowed_addresses, destination
from stanch.formats.outbound.public import Address
from stanch.workers.outbound.names import resolved
from stanch.workers.outbound.policy import Policy
from stanch.workers.outbound.sender import MOST_ADDRESSES

_NOWHERE: Final = (
    "its server is at no address that this desk may go to: https on port 443 or 8443 of a public "
    "one, or within a range that `stanch serve --reach` names"
)


@dataclass(slots=True)
class Guarded(httpx.BaseTransport):
    """Connects to the one server that it is asked for first; another is refused."""

    policy: Policy
    _to: Destination | None = None
    _addresses: tuple[Address, ...] = ()
    _inner: httpx.HTTPTransport = field(init=False)

    def __post_init__(self) -> None:
        """Open nothing yet."""
        self._inner = httpx.HTTPTransport(verify=self.policy.trust, trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send to an address what was meant for the name. Raises UnreachableError, and what httpx
        raises.
        """
        to = self._settled(request.url)
        failure: httpx.TransportError | None = None
        for address in self._addresses:
            try:
                return self._inner.handle_request(_turned(request, to, address))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failure = error  # nothing has left: the next address may have it
        raise failure or httpx.ConnectError("no address")

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()

    def _settled(self, url: httpx.URL) -> Destination:
        try:
            to = destination(f"{url.scheme}://{url.netloc.decode('ascii')}/", self.policy.reach)
            if self._to is None:
                answers = resolved(to, self.policy)
                self._addresses = allowed_addresses(to, answers, self.policy.reach)
                self._addresses = self._addresses[:MOST_ADDRESSES]
                self._to = to
        except RefusedError:
            raise UnreachableError(_NOWHERE) from None
        if to != self._to:
            raise UnreachableError("a transport for one server was asked for another")
        return to


def _turned(request: httpx.Request, to: Destination, address: Address) -> httpx.Request:
    return httpx.Request(
        request.method,
        request.url.copy_with(host=str(address)),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": to.host},
    )
