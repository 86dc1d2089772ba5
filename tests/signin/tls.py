"""TLS on this computer: a certificate authority made for the tests, and servers that it vouches for."""

import re
import socket
import socketserver
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from wsgiref.types import WSGIApplication

from cheroot import wsgi
from cheroot.ssl.builtin import BuiltinSSLAdapter
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HERE = ("localhost", "127.0.0.1")
_DAY = timedelta(days=1)
_STOPS_WITHIN = 20.0
_CLIENT_HELLO = b"\x16"


@dataclass(frozen=True)
class Identity:
    """The files of a server's certificate and of its key."""

    certificate: Path
    key: Path


class Authority:
    """A certificate authority that nobody knows but who is given its `file`."""

    def __init__(self, folder: Path) -> None:
        """Make its files in a folder."""
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Nobody's authority")])
        self.file = folder / "authority.pem"
        usage = dict.fromkeys(
            ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"), False
        )
        certificate = (
            self._certificate(self._name, self._key.public_key(), datetime.now(UTC) + _DAY)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(
                x509.KeyUsage(**usage, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False),
                critical=True,
            )
            .sign(self._key, SHA256())
        )
        self.file.write_bytes(certificate.public_bytes(Encoding.PEM))

    def issue(self, *hosts: str, until: datetime | None = None) -> Identity:
        """Vouch for a server with these names and addresses."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = [_general_name(host) for host in hosts]
        certificate = (
            self._certificate(x509.Name([]), key.public_key(), until or datetime.now(UTC) + _DAY)
            .add_extension(x509.SubjectAlternativeName(names), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .sign(self._key, SHA256())
        )
        files = (self._folder / f"{certificate.serial_number}.{kind}" for kind in ("certificate", "key"))
        identity = Identity(*files)
        identity.certificate.write_bytes(certificate.public_bytes(Encoding.PEM))
        identity.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return identity

    def _certificate(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey, until: datetime
    ) -> x509.CertificateBuilder:
        issuer = self._key.public_key()
        return (
            x509.CertificateBuilder(self._name, subject, key, x509.random_serial_number(), until - 2 * _DAY, until)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), critical=False)
        )


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


class Site:
    """A WSGI application over TLS; `app` is set when the port is known, and another one whenever a test likes."""

    def __init__(self, address: str) -> None:
        """Be nothing yet."""
        self.address = address
        self.app: WSGIApplication = _nothing_here


class _Server(wsgi.Server):
    def error_log(self, msg: str = "", level: int = 20, traceback: bool = False) -> None:
        """Say nothing: that clients turn away is what some tests are about."""


@contextmanager
def over_tls(identity: Identity, host: str = "localhost") -> Iterator[Site]:
    """Serve a site at a free port of this computer until the block ends."""
    server = _Server(("127.0.0.1", 0), None, numthreads=10)
    server.shutdown_timeout = 1
    server.expiration_interval = 0.05  # how soon it sees that it is stopped
    server.ssl_adapter = BuiltinSSLAdapter(str(identity.certificate), str(identity.key))
    server.prepare()
    site = Site(f"https://{host}:{server.bind_addr[1]}")
    server.wsgi_app = lambda environ, start: site.app(environ, start)
    thread = Thread(target=server.serve, name="site")
    thread.start()
    try:
        yield site
    finally:
        server.stop()
        thread.join(_STOPS_WITHIN)


def _nothing_here(environ: object, start: Callable[..., object]) -> list[bytes]:
    start("404 Not Found", [])
    return [b""]


@dataclass(frozen=True)
class Asked:
    """A request on a connection; `over` is set when the test is, and is all that an answer may wait for."""

    line: str
    connection: socket.socket
    over: Event


@dataclass(frozen=True)
class Talker:
    """A server that says bytes, right or wrong; `asked` brings the first line of each request as it comes."""

    address: str
    asked: "SimpleQueue[str]"


Say = Callable[[Asked], object]


@contextmanager
def saying(say: Say, identity: Identity | None, host: str = "localhost") -> Iterator[Talker]:
    """Answer every request by `say` until the block ends; without an identity there is no TLS."""
    over, lines = Event(), SimpleQueue[str]()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if identity is not None:
        context.load_cert_chain(identity.certificate, identity.key)

    def talking(plain: socket.socket) -> socket.socket:
        return plain if identity is None else context.wrap_socket(plain, server_side=True)

    class Connection(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            plain: socket.socket = self.request
            plain.settimeout(_STOPS_WITHIN)
            # Whoever asked may be gone, or want nothing to do with our certificate.
            with suppress(OSError), talking(plain) as connection:
                line = _first_line(connection)
                lines.put(line)
                say(Asked(line, connection, over))

    class Server(socketserver.ThreadingTCPServer):
        request_queue_size = 32

        def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
            self.close_request(request)  # how a connection ends is up to `say`

    with Server(("127.0.0.1", 0), Connection) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,), name="talker")
        thread.start()
        try:
            yield Talker(f"{'http' if identity is None else 'https'}://{host}:{server.server_address[1]}", lines)
        finally:
            over.set()
            server.shutdown()
            thread.join(_STOPS_WITHIN)


def _first_line(connection: socket.socket) -> str:
    """Read a request to its end: a connection that is closed with something unread in it is broken."""
    said = b""
    while b"\r\n\r\n" not in said and not said.startswith(_CLIENT_HELLO) and (more := connection.recv(4096)):
        said += more
    head, _, body = said.partition(b"\r\n\r\n")
    length = re.search(rb"\r\ncontent-length: *([0-9]+)", head.lower())
    left = int(length[1]) - len(body) if length else 0
    while left > 0 and (more := connection.recv(left)):
        left -= len(more)
    return head.split(b"\r\n", 1)[0].decode("latin-1")


def forward(ports: Mapping[str, int]) -> Say:
    """Do what a forward proxy does after CONNECT; it finds every name on this computer, these at other ports."""

    def say(asked: Asked) -> None:
        host, _, port = asked.line.split(" ")[1].rpartition(":")
        with socket.create_connection(("127.0.0.1", ports.get(host, int(port))), _STOPS_WITHIN) as beyond:
            asked.connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = Thread(target=_pass_on, args=(beyond, asked.connection), name="back")
            back.start()
            _pass_on(asked.connection, beyond)
            back.join(_STOPS_WITHIN)

    return say


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while said := source.recv(16_384):
            sink.sendall(said)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
