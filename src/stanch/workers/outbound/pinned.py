"""A transport of httpx that connects to one address and believes one name.

The request keeps the name: in its Host header, in TLS (server name, and the certificate must be
for it). Only the connection is made to the address, which was checked before. Between the check
and the connection nobody asks DNS again, so no second answer can lead elsewhere.
"""

import ssl

import httpx

from stanch.errors import InvariantError
from stanch.formats.outbound.address import Destination
from stanch.formats.outbound.public import Address


class Pinned(httpx.AsyncBaseTransport):
    """One connection to `address` for `to`; any other request is refused."""

    def __init__(self, to: Destination, address: Address, trust: ssl.SSLContext) -> None:
        """Open nothing yet."""
        self._to, self._address = to, address
        self._inner = httpx.AsyncHTTPTransport(verify=trust, trust_env=False, retries=0)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send to the address what was meant for the name. Raises what httpx raises."""
        asked = httpx.URL(self._to.url)
        if (request.url.scheme, request.url.raw_host, request.url.port) != (
            asked.scheme,
            asked.raw_host,
            asked.port,
        ):
            raise InvariantError("a transport for one host was asked for another")
        extensions = {**request.extensions, "sni_hostname": self._to.host}
        return await self._inner.handle_async_request(
            httpx.Request(
                request.method,
                request.url.copy_with(host=str(self._address)),
                headers=request.headers,
                stream=request.stream,
                extensions=extensions,
            )
        )

    async def aclose(self) -> None:
        """Close the connection."""
        await self._inner.aclose()
