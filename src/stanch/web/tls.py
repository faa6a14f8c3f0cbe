"""TLS spoken by the desk itself: its certificate, its key, and what of TLS is spoken.

Source of the ciphers left out: RFC 7540, Appendix A (TAXII 2.1, section 8.2.2).
"""

import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from stanch.app.private_file import read_private
from stanch.errors import UsageError

# Of TLS 1.2: what agrees on a new key for each connection, and seals and proves in one. TLS 1.3
# has nothing else.
CIPHERS: Final = "ECDHE+AESGCM:ECDHE+CHACHA20"
_MOST: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Certificate:
    """Files in PEM: the certificate, followed by those between it and the root, and its key."""

    chain: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        """TLS 1.2 and 1.3 with this certificate. Raises UsageError where a file cannot be read, the
        key is one that others can read or has a passphrase, or the two do not belong together.
        """
        read_private(self.key, "have a certificate made for a new key", _MOST)
        _readable(self.chain)
        found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        found.minimum_version = ssl.TLSVersion.TLSv1_2
        found.set_ciphers(CIPHERS)
        found.options |= ssl.OP_NO_RENEGOTIATION
        try:
            found.load_cert_chain(self.chain, self.key, self._passphrase)
        except ssl.SSLError as error:
            why = error.reason or "is not in PEM"
            raise UsageError(
                f"{self.chain}, {self.key}: no certificate with its key, both in PEM ({why})"
            ) from None
        return found

    def _passphrase(self) -> NoReturn:
        """Nobody sits before a server to be asked for one."""
        raise UsageError(f"{self.key}: has a passphrase; a server's key has none")


def of_options(chain: Path | None, key: Path | None) -> Certificate | None:
    """Both files or none. Raises UsageError for one alone."""
    if chain is None and key is None:
        return None
    if chain is None or key is None:
        raise UsageError("TLS takes both --tls-cert and --tls-key")
    return Certificate(chain, key)


def _readable(file: Path) -> None:
    try:
        with file.open("rb"):
            return
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
