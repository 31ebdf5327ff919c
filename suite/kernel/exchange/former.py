"""What an import replaced, kept by the run itself, so that it can be taken back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from suite.contract.declarations import RecordKind
from suite.kernel.exchange.previewed import PreviewRow
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import CurrentRecord, current_records
from suite.kernel.registry.locking import lock_subjects
from suite.kernel.registry.roles import with_roles
from suite.kernel.registry.rules import normalise, stored
from suite.kernel.registry.said import Said
from suite.kernel.registry.timeline import posts_of

#: Post → the day on which it ended.
Ends = dict[int, dt.date | None]


@dataclass(kw_only=True)
class Former:
    """Values (field key → value) and ends of posts that a row replaced."""

    values: dict[str, Any] = field(default_factory=dict)
    ends: Ends = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.values or self.ends)

    def plain(self, kind: RecordKind) -> str | None:
        """All but the secrets, as the run's row keeps it."""
        if not self:
            return None
        values = {key: stored(value) for key, value in self.values.items() if not _secret(kind, key)}
        ends = {str(post): stored(end) for post, end in self.ends.items()}
        return json.dumps({"values": values, "ends": ends}, ensure_ascii=False)

    def secret(self, kind: RecordKind) -> str | None:
        """The secrets, for the table of their own."""
        values = {key: stored(value) for key, value in self.values.items() if _secret(kind, key)}
        return json.dumps(values, ensure_ascii=False) if values else None

    @classmethod
    def read(cls, kind: RecordKind, plain: str | None, secret: str | None) -> Former:
        """From what was kept; fields that the kind no longer has are passed over."""
        kept = json.loads(plain) if plain else {"values": {}, "ends": {}}
        values = {**kept["values"], **(json.loads(secret) if secret else {})}
        return cls(
            values={
                key: normalise(kind.by_key[key], text) for key, text in values.items() if key in kind.by_key
            },
            ends={
                int(post): None if end is None else dt.date.fromisoformat(end)
                for post, end in kept["ends"].items()
            },
        )


def _secret(kind: RecordKind, key: str) -> bool:
    return kind.by_key[key].sensitive


@dataclass(kw_only=True)
class Witness:
    """The state before a write, for telling afterwards what it replaced."""

    kind: RecordKind
    records: dict[int, CurrentRecord]
    ends: dict[int, Ends]

    @classmethod
    def look(cls, kind: RecordKind, rows: Sequence[PreviewRow], work: Transaction) -> Witness:
        """Look at the records that the rows may change.

        What new records change of known persons whom they join may not be for the actor to see: the trace
        knows it (see `putting_back`).
        """
        ids = [row.subject_id for row in rows if row.subject_id is not None]
        lock_subjects(work, with_roles(ids, work) if kind.has_person else ids)
        return cls(kind=kind, records=current_records(work.session, kind, ids), ends=_ends(ids, work))

    def compare(self, work: Transaction) -> tuple[dict[int, Former], dict[int, int]]:
        """What the write replaced of these records, and the versions of those that stood before."""
        after, ends = (
            current_records(work.session, self.kind, list(self.records)),
            _ends(list(self.records), work),
        )
        found = {
            subject_id: Former(
                values=_replaced(record.values, after[subject_id].values),
                ends=_cut(self.ends.get(subject_id, {}), ends.get(subject_id, {})),
            )
            for subject_id, record in self.records.items()
        }
        return found, {subject_id: record.version for subject_id, record in after.items()}


def _replaced(before: Said, after: Said) -> dict[str, Any]:
    """What a record said that it does not say any more; None where it said nothing before."""
    return {key: before[key] for key in sorted(before.keys() | after.keys()) if before[key] != after[key]}


def _cut(before: Ends, after: Ends) -> Ends:
    """The former ends of the posts that were cut, or are gone: voided for another of the same day."""
    return {post: end for post, end in before.items() if post not in after or after[post] != end}


def _ends(ids: Sequence[int], work: Transaction) -> dict[int, Ends]:
    return {
        subject: {post.id: post.to_date for post in posts} for subject, posts in posts_of(work, ids).items()
    }
