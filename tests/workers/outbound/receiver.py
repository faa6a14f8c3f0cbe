"""A real server on the loopback that answers as badly as a test wants, and certificates for it."""

import contextlib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from socket import SHUT_RDWR, create_server, socket
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

Answer = Callable[[socket], None]


@dataclass
class Receiver:
    """Where it listens, the requests that came whole, and how many knocked."""

    address: str
    port: int
    requests: list[bytes] = field(default_factory=list)
    knocks: int = 0
    names: list[str | None] = field(default_factory=list)  # asked for in TLS

    def headers(self, place: int = 0) -> dict[str, str]:
        head = self.requests[place].partition(b"\r\n\r\n")[0].decode("ascii")
        return {
            name.lower(): value
            for name, _, value in (line.partition(": ") for line in head.split("\r\n")[1:])
        }

    def body(self, place: int = 0) -> bytes:
        return self.requests[place].partition(b"\r\n\r\n")[2]


def says(*pieces: bytes) -> Answer:
    """Answer with these bytes."""
    return lambda line: line.sendall(b"".join(pieces))


OK = says(b"HTTP/1.1 204 No Content\r\n\r\n")


@contextmanager
def listening(
    answer: Answer = OK,
    tls: ssl.SSLContext | None = None,
    address: str = "127.0.0.1",
    port: int = 0,
) -> Iterator[Receiver]:
    """Run a server until the block ends."""
    with create_server((address, port)) as server:
        server.settimeout(20)
        receiver = Receiver(address, server.getsockname()[1])
        if tls is not None:
            tls.sni_callback = lambda _, name, __: receiver.names.append(name)
        thread = Thread(target=_serve, args=(server, tls, answer, receiver), daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown(SHUT_RDWR)  # wakes the thread, which would hold the port
            thread.join()


def _serve(server: socket, tls: ssl.SSLContext | None, answer: Answer, to: Receiver) -> None:
    with contextlib.suppress(OSError):  # the test is over: its end closes the server
        while True:
            line, _ = server.accept()
            to.knocks += 1
            Thread(target=_one, args=(line, tls, answer, to), daemon=True).start()


def _one(line: socket, tls: ssl.SSLContext | None, answer: Answer, to: Receiver) -> None:
    with contextlib.suppress(OSError), line:
        line.settimeout(20)
        with tls.wrap_socket(line, server_side=True) if tls else line as talk:
            request = _request(talk)
            if request:
                to.requests.append(request)
                answer(talk)


def _request(talk: socket) -> bytes:
    heard = b""
    while b"\r\n\r\n" not in heard:
        piece = talk.recv(65536)
        if not piece:
            return b""
        heard += piece
    head, _, body = heard.partition(b"\r\n\r\n")
    length = next(
        int(line.partition(b":")[2])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    )
    while len(body) < length:
        body += talk.recv(65536)
    return head + b"\r\n\r\n" + body


@dataclass(frozen=True)
class Authority:
    """A certificate authority of one test."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def trust(self) -> ssl.SSLContext:
        """What a client that believes this authority alone has."""
        pem = self.certificate.public_bytes(Encoding.PEM).decode("ascii")
        return ssl.create_default_context(cadata=pem)

    def server(self, name: str, folder: Path, days: int = 1) -> ssl.SSLContext:
        """What a server has whose certificate is for `name`, a name or an address."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = _signed(self, name, key, days)
        file = folder / f"{name.replace(':', '_')}{days}.pem"
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(secret + made.public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def authority() -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Authority of a test")])
    made = (
        _builder(name, name, key, 1)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    return Authority(key, made)


def _signed(
    by: Authority, name: str, key: ec.EllipticCurvePrivateKey, days: int
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Receiver of a test")])
    try:
        alternative: x509.GeneralName = x509.IPAddress(ip_address(name))
    except ValueError:
        alternative = x509.DNSName(name)
    return (
        _builder(subject, by.certificate.subject, key, days)
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .sign(by.key, SHA256())
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, days: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=9))
        .not_valid_after(now + timedelta(days=days))
    )


DESK_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
