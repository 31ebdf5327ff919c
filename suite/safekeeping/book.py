"""Noting in a database which of its backups were taken and proven."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.backups.commands import NoteBackup
from suite.safekeeping.facts import snapshot
from suite.safekeeping.package import Manifest


def belongs(suite: Suite, manifest: Manifest) -> bool:
    """Whether a backup is of this very database: its last link is a link of this one's chain."""
    with snapshot(suite.engine) as connection:
        found = connection.execute(
            text("SELECT hash FROM core_audit_link WHERE id = :id"), {"id": manifest.facts.links}
        ).scalar()
    return manifest.facts.links > 0 and found == manifest.facts.head


def note(suite: Suite, actor: Actor, file: Path, manifest: Manifest, *, proven: bool) -> bool:
    """Write a backup or its proof into the book; False where this database may not be written now."""
    if suite.unwritable():
        return False
    facts = manifest.facts
    suite.run(
        NoteBackup(
            taken_at=manifest.taken_at,
            links=facts.links,
            head=facts.head,
            place=str(file.absolute()),
            size=file.stat().st_size,
            proven=proven,
        ),
        actor,
    )
    return True
