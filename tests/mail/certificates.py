"""Certificates and keys of a moment, as files."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

__all__ = ["Authority", "certificate_of_itself", "key_file"]

Key = rsa.RSAPrivateKey


def key_file(path: Path, bits: int = 2048) -> Path:
    """A new RSA key."""
    path.write_bytes(_pem(rsa.generate_private_key(65537, bits)))
    return path


class Authority:
    """Who signs certificates; its own is in the file `ca`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ca = folder, folder / "ca.pem"
        self._key = rsa.generate_private_key(65537, 2048)
        self._name = _name("A test's authority")
        made = _builder(self._name, self._name, self._key, 10).add_extension(x509.BasicConstraints(True, None), True)
        made = made.add_extension(x509.KeyUsage(*(False,) * 5, True, *(False,) * 3), True)
        self._certificate = made.sign(self._key, hashes.SHA256())
        self.ca.write_bytes(self._certificate.public_bytes(Encoding.PEM))

    def pem(self, host: str = "127.0.0.1", days: int = 10) -> bytes:
        """A server's certificate for this host until so many days from now, and its key."""
        key = rsa.generate_private_key(65537, 2048)
        made = _builder(_name(host), self._name, key, days).add_extension(_for_host(host), False)
        return _pem(key) + made.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM)

    def server(self, host: str = "127.0.0.1", days: int = 10) -> ssl.SSLContext:
        """A server's TLS, with such a certificate."""
        return _context(self.folder, self.pem(host, days))


def certificate_of_itself(folder: Path, host: str = "127.0.0.1") -> tuple[Path, ssl.SSLContext]:
    """A self-signed certificate, and a server's TLS with it."""
    key, path = rsa.generate_private_key(65537, 2048), folder / "itself.pem"
    made = _builder(_name(host), _name(host), key, 10).add_extension(_for_host(host), False)
    certificate = made.sign(key, hashes.SHA256())
    path.write_bytes(certificate.public_bytes(Encoding.PEM))
    return path, _context(folder, path.read_bytes() + _pem(key))


def _builder(subject: x509.Name, issuer: x509.Name, key: Key, days: int) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number())
    return made.not_valid_before(now - timedelta(days=30)).not_valid_after(now + timedelta(days=days))


def _for_host(host: str) -> x509.SubjectAlternativeName:
    name = x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
    return x509.SubjectAlternativeName([name])


def _context(folder: Path, pem: bytes) -> ssl.SSLContext:
    path = folder / f"{hash(pem)}.pem"
    path.write_bytes(pem)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    return context


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _pem(key: Key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
