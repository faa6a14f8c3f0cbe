"""An authority of the tests' own, and what it vouches for: this machine's address."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Files:
    """In PEM: whom to trust, the certificate, and its key, which its owner alone can read."""

    authority: Path
    certificate: Path
    key: Path

    @property
    def words(self) -> tuple[str, ...]:
        """As options of `stanch serve`."""
        return ("--tls-cert", str(self.certificate), "--tls-key", str(self.key))


def vouched(folder: Path) -> Files:
    """A certificate for 127.0.0.1 by an authority that nobody else knows."""
    root, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    name, issuer = _name("desk"), _name("authority of a test")
    authority = (
        _begun(issuer, issuer, root)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(root, hashes.SHA256())
    )
    here = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    certificate = (
        _begun(name, issuer, own).add_extension(here, critical=False).sign(root, hashes.SHA256())
    )
    files = Files(folder / "authority.pem", folder / "desk.pem", folder / "desk.key")
    pem = serialization.Encoding.PEM
    files.authority.write_bytes(authority.public_bytes(pem))
    files.certificate.write_bytes(certificate.public_bytes(pem))
    files.key.touch(0o600)
    files.key.write_bytes(private(own))
    return files


def private(key: ec.EllipticCurvePrivateKey, passphrase: bytes = b"") -> bytes:
    """A key in PEM."""
    sealed = (
        serialization.BestAvailableEncryption(passphrase)
        if passphrase
        else serialization.NoEncryption()
    )
    kind = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, kind, sealed)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _begun(
    name: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
    )
