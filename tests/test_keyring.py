"""Secrets go to the system's keyring or nowhere: a real Secret Service, and what is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null

from suite.settings import forget_secret, keep_secret, kept_secret, secure_keyring
from suite.testing.keyrings import MemoryKeyring

#: Run in a process of its own under a private bus: writes, reads in a second process, takes away.
STEPS = (
    "import sys\n"
    "from suite.settings import forget_secret, keep_secret, kept_secret, secure_keyring\n"
    "step, password = sys.argv[1:]\n"
    "print(type(secure_keyring()).__module__)\n"
    "if step == 'keep':\n"
    "    assert keep_secret('postgresql db1:5432', 'zhang', password)\n"
    "if step == 'read':\n"
    "    assert kept_secret('postgresql db1:5432', 'zhang') == password\n"
    "    assert kept_secret('postgresql db2:5432', 'zhang') is None\n"
    "if step == 'forget':\n"
    "    assert forget_secret('postgresql db1:5432', 'zhang')\n"
    "    assert kept_secret('postgresql db1:5432', 'zhang') is None\n"
    "    assert not forget_secret('postgresql db1:5432', 'zhang')\n"
)
SESSION = (
    'printf "only for tests" | gnome-keyring-daemon --unlock --components=secrets >/dev/null\n'
    'for step in keep read forget; do "$PYTHON" -c "$STEPS" $step "密 码-2026!" || exit 1; done\n'
)


@pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="no gnome-keyring or dbus on this computer",
)
def test_a_real_secret_service(tmp_path: Path) -> None:
    kept_out = {"PYTHON_KEYRING_BACKEND", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY"}
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", SESSION],
        env={
            **{key: value for key, value in os.environ.items() if key not in kept_out},
            "HOME": str(tmp_path),
            "XDG_DATA_HOME": str(tmp_path / "data"),
            "XDG_RUNTIME_DIR": str(tmp_path),
            "PYTHON": sys.executable,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "STEPS": STEPS,
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["keyring.backends.SecretService"] * 3
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*.keyring"))
    assert kept
    assert "密 码-2026!".encode() not in kept


class PlaintextKeyring(MemoryKeyring):
    """A keyring as keyrings.alt has them: a file."""

    __module__ = "keyrings.alt.file"


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, PlaintextKeyring])
def test_what_keeps_nothing_or_keeps_it_in_a_file_is_refused(
    backend: type[KeyringBackend], secrets: MemoryKeyring
) -> None:
    made = backend()
    keyring.set_keyring(made)
    assert secure_keyring() is None
    assert not keep_secret("postgresql db1:5432", "zhang", "geheim")
    assert not forget_secret("postgresql db1:5432", "zhang")
    assert kept_secret("postgresql db1:5432", "zhang") is None
    assert getattr(made, "kept", {}) == {}


def test_of_a_chain_the_trusted_one_is_used(secrets: MemoryKeyring, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = PlaintextKeyring()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [plain, secrets])
    keyring.set_keyring(chainer.ChainerBackend())
    assert keep_secret("postgresql db1:5432", "zhang", "geheim")
    assert (plain.kept, list(secrets.kept.values())) == ({}, ["geheim"])
