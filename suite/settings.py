"""One desk's settings: a small JSON file, and secrets through the keyring only."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

APP = "suite"
UNKEPT = ("home", "password")
#: The password of a URL, and the part before it.
_PASSWORD = re.compile(r"^([a-z0-9+]+://[^/@:]*):[^@/?]*@")
#: libpq's own way to name several hosts: what stands before, the hosts with ports, the rest.
_HOSTS = re.compile(r"^(postgresql(?:\+\w+)?://(?:[^/@]*@)?)([^/?@]*,[^/?]*)(/[^?]*)?(?:\?(.*))?$")
#: Keyrings in files, most of them unencrypted (keyrings.alt and its like): a file keeps no secret.
IN_FILES = "keyrings."


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What one desk remembers. Everything has a default; a missing or broken file is a fresh desk."""

    database: str = ""  # SQLAlchemy URL or file path; empty: the per-user SQLite file
    login: str = ""  # acting user on SQLite; empty: the first user
    theme: str = "system"  # system | light | dark
    font_scale: int = 100  # per cent: 100 110 125 150
    row_density: str = "standard"  # compact | standard | roomy
    backup_folder: str = ""  # where this desk puts its daily backup; empty: it takes none
    backup_time: str = "02:00"  # time of day, Asia/Shanghai
    backup_keep: int = 14  # proven backups that stay
    home: Path = Path()  # folder of data, drafts, logs
    password: str = field(default="", repr=False)  # of the login; in memory only

    @property
    def url(self) -> str:
        """The database's SQLAlchemy URL, with a password only where the caller wrote one into it."""
        return database_url(self.database or str(self.home / "suite.db"))

    @property
    def file(self) -> Path:
        """Where these settings are kept."""
        return self.home / "settings.json"

    def save(self) -> None:
        """Write the settings so that a crash leaves the old file or the new one. Passwords are left out."""
        self.home.mkdir(parents=True, exist_ok=True)
        values = {key: value for key, value in asdict(self).items() if key not in UNKEPT}
        values["database"] = _PASSWORD.sub(r"\1@", self.database)
        partial = self.file.with_suffix(".part")
        partial.write_text(json.dumps(values, ensure_ascii=False, indent=2), encoding="utf-8")
        partial.replace(self.file)


def database_url(text: str) -> str:
    """A SQLAlchemy URL from a URL or a file path; plain `postgresql:` gets the driver that we ship.

    Several hosts may stand as libpq writes them: `postgresql://login@one:5432,two:5433/name`.
    """
    several = _HOSTS.match(text)
    if several is not None:
        start, hosts, name, query = several.groups(default="")
        named = "&".join(f"host={host}" for host in hosts.split(","))
        text = f"{start}{name or '/'}?{named}{'&' if query else ''}{query}"
    if text.startswith("postgresql://"):
        return text.replace("postgresql://", "postgresql+psycopg://", 1)
    if "://" in text:
        return text
    return f"sqlite:///{Path(text).expanduser().absolute()}"


def load_settings(*, database: str = "", login: str = "") -> Settings:
    """The desk's settings, then the environment (`SUITE_DB`, `SUITE_HOME`), then what the caller says."""
    import platformdirs

    home = Path(os.environ.get("SUITE_HOME") or platformdirs.user_data_dir(APP, appauthor=False))
    settings = Settings(home=home)
    if settings.file.is_file():
        settings = replace(settings, **_known(settings.file))
    chosen = database or os.environ.get("SUITE_DB", "")
    if chosen:
        settings = replace(settings, database=chosen)
    return replace(settings, login=login) if login else settings


def _known(file: Path) -> dict[str, Any]:
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    known = {item.name: type(item.default) for item in fields(Settings) if item.name not in UNKEPT}
    return {key: value for key, value in stored.items() if isinstance(value, known.get(key, ()))}


def secure_keyring() -> KeyringBackend | None:
    """The keyring of this system, or None where there is none that keeps secrets out of files.

    Secret Service, KWallet, Windows' credential manager, macOS' keychain. Where several are found, keyring
    joins them into a chain; the first trusted one of it is taken.
    """
    import keyring
    from keyring.backends import fail, null

    found = keyring.get_keyring()
    chain: list[KeyringBackend] = list(getattr(found, "backends", [found]))
    for backend in chain:
        unkept = isinstance(backend, (fail.Keyring, null.Keyring))
        if not unkept and not type(backend).__module__.startswith(IN_FILES):
            return backend
    return None


def kept_secret(service: str, user: str) -> str | None:
    """A secret from the keyring, or None where there is no keyring or entry."""
    import keyring.errors

    backend = secure_keyring()
    try:
        return backend.get_password(f"{APP}:{service}", user) if backend is not None else None
    except keyring.errors.KeyringError:
        return None


def keep_secret(service: str, user: str, secret: str) -> bool:
    """Put a secret into the keyring; False where there is none or it stays locked."""
    import keyring.errors

    backend = secure_keyring()
    try:
        if backend is not None:
            backend.set_password(f"{APP}:{service}", user, secret)
    except keyring.errors.KeyringError:
        return False
    return backend is not None


def forget_secret(service: str, user: str) -> bool:
    """Take a secret out of the keyring; False where it was not there or cannot be taken out."""
    import keyring.errors

    backend = secure_keyring()
    try:
        if backend is not None:
            backend.delete_password(f"{APP}:{service}", user)
    except keyring.errors.KeyringError:
        return False
    return backend is not None
