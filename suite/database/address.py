"""How a person names a server, and the address that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.engine import URL, make_url

DEFAULT_PORT = 5432
DRIVER = "postgresql+psycopg"


class Tls(StrEnum):
    """How much of TLS is asked for; the values are libpq's."""

    VERIFY = "verify-full"
    REQUIRE = "require"
    OFF = "disable"


@dataclass(frozen=True, kw_only=True)
class ServerAddress:
    """A PostgreSQL as the connect page asks for it.

    `hosts`: one or several names or addresses with commas between, each with `:port` where it has another
    port than `port`. `root`: a file with the certificate that is trusted; empty: those of the system.
    """

    hosts: str
    database: str
    login: str
    port: int = DEFAULT_PORT
    tls: Tls = Tls.REQUIRE
    root: str = ""

    @property
    def pairs(self) -> list[tuple[str, int]]:
        """Each host with its port. Raises ValueError for a port that is none."""
        found = []
        for part in self.hosts.replace("，", ",").split(","):
            name, colon, port = part.strip().rpartition(":")
            if not colon or (":" in name and not name.endswith("]")):
                name, port = part.strip(), str(self.port)  # no port, or a bare IPv6 address
            if name:
                found.append((name.strip("[]"), _port(port)))
        return found

    @property
    def url(self) -> str:
        """The SQLAlchemy URL, without a password. Raises ValueError for a port that is none."""
        query: dict[str, str | tuple[str, ...]] = {"sslmode": self.tls.value}
        if self.tls is Tls.VERIFY:
            query["sslrootcert"] = self.root or "system"
        if len(self.pairs) > 1:
            query["host"] = ",".join(name for name, _ in self.pairs)
            query["port"] = ",".join(str(port) for _, port in self.pairs)
            made = URL.create(DRIVER, self.login or None, database=self.database, query=query)
        else:
            name, port = (self.pairs or [("", self.port)])[0]
            made = URL.create(
                DRIVER, self.login or None, host=name, port=port, database=self.database, query=query
            )
        return made.render_as_string(hide_password=False)

    @classmethod
    def of(cls, url: str) -> ServerAddress | None:
        """What a URL names; None for another engine than PostgreSQL."""
        parsed = make_url(url)
        if parsed.get_backend_name() != "postgresql":
            return None
        hosts, ports = hosts_of(parsed)
        port = int(ports[0]) if ports else DEFAULT_PORT
        asked = str(parsed.query.get("sslmode", ""))
        root = str(parsed.query.get("sslrootcert", ""))
        return cls(
            hosts=", ".join(
                name if number == str(port) else f"{name}:{number}"
                for name, number in zip(hosts, ports, strict=True)
            ),
            port=port,
            database=parsed.database or "",
            login=parsed.username or "",
            tls=Tls(asked) if asked in set(Tls) else Tls.VERIFY if asked == "verify-ca" else Tls.REQUIRE,
            root="" if root == "system" else root,
        )


def hosts_of(url: URL) -> tuple[list[str], list[str]]:
    """The hosts of a URL and their ports, in whichever of the two forms it names several."""
    if "host" not in url.query:
        return ([url.host], [str(url.port or DEFAULT_PORT)]) if url.host else ([], [])
    named = _listed(url.query["host"])
    ports = _listed(url.query.get("port", ()))
    pairs = [name.rpartition(":") if ":" in name and not ports else (name, "", "") for name in named]
    hosts = [name or port for name, _, port in pairs]
    own = ports or [port for _, _, port in pairs]
    own = own * len(hosts) if len(own) == 1 else own
    return hosts, [port or str(DEFAULT_PORT) for port in own]


def keyring_name(url: URL) -> str:
    """Under which service a login's password is kept: its servers, whichever database of theirs it is."""
    hosts, ports = hosts_of(url)
    return "postgresql " + ",".join(f"{name}:{port}" for name, port in zip(hosts, ports, strict=True))


def _listed(value: str | tuple[str, ...]) -> list[str]:
    parts = (value,) if isinstance(value, str) else value
    return [one.strip() for part in parts for one in part.split(",")]


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536):
        raise ValueError("端口应为 1 至 65535 的整数，请改正")
    return int(text)
