"""One desk's settings: a small JSON file, and secrets through the keyring only."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

APP = "suite"


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

    @property
    def url(self) -> str:
        """The database's SQLAlchemy URL."""
        return database_url(self.database or str(self.home / "suite.db"))

    @property
    def file(self) -> Path:
        """Where these settings are kept."""
        return self.home / "settings.json"

    def save(self) -> None:
        """Write the settings so that a crash leaves the old file or the new one."""
        self.home.mkdir(parents=True, exist_ok=True)
        values = {key: value for key, value in asdict(self).items() if key != "home"}
        partial = self.file.with_suffix(".part")
        partial.write_text(json.dumps(values, ensure_ascii=False, indent=2), encoding="utf-8")
        partial.replace(self.file)


def database_url(text: str) -> str:
    """A SQLAlchemy URL from a URL or a file path; plain `postgresql:` gets the driver that we ship."""
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
    known = {item.name: type(item.default) for item in fields(Settings) if item.name != "home"}
    return {key: value for key, value in stored.items() if isinstance(value, known.get(key, ()))}


def kept_secret(service: str, user: str) -> str | None:
    """A secret from the keyring, or None where there is no keyring or entry."""
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(f"{APP}:{service}", user)
    except keyring.errors.KeyringError:
        return None


def keep_secret(service: str, user: str, secret: str) -> bool:
    """Put a secret into the keyring; False where there is none."""
    import keyring
    import keyring.errors

    try:
        keyring.set_password(f"{APP}:{service}", user, secret)
    except keyring.errors.KeyringError:
        return False
    return True


def database_password(url_host: str, user: str) -> str | None:
    """The password of a database login from the keyring, or None where there is no keyring or entry."""
    return kept_secret(url_host, user)
