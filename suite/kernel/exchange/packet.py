"""A roster as it travels between two databases: rows with stable ids, their digest, the sender's signature.

The signature is Ed25519 over the packet's head, which carries the digest of all rows; each row has a check
of its own besides, so that rows which were altered on the way can be named.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CHECK_LENGTH = 12


@dataclass(frozen=True, kw_only=True)
class PacketHead:
    """Who sends what: sender's stable id and name, kind, how many-th packet of it, day, rows, digest."""

    sender: str
    title: str
    kind: str
    number: int
    on_date: str
    rows: int
    digest: str

    def signed_bytes(self) -> bytes:
        """What the signature is made over."""
        return json.dumps(vars(self), ensure_ascii=False, sort_keys=True).encode()


@dataclass(frozen=True, kw_only=True)
class Signature:
    """The sender's public key and its signature of a head, both base64."""

    public_key: str
    value: str

    def holds(self, head: PacketHead) -> bool:
        """Whether the key signed just this head."""
        try:
            key = Ed25519PublicKey.from_public_bytes(b64decode(self.public_key, validate=True))
            key.verify(b64decode(self.value, validate=True), head.signed_bytes())
        except (InvalidSignature, ValueError):
            return False
        return True


def sign(head: PacketHead, private_key: bytes) -> Signature:
    """Sign a head with the 32 bytes of an Ed25519 private key."""
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    value = key.sign(head.signed_bytes())
    return Signature(public_key=b64encode(public).decode(), value=b64encode(value).decode())


def fingerprint(public_key: str) -> str:
    """A key as two people compare it on the telephone: four groups of four characters."""
    text = sha256(public_key.encode()).hexdigest().upper()[:16]
    return " ".join(text[start : start + 4] for start in range(0, 16, 4))


def row_check(uid: str, texts: Mapping[str, str]) -> str:
    """The check of one row: over its id and its filled cells by heading."""
    filled = {heading: text for heading, text in texts.items() if text}
    return sha256(json.dumps([uid, filled], ensure_ascii=False, sort_keys=True).encode()).hexdigest()[
        :CHECK_LENGTH
    ]


def digest_of(rows: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over (id, check) of all rows in order."""
    found = sha256()
    for uid, check in rows:
        found.update(f"{uid}\x1f{check}\x1e".encode())
    return found.hexdigest()


def altered_rows(rows: Sequence[tuple[int, str, str, Mapping[str, str]]]) -> list[int]:
    """The numbers of the rows whose cells no longer fit their check: (row, id, check, texts) each."""
    return [number for number, uid, check, texts in rows if row_check(uid, texts) != check]
