"""A keyring for tests: the desk's own is never touched."""

from __future__ import annotations

from keyring.backend import KeyringBackend
from keyring.compat.properties import classproperty


class MemoryKeyring(KeyringBackend):
    """A keyring that lives as long as a test."""

    @classproperty
    def priority(cls) -> float:
        """Never found by the keyring's own search: only a test sets it."""
        raise RuntimeError("for tests that set it")

    def __init__(self) -> None:
        # The base would read settings of its own from the environment.
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]
